import { describe, expect, it } from "vitest";
import type { LogLine } from "@/lib/domain/job";
import { STRETCH, stretchesOf } from "./log-stretches";

const line = (n: number): LogLine => ({ n, time: "", level: "info", step: null, text: `line ${n}` });
const log = (count: number) => Array.from({ length: count }, (_, index) => line(index + 1));

describe("a log in stretches", () => {
  it("has every line once, in order", () => {
    const lines = log(2 * STRETCH + 3);
    expect(stretchesOf(lines, []).flat()).toEqual(lines);
    expect(stretchesOf([], [])).toEqual([]);
  });

  it("keeps full stretches as they are when lines come", () => {
    const lines = log(STRETCH + 3);
    const before = stretchesOf(lines, []);
    const after = stretchesOf([...lines, line(STRETCH + 4)], before);
    expect(after[0]).toBe(before[0]);
    expect(after[1]).not.toBe(before[1]);
    expect(after[1]).toHaveLength(4);
  });

  it("mixes no lines of another log in", () => {
    const other = log(STRETCH).map((each) => ({ ...each, text: "other" }));
    expect(stretchesOf(other, stretchesOf(log(STRETCH), [])).flat()).toEqual(other);
  });
});
