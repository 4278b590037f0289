import { expect, test } from "vitest";
import { findFile, freeBytes } from "../storage";
import { availableMemoryBytes } from "../virtual-machines";
import { seedFleet } from "./seed-fleet";

const NOW = Date.UTC(2026, 0, 2);
const fleet = seedFleet({ hosts: 20, vms: 1000, seedNumber: 1 }, NOW);
const vms = fleet.flatMap((host) => [...host.vms.values()]);

function count(holds: (vm: (typeof vms)[number]) => boolean): number {
  return vms.filter(holds).length;
}

test("a fleet has the size asked for, each name once, and clusters of four to eight nodes", () => {
  expect(fleet).toHaveLength(20);
  expect(vms).toHaveLength(1000);
  expect(new Set(vms.map(({ name }) => name)).size).toBe(1000);
  expect(new Set(vms.map(({ id }) => id)).size).toBe(1000);
  expect(Math.max(...vms.map(({ name }) => name.length))).toBeLessThanOrEqual(100);
  const clusters = new Set(fleet.map(({ cluster }) => cluster));
  expect(clusters).toContain(null);
  for (const cluster of clusters) {
    const nodes = fleet.filter((host) => host.cluster === cluster);
    if (cluster !== null) expect([4, 5, 6, 7, 8]).toContain(nodes.length);
    const shared = nodes.map(({ volumes }) => volumes.filter((volume) => volume.shared));
    for (const volumes of shared) expect(volumes).toEqual(shared[0]);
  }
});

test("a fleet shows what lists and pages have to cope with", () => {
  for (const state of ["running", "off", "saved", "paused", "critical"] as const) {
    expect(count((vm) => vm.state === state)).toBeGreaterThan(0);
  }
  expect(count((vm) => vm.state === "running")).toBeGreaterThan(700);
  expect(count(({ name }) => name.length > 60)).toBeGreaterThan(0);
  expect(count(({ checkpoints }) => checkpoints.length > 0)).toBeGreaterThan(20);
  expect(count(({ adapters }) => adapters.length > 1)).toBeGreaterThan(50);
  expect(count(({ hardDiskDrives }) => hardDiskDrives.length > 1)).toBeGreaterThan(100);
  expect(count(({ notes }) => notes !== "")).toBeGreaterThan(200);
  expect(count(({ generation }) => generation === 1)).toBeGreaterThan(20);
  expect(count(({ activity }) => activity !== null)).toBeGreaterThan(0);
  expect(fleet.some(({ clusterPaused }) => clusterPaused)).toBe(true);
});

test("everything fits: memory, volumes, and each disk but the lost ones of critical VMs is there", () => {
  for (const host of fleet) {
    expect(availableMemoryBytes(host)).toBeGreaterThan(0);
    for (const volume of host.volumes) expect(freeBytes(volume)).toBeGreaterThan(0);
    for (const vm of host.vms.values()) {
      const lost = vm.hardDiskDrives.filter(({ path }) => findFile(host, path) === null);
      expect(lost).toHaveLength(vm.state === "critical" ? 1 : 0);
    }
  }
});

test("the same number gives the same fleet, another one another", () => {
  const shown = (seedNumber: number) => {
    const hosts = seedFleet({ hosts: 6, vms: 100, seedNumber }, NOW);
    return hosts.map(({ name, memoryTotalBytes, vms: own }) => ({
      name,
      memoryTotalBytes,
      own: [...own.values()],
    }));
  };
  expect(shown(7)).toEqual(shown(7));
  expect(shown(7)).not.toEqual(shown(8));
});

test.each([1, 3, 4, 5, 9, 13])("a fleet of %i hosts", (hosts) => {
  expect(seedFleet({ hosts, vms: 20, seedNumber: 3 }, NOW)).toHaveLength(hosts);
});
