import { describe, expect, it } from "vitest";
import { GB } from "@/lib/domain/units";
import { hostWith } from "@/tests/support/host-views";
import { capacityOf, memoryWithOneNodeLost, placesOf } from "./capacity";
import type { HostView, VmSummary } from "./inventory";

const volume = (name: string, path: string, free_gb: number | null, shared = false) => ({
  ...{ name, path, shared, capacity_bytes: free_gb === null ? null : 1000 * GB },
  free_bytes: free_gb === null ? null : free_gb * GB,
});

describe("capacity", () => {
  it("counts a shared volume once, and local ones of one path for each host", () => {
    const shared = volume("fast", "C:\\ClusterStorage\\V1", 400, true);
    const local = (free_gb: number) => volume("local", "D:\\VMs", free_gb);
    const hosts = [
      hostWith("hv01", { cluster: "c1", storage_classes: [shared, local(100)] }),
      hostWith("hv02", { cluster: "c1", storage_classes: [shared, local(300)] }),
      hostWith("hv03", {
        storage_classes: [volume("fast", "E:\\fast", 50), volume("fast", "F:\\fast", null)],
      }),
    ];
    expect(capacityOf(hosts).storage).toMatchObject([
      { name: "fast", free_bytes: 450 * GB, largest_free_bytes: 400 * GB, volumes: 2, unreadable: 1 },
      { name: "local", free_bytes: 400 * GB, largest_free_bytes: 300 * GB, volumes: 2, unreadable: 0 },
    ]);
  });

  it("leaves out a host that does not answer, and says so", () => {
    const hosts = [
      hostWith(
        "hv01",
        { memory_available_bytes: 10 * GB },
        { as_of: "2026-01-02T00:00:00.000Z", vm_count: 3 },
      ),
      hostWith("hv02", { memory_available_bytes: 90 * GB }, { state: "unreachable", vm_count: 5 }),
      hostWith("hv03", { memory_available_bytes: 30 * GB }, { as_of: "2026-01-01T00:00:00.000Z" }),
    ];
    expect(capacityOf(hosts)).toMatchObject({
      ...{ hosts: 3, hosts_counted: 2, vm_count: 3, vms_last_known: 5, as_of: "2026-01-01T00:00:00.000Z" },
      ...{ memory_available_bytes: 40 * GB, largest_available_bytes: 30 * GB },
    });
    expect(capacityOf([])).toMatchObject({ hosts: 0, largest_available_bytes: 0, as_of: null });
  });

  it("has a place for each cluster and each host outside one", () => {
    const hosts = [
      hostWith("hv01", { cluster: "C1" }),
      hostWith("hv02"),
      hostWith("hv03", { cluster: "c1" }),
      hostWith("hv04", null),
    ];
    expect(placesOf(hosts).map(({ kind, name, capacity }) => [kind, name, capacity.hosts])).toEqual([
      ["cluster", "C1", 2],
      ["host", "hv02", 1],
      ["host", "hv04", 1],
    ]);
  });
});

describe("memory with one node lost", () => {
  const node = (name: string, available_gb: number, view: Partial<HostView> = {}) =>
    hostWith(name, { cluster: "c1", memory_available_bytes: available_gb * GB }, view);
  const role = { name: "any", state: "online" as const };
  const vm = (host: string, assigned_gb: number, more: Partial<VmSummary> = {}) =>
    ({
      ...{ host, memory_assigned_bytes: assigned_gb * GB, cluster_role: role, missing_since: null },
      ...more,
    }) as VmSummary;

  it("is the least that any loss leaves", () => {
    const nodes = [node("hv01", 20), node("hv02", 40), node("hv03", 60)];
    const vms = [vm("hv01", 50), vm("hv02", 10), vm("hv03", 70), vm("other", 500)];
    expect(memoryWithOneNodeLost(nodes, vms)).toEqual({
      ...{ lost: "hv03", needed_bytes: 70 * GB, available_bytes: 60 * GB, headroom_bytes: -10 * GB },
    });
  });

  it("does not count VMs without a cluster role, which stay where they are, or missing ones", () => {
    const vms = [
      vm("hv01", 50, { cluster_role: null }),
      vm("hv01", 9, { missing_since: "2026-01-01T00:00:00Z" }),
    ];
    expect(memoryWithOneNodeLost([node("hv01", 30), node("hv02", 20)], vms)).toMatchObject({
      lost: "hv01",
      headroom_bytes: 20 * GB,
    });
  });

  it("counts a node that does not answer as lost already", () => {
    const gone = node("hv03", 500, { state: "unreachable" });
    expect(memoryWithOneNodeLost([node("hv01", 30), node("hv02", 20), gone], [])).toMatchObject({
      headroom_bytes: 20 * GB,
    });
    expect(memoryWithOneNodeLost([node("hv01", 30), gone], [])).toBeNull();
  });
});
