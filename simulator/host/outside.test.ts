import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createSimulatedFleet, type Fleet } from "./fleet";
import type { Host, VirtualMachine } from "./model";
import { Outside } from "./outside";
import { findFile } from "./storage";

let fleet: Fleet;
let outside: Outside;
beforeEach(() => {
  fleet = createSimulatedFleet({ dataDirectory: "unused", timeFactor: 0, seed: "demo" });
  outside = new Outside(fleet);
});
afterEach(() => {
  outside.close();
  vi.useRealTimers();
});

function host(name: string): Host {
  const found = fleet.hosts.get(name);
  if (found === undefined) throw new Error(`There is no host ${name}.`);
  return found;
}

function vm(name: string): VirtualMachine {
  const found = [...fleet.hosts.values()]
    .flatMap(({ vms }) => [...vms.values()])
    .find((each) => each.name === name);
  if (found === undefined) throw new Error(`There is no VM ${name}.`);
  return found;
}

/** The host that a VM is on. */
function placeOf(name: string): string | undefined {
  const { id } = vm(name);
  return [...fleet.hosts.values()].find(({ vms }) => vms.has(id))?.name;
}

describe("a migration", () => {
  test("moves a running VM at once, and it runs on", () => {
    const before = { ...vm("dc01") };
    outside.migrate(vm("dc01").id, "hv02", 0);
    expect(placeOf("dc01")).toBe("hv02");
    expect(vm("dc01")).toEqual(before);
  });

  test("takes its time, and shows until the VM has arrived", () => {
    vi.useFakeTimers();
    outside.migrate(vm("dc01").id, "hv02", 30);
    expect([placeOf("dc01"), vm("dc01").activity]).toEqual(["hv01", "migrating"]);
    vi.advanceTimersByTime(29_999);
    expect(placeOf("dc01")).toBe("hv01");
    vi.advanceTimersByTime(1);
    expect([placeOf("dc01"), vm("dc01").activity]).toEqual(["hv02", null]);
  });

  test("is hurried along by another one", () => {
    vi.useFakeTimers();
    outside.migrate(vm("dc01").id, "hv02", 3600);
    outside.migrate(vm("dc01").id, "hv02", 0);
    expect([placeOf("dc01"), vm("dc01").activity]).toEqual(["hv02", null]);
    expect(vi.getTimerCount()).toBe(0);
  });

  test("takes disks along that the hosts do not share", () => {
    const { id, hardDiskDrives } = vm("test-debian");
    const path = hardDiskDrives[0]?.path ?? "";
    const disk = findFile(host("hv03"), path);
    expect(() => outside.migrate(id, "hv01", 0)).toThrow("no place");
    host("hv01").volumes.push({ ...(host("hv03").volumes[1] as Host["volumes"][number]), files: new Map() });
    outside.migrate(id, "hv01", 0);
    expect(findFile(host("hv01"), path)).toBe(disk);
    expect(findFile(host("hv03"), path)).toBeNull();
  });

  test.each([
    ["hv01", "it is there"],
    ["hv03", "no node of the cluster"],
    ["hv09", "There is no host hv09"],
  ])("to %s is refused", (to, why) => {
    expect(() => outside.migrate(vm("dc01").id, to, 0)).toThrow(why);
    expect([placeOf("dc01"), vm("dc01").activity]).toEqual(["hv01", null]);
  });
});

test("a checkpoint has a VM's disks write elsewhere from then on", () => {
  const { id, hardDiskDrives } = vm("dc01");
  const before = hardDiskDrives.map(({ path }) => path);
  outside.checkpoint(id, "before the update");
  expect(vm("dc01").checkpoints).toEqual(["before the update"]);
  expect(vm("dc01").hardDiskDrives.map(({ path }) => path)).not.toEqual(before);
  expect(vm("dc01").hardDiskDrives[0]?.path).toMatch(/\.avhdx$/);
});

test("a VM is renamed, its role keeps its name", () => {
  outside.rename(vm("dc01").id, "dc02");
  expect(vm("dc02")).toMatchObject({ clustered: true, roleName: "dc01" });
});

test("a VM that runs and has a role is removed, its disk stays", () => {
  const { id, hardDiskDrives } = vm("dc01");
  outside.delete(id);
  expect(() => vm("dc01")).toThrow();
  expect(findFile(host("hv01"), hardDiskDrives[0]?.path ?? "")).not.toBeNull();
  expect(() => outside.delete(id)).toThrow("There is no VM");
});

const STATES = ["running", "off", "saved", "paused", "critical"] as const;
test.each(STATES.flatMap((from) => STATES.map((to) => [from, to] as const)))("from %s to %s", (from, to) => {
  const { id } = vm("dc01");
  outside.setState(id, from);
  outside.setState(id, to);
  expect(vm("dc01").state).toBe(to);
  expect(vm("dc01").startedAt === null).toBe(to === "off" || to === "saved");
});

describe("a host that goes down", () => {
  test("gives its roles to another node, where they start anew", () => {
    const ran = vm("dc01").startedAt ?? 0;
    outside.stopHost("hv01");
    expect([placeOf("dc01"), vm("dc01").state]).toEqual(["hv02", "running"]);
    expect(vm("dc01").startedAt).toBeGreaterThan(ran);
    expect([placeOf("build-old"), vm("build-old").state]).toEqual(["hv02", "off"]);
    expect(host("hv01")).toMatchObject({ poweredOn: false, vms: new Map() });
  });

  test("keeps roles that no other node has room for, and they stop", () => {
    host("hv02").memoryTotalBytes = 0;
    outside.stopHost("hv01");
    expect([placeOf("dc01"), vm("dc01").state]).toEqual(["hv01", "off"]);
  });

  test("starts its VMs when it is back, as each is set to", () => {
    vm("test-debian").automaticStart = "always";
    const before = host("hv03").bootedAt;
    outside.stopHost("hv03");
    expect(vm("backup01").state).toBe("off");
    fleet.power.setHostPower(host("hv03"), true);
    expect([vm("backup01").state, vm("test-debian").state]).toEqual(["running", "running"]);
    expect(host("hv03").bootedAt).toBeGreaterThan(before);

    vm("backup01").automaticStart = "never";
    outside.stopHost("hv03");
    fleet.power.setHostPower(host("hv03"), true);
    expect(vm("backup01").state).toBe("off");
  });

  test("ends what was on the move to or from it", () => {
    vi.useFakeTimers();
    outside.migrate(vm("dc01").id, "hv02", 60);
    outside.stopHost("hv02");
    vi.advanceTimersByTime(60_000);
    expect([placeOf("dc01"), vm("dc01").activity]).toEqual(["hv01", null]);
  });
});
