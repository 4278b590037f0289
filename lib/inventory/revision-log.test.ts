import { expect, it } from "vitest";
import { RevisionLog } from "./revision-log";

const vm = (id: string) => ({ kind: "vm" as const, id });
const host = (id: string) => ({ kind: "host" as const, id });
const sorted = (found: ReturnType<RevisionLog["since"]>) =>
  found && { hosts: [...found.hosts].sort(), vms: [...found.vms].sort() };

it("names what has changed since a number, each once", () => {
  const log = new RevisionLog();
  expect(sorted(log.since(0))).toEqual({ hosts: [], vms: [] });
  const first = log.add([host("hv01"), vm("a"), vm("b")]);
  const second = log.add([host("hv01"), vm("a")]);
  log.add([host("hv02")]);
  expect(sorted(log.since(0))).toEqual({ hosts: ["hv01", "hv02"], vms: ["a", "b"] });
  expect(sorted(log.since(first))).toEqual({ hosts: ["hv01", "hv02"], vms: ["a"] });
  expect(sorted(log.since(second))).toEqual({ hosts: ["hv02"], vms: [] });
  expect(sorted(log.since(log.current))).toEqual({ hosts: [], vms: [] });
});

it("says that it does not know what is long ago, in the future, or no number", () => {
  const log = new RevisionLog(10);
  for (let n = 1; n <= 100; n += 1) log.add([vm(`vm${n}`)]);
  expect(log.since(0)).toBeNull();
  expect(sorted(log.since(97))?.vms).toEqual(["vm100", "vm98", "vm99"]);
  expect(log.since(101)).toBeNull();
  expect(log.since(Number.NaN)).toBeNull();
  expect(log.since(-1)).toBeNull();
});

it("never leaves out a part of what changed in one go", () => {
  const log = new RevisionLog(3);
  for (let n = 1; n <= 50; n += 1) {
    const before = log.current;
    log.add([vm(`a${n}`), vm(`b${n}`), vm(`c${n}`), vm(`d${n}`)]);
    expect([null, 4]).toContain(log.since(before)?.vms.size ?? null);
  }
});
