import { expect, it } from "vitest";
import type { HostView, VmView } from "@/lib/domain/inventory";
import type { JobView } from "@/lib/domain/job";
import { hostWith } from "@/tests/support/host-views";
import { askedOf, whyNotAdded } from "./cluster-role";

const vm = (of: Partial<VmView> = {}) =>
  ({
    ...{
      vm_id: "1",
      vm_name: "web01",
      host: "hv01",
      state: "running",
      cluster: "cluster01",
      cluster_role: null,
    },
    ...{ stale: false, missing_since: null, also_on: [], disks: [], notes: "" },
    ...of,
  }) as unknown as VmView;

const storage = (name: string, path: string, shared: boolean) => ({
  ...{ name, path, shared, capacity_bytes: null, free_bytes: null },
});
const host: HostView = hostWith("hv01", {
  cluster: "cluster01",
  storage_classes: [storage("gold", "C:\\ClusterStorage\\Volume1", true), storage("local", "D:\\VMs", false)],
});
const disk = (path: string) => ({ disk_id: null, path, size_bytes: null, file_bytes: null });

it("says why a VM cannot be added to the cluster", () => {
  expect(whyNotAdded(vm(), host)).toBeUndefined();
  expect(whyNotAdded(vm({ cluster: null }), host)).toBe("hv01 is in no cluster.");
  expect(whyNotAdded(vm({ stale: true }), host)).toContain("could not be read");
  expect(whyNotAdded(vm({ cluster_role: { name: "web01", state: "online" } }), host)).toContain("already");
});

it("knows of a disk that the other nodes do not reach, and presumes nothing of one that it cannot place", () => {
  const paths = ["C:\\ClusterStorage\\Volume1\\web01.vhdx", "E:\\elsewhere.vhdx", "d:\\vms\\web01-2.vhdx"];
  expect(whyNotAdded(vm({ disks: paths.map(disk) }), host)).toContain(
    "d:\\vms\\web01-2.vhdx is in the storage class local",
  );
  expect(whyNotAdded(vm({ disks: paths.slice(0, 2).map(disk) }), host)).toBeUndefined();
  expect(whyNotAdded(vm({ disks: paths.map(disk) }), undefined)).toBeUndefined();
});

it("tells what the deployment asked for, from the notes before the job", () => {
  const job = {
    kind: "managed_deployment",
    request: { cluster_preference: "required" },
  } as unknown as JobView;
  const block = JSON.stringify({ deployment_id: "1", request: { cluster_preference: "preferred" } });
  const notes = `--- aetherv begin ---\n${block}\n--- aetherv end ---`;
  expect(askedOf(vm(), [])).toBeNull();
  expect(askedOf(vm(), [job])).toContain("required");
  expect(askedOf(vm({ notes }), [job])).toContain("preferred");
});
