import { expect, it } from "vitest";
import { GB } from "@/lib/domain/units";
import { hostWith } from "@/tests/support/host-views";
import { clustersOf } from "./cluster";
import type { HostRecord } from "./inventory";

const storage = (name: string, path: string, shared: boolean, free: number) => ({
  name,
  path,
  shared,
  capacity_bytes: 100 * GB,
  free_bytes: free * GB,
});
const member = (name: string, record: Partial<HostRecord>, minute: number, vm_count = 1) =>
  hostWith(
    name,
    { cluster: "Cluster01", ...record },
    { as_of: `2026-01-02T03:0${minute}:00.000Z`, vm_count, committed_vcpus: 4 },
  );

it("builds clusters from what their hosts have told, the newest word first", () => {
  const nodes = (second: "up" | "down") => [
    { name: "HV10", state: "up" as const },
    { name: "HV2", state: second },
    { name: "HV3", state: "paused" as const },
  ];
  const hosts = [
    member(
      "first",
      {
        computer_name: "hv10",
        cluster_nodes: nodes("up"),
        storage_classes: [
          storage("gold", "C:\\ClusterStorage\\gold", true, 10),
          storage("local", "D:\\", false, 5),
        ],
      },
      1,
      3,
    ),
    member(
      "second",
      {
        computer_name: "HV2",
        cluster: "CLUSTER01",
        cluster_nodes: nodes("down"),
        storage_classes: [storage("gold", "c:\\clusterstorage\\GOLD", true, 7)],
      },
      2,
    ),
    hostWith("alone"),
    hostWith("never", null, { state: "unreachable", as_of: null }),
  ];
  expect(clustersOf(hosts)).toEqual([
    {
      name: "CLUSTER01",
      nodes: [
        { name: "HV2", state: "down", host: "second" },
        { name: "HV3", state: "paused", host: null },
        { name: "HV10", state: "up", host: "first" },
      ],
      vm_count: 4,
      memory_total_bytes: 512 * GB,
      memory_available_bytes: 128 * GB,
      logical_processors: 64,
      committed_vcpus: 8,
      storage_classes: [storage("gold", "c:\\clusterstorage\\GOLD", true, 7)],
      as_of: "2026-01-02T03:01:00.000Z",
    },
  ]);
});

it("counts a host as a node of its cluster although nobody names the nodes", () => {
  const [cluster] = clustersOf([member("hv01", { cluster_nodes: [] }, 1)]);
  expect(cluster?.nodes).toEqual([{ name: "HV01", state: "unknown", host: "hv01" }]);
});

it("knows no clusters where no host is in one", () => {
  expect(clustersOf([hostWith("hv01"), hostWith("hv02", null)])).toEqual([]);
});
