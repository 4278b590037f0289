import path from "node:path";
import { expect, test } from "vitest";
import { readOptions, UsageError } from "./options";

test("everything but the data directory has a default", () => {
  expect(readOptions(["--data", "d"])).toEqual({
    engine: "node",
    dataDirectory: path.resolve("d"),
    agentsDirectory: path.resolve("agents"),
    timeFactor: 1,
    controlPort: 0,
    seed: "demo",
    kvpPools: false,
    externalGuests: false,
    quotas: "documented",
    channelBinding: "relaxed",
    idleSeconds: 125,
    exitWithParent: false,
  });
  expect(readOptions(["--help"])).toBeNull();
});

test("a fleet has a size", () => {
  const seedOf = (...args: string[]) => readOptions(["--data", "d", ...args])?.seed;
  expect(seedOf("--seed", "fleet")).toEqual({ hosts: 20, vms: 1000, seedNumber: 1 });
  expect(seedOf("--seed", "fleet", "--hosts", "3", "--vms", "0", "--seed-number", "7")).toEqual({
    hosts: 3,
    vms: 0,
    seedNumber: 7,
  });
});

test.each([
  [[], "--data"],
  [["--data", "d", "--fast"], "--fast"],
  [["--data", "d", "extra"], "extra"],
  [["--data", "d", "--engine", "v8"], "--engine"],
  [["--data", "d", "--seed", "full"], "--seed"],
  [["--data", "d", "--seed", "fleet", "--hosts", "251"], "--hosts"],
  [["--data", "d", "--vms", "10"], "--vms"],
  [["--data", "d", "--quotas", "none"], "--quotas"],
  [["--data", "d", "--channel-binding", "on"], "--channel-binding"],
  [["--data", "d", "--idle-seconds", "long"], "--idle-seconds"],
  [["--data", "d", "--time-factor", "fast"], "--time-factor"],
  [["--data", "d", "--time-factor="], "--time-factor"],
  [["--data", "d", "--control-port", "65536"], "--control-port"],
])("%j is refused with the flag's name", (args, flag) => {
  expect(() => readOptions(args)).toThrow(UsageError);
  expect(() => readOptions(args)).toThrow(flag);
});
