import { describe, expect, it } from "vitest";
import type { LogLine } from "@/lib/domain/job";
import { matchingLines, piecesOf, step } from "./log-search";

const line = (n: number, text: string): LogLine => ({ n, time: "", level: "info", step: null, text });

describe("searching a log", () => {
  it("finds lines in whatever case, and nothing for nothing", () => {
    const lines = [line(1, "Copied 3 GB"), line(2, "nothing"), line(3, "COPIED all")];
    expect(matchingLines(lines, "copied")).toEqual([1, 3]);
    expect(matchingLines(lines, "(")).toEqual([]);
    expect(matchingLines(lines, "")).toEqual([]);
  });

  it("marks every place as it is written", () => {
    expect(piecesOf("Error: no ERROR here", "error")).toEqual(["", "Error", ": no ", "ERROR", " here"]);
    expect(piecesOf("aaa", "aa")).toEqual(["", "aa", "a"]);
    expect(piecesOf("text", "")).toEqual(["text"]);
    expect(piecesOf("İzmir", "izmir").join("")).toBe("İzmir");
  });

  it("goes round at both ends, and begins anew where the current line no longer matches", () => {
    expect(step([2, 5, 9], null, 1)).toBe(2);
    expect(step([2, 5, 9], 9, 1)).toBe(2);
    expect(step([2, 5, 9], 2, -1)).toBe(9);
    expect(step([2, 5, 9], null, -1)).toBe(9);
    expect(step([2, 5], 7, 1)).toBe(2);
    expect(step([], 7, 1)).toBeNull();
  });
});
