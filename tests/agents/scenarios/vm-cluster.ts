import { addDvdDrive, addHardDiskDrive } from "@/simulator/host/drives";
import { addMedia, newVhd } from "@/simulator/host/storage";
import { newVm } from "@/simulator/host/virtual-machines";
import type { Scenario } from "../support/scenario";
import type { World } from "../support/world";
import { COMPLETED, GIBIBYTE, GOLD, invalid, marker, step, vmNotFound } from "./parts";

/** A VM on hv01 that is no role yet. */
function plain(world: World): void {
  newVm(world.host(), { name: "plain", memoryStartupBytes: GIBIBYTE, path: `${GOLD}\\plain` });
}

export const VM_CLUSTER: Scenario[] = [
  {
    call: "vm/cluster_add",
    title: "makes a VM a role of its host's cluster",
    given: plain,
    spec: { vm_id: "vm:plain" },
    outputs: { cluster: "cluster01" },
    changes: { "vm:plain.clustered": true, "vm:plain.cluster_role": "plain" },
  },
  {
    call: "vm/cluster_add",
    title: "as the last step of a deployment shortens the marker",
    context: step(5, 5),
    given: (world) => {
      plain(world);
      world.vm("plain").notes = marker(4, "", 5);
    },
    spec: { vm_id: "vm:plain" },
    outputs: { cluster: "cluster01" },
    changes: {
      "vm:plain.clustered": true,
      "vm:plain.cluster_role": "plain",
      "vm:plain.notes": COMPLETED,
    },
  },
  {
    call: "vm/cluster_add",
    title: "of a role warns",
    spec: { vm_id: "vm:dc01" },
    outputs: { cluster: "cluster01" },
    streams: ["warning"],
  },
  {
    call: "vm/cluster_add",
    title: "refuses a host outside a cluster",
    host: "hv03",
    spec: { vm_id: "vm:test-debian" },
    fails: { code: "cluster_unavailable", target: "vm_id" },
  },
  {
    call: "vm/cluster_add",
    title: "refuses a VM whose disk is not on shared storage, and names it",
    given: (world) => {
      plain(world);
      newVhd(world.host(), { path: "C:\\VMs\\plain.vhdx", virtualBytes: GIBIBYTE, type: "dynamic" });
      addHardDiskDrive(world.host(), world.vm("plain"), "C:\\VMs\\plain.vhdx");
    },
    spec: { vm_id: "vm:plain" },
    fails: { code: "cluster_storage_not_shared", target: "vm_id", message: /C:\\VMs\\plain\.vhdx/ },
  },
  {
    call: "vm/cluster_add",
    title: "refuses a VM whose configuration is not on shared storage",
    given: (world) => {
      plain(world);
      world.vm("plain").path = "C:\\VMs\\plain";
    },
    spec: { vm_id: "vm:plain" },
    fails: { code: "cluster_storage_not_shared", target: "vm_id", message: /C:\\VMs\\plain/ },
  },
  {
    call: "vm/cluster_add",
    title: "refuses a VM with an ISO that is not on shared storage",
    given: (world) => {
      plain(world);
      addMedia(world.host(), "C:\\ISO\\tools.iso", 1024);
      addDvdDrive(world.host(), world.vm("plain"), "C:\\ISO\\tools.iso");
    },
    spec: { vm_id: "vm:plain" },
    fails: { code: "cluster_storage_not_shared", target: "vm_id", message: /C:\\ISO\\tools\.iso/ },
  },
  {
    call: "vm/cluster_add",
    title: "refuses a name that another VM of the host has",
    given: (world) => {
      plain(world);
      newVm(world.host(), { name: "PLAIN", memoryStartupBytes: GIBIBYTE, path: `${GOLD}\\PLAIN` });
    },
    spec: { vm_id: "vm:plain" },
    fails: { code: "vm_name_taken", target: "vm_id" },
  },
  {
    call: "vm/cluster_add",
    title: "refuses a name that a role of the cluster has, whatever its VM is called",
    given: (world) => {
      plain(world);
      world.vm("web01").roleName = "Plain";
    },
    spec: { vm_id: "vm:plain" },
    fails: { code: "vm_name_taken", target: "vm_id" },
  },
  ...vmNotFound("vm/cluster_add"),
  ...invalid("vm/cluster_add", {}, [["vm_id", 5]]),
  {
    call: "vm/cluster_remove",
    title: "takes the role away and leaves the VM as it is",
    spec: { vm_id: "vm:dc01" },
    outputs: {},
    changes: { "vm:dc01.clustered": false, "vm:dc01.cluster_role": null },
  },
  {
    call: "vm/cluster_remove",
    title: "of a VM that is no role warns",
    given: plain,
    spec: { vm_id: "vm:plain" },
    outputs: {},
    streams: ["warning"],
  },
  {
    call: "vm/cluster_remove",
    title: "on a host outside a cluster warns",
    host: "hv03",
    spec: { vm_id: "vm:test-debian" },
    outputs: {},
    streams: ["warning"],
  },
  ...vmNotFound("vm/cluster_remove"),
  ...invalid("vm/cluster_remove", {}, [["vm_id", "{}"]]),
];
