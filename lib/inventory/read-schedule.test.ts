import { describe, expect, it } from "vitest";
import { ReadSchedule } from "./read-schedule";

const PERIOD = 60_000;
const schedule = (phase: number, random: number) =>
  new ReadSchedule({ periodMs: PERIOD, phase, random: () => random });

describe("the times at which a host is read", () => {
  it("gives each host its own place on the period after a first pass of all at once", () => {
    const hosts = Array.from({ length: 4 }, (_, index) => schedule(index / 4, 0.5));
    const first = hosts.map((host) => host.afterSuccess(1_000));
    expect(first).toEqual([61_000, 16_000, 31_000, 46_000]);
    expect(hosts.map((host, index) => host.afterSuccess(first[index] ?? 0))).toEqual([
      121_000, 76_000, 91_000, 106_000,
    ]);
  });

  it("is off by up to a tenth of the period either way, and does not drift", () => {
    const early = schedule(0, 0);
    const late = schedule(0, 0.999999);
    let [atEarly, atLate] = [early.afterSuccess(0), late.afterSuccess(0)];
    for (let read = 2; read <= 50; read += 1) {
      atEarly = early.afterSuccess(atEarly + 50);
      atLate = late.afterSuccess(atLate + 50);
      expect(atEarly).toBeCloseTo((read - 0.1) * PERIOD, -1);
      expect(atLate).toBeCloseTo((read + 0.1) * PERIOD, -1);
    }
  });

  it("keeps its place when it is read between, and never waits much longer than a period", () => {
    const host = schedule(0, 0.5);
    host.afterSuccess(0);
    expect(host.afterSuccess(30_000)).toBe(60_000);
    expect(host.afterSuccess(47_999)).toBe(60_000);
    expect(host.afterSuccess(48_000)).toBe(120_000);
  });

  it("waits 5 s after a failure, then twice as long each time, up to the period", () => {
    const host = schedule(0, 0);
    const waits = Array.from({ length: 6 }, () => host.afterFailure(0));
    expect(waits).toEqual([5_000, 10_000, 20_000, 40_000, PERIOD, PERIOD]);
    expect(schedule(0, 1).afterFailure(0)).toBe(4_500);
  });

  it("begins anew with the waits after a success", () => {
    const host = schedule(0.5, 0);
    for (let failure = 0; failure < 9; failure += 1) host.afterFailure(0);
    host.afterSuccess(0);
    expect(host.afterFailure(100)).toBe(5_100);
  });

  it("does not wait longer than a short period after a failure", () => {
    expect(new ReadSchedule({ periodMs: 200, phase: 0, random: () => 0 }).afterFailure(0)).toBe(200);
  });
});
