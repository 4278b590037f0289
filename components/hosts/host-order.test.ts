import { expect, test } from "vitest";
import type { HostView } from "@/lib/domain/inventory";
import { GB } from "@/lib/domain/units";
import { hostWith } from "@/tests/support/host-views";
import { filterHosts, STANDALONE, sortHosts, tightestStorage } from "./host-order";

const namesOf = (hosts: readonly HostView[]) => hosts.map(({ name }) => name);
const volume = (name: string, free_gb: number | null) => ({
  ...{ name, path: `D:\\${name}`, capacity_bytes: 100 * GB, shared: false },
  free_bytes: free_gb === null ? null : free_gb * GB,
});

const hosts = [
  hostWith(
    "hv10",
    { cluster: "east", memory_available_bytes: 5 * GB, storage_classes: [volume("a", 50), volume("b", 9)] },
    { vm_count: 3 },
  ),
  hostWith("hv2", { memory_available_bytes: 90 * GB, storage_classes: [volume("a", 20)] }, { vm_count: 7 }),
  hostWith("hv3", { cluster: "east", storage_classes: [volume("a", null)] }, { state: "unreachable" }),
  hostWith("hv1", null, { state: "pending", as_of: null }),
];

test.each([
  [{}, ["hv10", "hv2", "hv3", "hv1"]],
  [{ q: "EAST hv1" }, ["hv10"]],
  [{ q: "unreach" }, ["hv3"]],
  [{ state: "pending" }, ["hv1"]],
  [{ cluster: "east" }, ["hv10", "hv3"]],
  // Of a host that was never read nobody knows whether it is in a cluster.
  [{ cluster: STANDALONE }, ["hv2"]],
  [{ cluster: "east", state: "online", q: "hv" }, ["hv10"]],
])("%o finds %j", (question, names) => {
  expect(namesOf(filterHosts(hosts, { q: "", state: "", cluster: "", ...question }))).toEqual(names);
});

test.each([
  ["", ["hv10", "hv2", "hv3", "hv1"]],
  ["nothing", ["hv10", "hv2", "hv3", "hv1"]],
  ["name", ["hv1", "hv2", "hv3", "hv10"]],
  ["-name", ["hv10", "hv3", "hv2", "hv1"]],
  ["state", ["hv3", "hv1", "hv10", "hv2"]],
  ["cluster", ["hv10", "hv3", "hv2", "hv1"]],
  ["-vms", ["hv2", "hv10", "hv3", "hv1"]],
  ["memory", ["hv10", "hv3", "hv2", "hv1"]],
  ["storage", ["hv3", "hv10", "hv2", "hv1"]],
])("sorted by %j: %j", (sort, names) => {
  expect(namesOf(sortHosts(hosts, sort))).toEqual(names);
});

test("the tightest storage class is the one with the least share free, and one that cannot be read before all", () => {
  expect(hosts.map((host) => tightestStorage(host)?.name ?? null)).toEqual(["b", "a", "a", null]);
});
