import { describe, expect, test } from "vitest";
import { formatAge, formatBytes, formatDuration, formatTime, formatUtc } from "./format";

describe("sizes", () => {
  test.each([
    [512 * 2 ** 20, "512 MB"],
    [2 ** 30, "1 GB"],
    [1.5 * 2 ** 30, "1.5 GB"],
    [63.9 * 2 ** 30, "63 GB"],
    [2 * 2 ** 40, "2 TB"],
  ])("%d bytes read %s", (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text);
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

describe("ages", () => {
  test.each([
    [0, "just now"],
    [40_000, "40 s ago"],
    [12 * 60_000 + 59_000, "12 min ago"],
    [3 * 3_600_000, "3 h ago"],
    [50 * 3_600_000, "2 d ago"],
  ])("%d ms read %s", (ms, text) => {
    expect(formatAge(ms)).toBe(text);
  });
});

test("a time shows its day only where it is another one", () => {
  const iso = "2026-03-04T05:06:07.000Z";
  const clock = new Date(iso).toLocaleTimeString("en-GB");
  expect(formatTime(iso, new Date(iso))).toBe(clock);
  expect(formatTime(iso, new Date("2026-05-01T00:00:00Z"))).toContain(`Mar, ${clock}`);
});

test("UTC is spelled out", () => {
  expect(formatUtc("2026-03-04T05:06:07.891Z")).toBe("2026-03-04 05:06:07 UTC");
});
