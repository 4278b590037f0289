import { describe, expect, test } from "vitest";
import { counted, formatBytes, formatDuration, formatNeededBytes } from "./amounts";

describe("sizes", () => {
  test.each([
    [512 * 2 ** 20, "512 MB"],
    [2 ** 30, "1 GB"],
    [1.5 * 2 ** 30, "1.5 GB"],
    [63.9 * 2 ** 30, "63 GB"],
    [2 * 2 ** 40, "2 TB"],
    [2.57 * 2 ** 40, "2.5 TB"],
  ])("%d bytes read %s", (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text);
  });

  test.each([
    [2 ** 30, "1 GB"],
    [1.51 * 2 ** 30, "1.6 GB"],
    [63.1 * 2 ** 30, "64 GB"],
    [2_000 * 2 ** 30, "2 TB"],
  ])("%d bytes that are wanted read %s", (bytes, text) => {
    expect(formatNeededBytes(bytes)).toBe(text);
  });
});

describe("durations", () => {
  test.each([
    [-5, "< 1 s"],
    [999, "< 1 s"],
    [42_900, "42 s"],
    [185_000, "3 min 5 s"],
    [120_000, "2 min"],
    [7_800_000, "2 h 10 min"],
    [86_400_000 * 4 + 3_600_000 * 3, "4 d 3 h"],
  ])("%d ms read %s", (ms, text) => {
    expect(formatDuration(ms)).toBe(text);
  });
});

test.each([
  [0, "0 values"],
  [1, "1 value"],
  [2, "2 values"],
  [1_734, "1,734 values"],
])("%d has its noun in the right number", (count, text) => {
  expect(counted(count, "value")).toBe(text);
});
