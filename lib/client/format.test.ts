import { describe, expect, test } from "vitest";
import { formatAge, formatTime, formatUtc } from "./format";

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
