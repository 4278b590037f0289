import { describe, expect, it } from "vitest";
import type { LogLine } from "@/lib/domain/job";
import { JobLog } from "./job-log";

describe("JobLog", () => {
  it("numbers its lines from 1 and gives only what comes after a number", () => {
    const log = new JobLog(10_000);
    for (const text of ["one", "two", "three"]) log.append("info", null, text);
    expect(log.page(0).map(({ n, text }) => [n, text])).toEqual([
      [1, "one"],
      [2, "two"],
      [3, "three"],
    ]);
    expect(log.page(2).map(({ text }) => text)).toEqual(["three"]);
    expect(log.page(3)).toEqual([]);
    expect(log.page(-5)).toHaveLength(3);
    expect(log.last).toBe(3);
  });

  it("stops at its limit with one visible mark, and keeps how the job ended", () => {
    const log = new JobLog(10_000);
    for (let i = 0; i < 10_000; i++) log.append("verbose", null, `line ${i}`);
    log.append("error", null, "The disk is full.", true);
    const lines = log.page(0);
    expect(log.truncated).toBe(true);
    expect(log.bytes).toBeLessThan(11_000);
    expect(lines.filter(({ text }) => text.includes("reached its limit of 10 KB"))).toHaveLength(1);
    expect(lines.at(-1)?.text).toBe("The disk is full.");
    expect(lines.map(({ n }) => n)).toEqual(lines.map((_, index) => index + 1));
  });

  it("lets no shorter line slip in after the mark", () => {
    const log = new JobLog(10_000);
    log.append("info", null, "x".repeat(9_500));
    log.append("info", null, "x".repeat(9_500));
    log.append("info", null, "short");
    expect(log.page(0).map(({ text }) => text.slice(0, 7))).toEqual(["xxxxxxx", "The log"]);
  });

  it("gives a long log in pages that are bounded, in order and without a gap", () => {
    const log = new JobLog(10_000_000);
    for (let i = 0; i < 2_000; i++) log.append("verbose", null, `${i} `.padEnd(i * 4, "\u{1f600}"));
    const lines: LogLine[] = [];
    for (let page = log.page(0); page.length > 0; page = log.page(lines.length)) {
      expect(Buffer.byteLength(JSON.stringify(page))).toBeLessThan(600_000);
      lines.push(...page);
    }
    expect(lines.map(({ n }) => n)).toEqual(Array.from({ length: log.last }, (_, index) => index + 1));
    expect(log.last).toBeGreaterThan(1_000);
  });

  it("does not grow without end by essential lines either", () => {
    const log = new JobLog(10_000);
    for (let i = 0; i < 10_000; i++) log.append("info", null, `line ${i}`, true);
    expect(log.bytes).toBeLessThan(10_000 + 70_000);
  });

  it("cuts a single line that is too long, and says by how much", () => {
    const log = new JobLog(1_000_000);
    log.append("info", null, "x".repeat(100_000));
    const text = log.page(0)[0]?.text ?? "";
    expect(text.length).toBeLessThan(17_000);
    expect(text).toMatch(/\(83616 more characters of this line are not kept\)$/);
  });
});
