import { attachedPaths } from "./drives";
import { HyperVError } from "./hyperv-error";
import type { Host, VirtualMachine } from "./model";
import { volumeOf } from "./storage";

/**
 * Like `MSCluster_Cluster.AddVirtualMachine(VirtualMachine)`: finds the VM by its name on the node that is
 * asked, and makes it a role. Every file of it must lie on a shared volume.
 */
export function addClusterRole(host: Host, vmName: string): VirtualMachine {
  const name = vmName.toLowerCase();
  const [vm, ...others] = [...host.vms.values()].filter((each) => each.name.toLowerCase() === name);
  if (host.cluster === null || vm === undefined || others.length > 0) {
    throw refused("ObjectNotFound", vmName, "The virtual machine could not be found");
  }
  if (vm.clustered) throw refused("ResourceExists", vmName, "The virtual machine is a role already");
  const stray = [vm.path, ...attachedPaths(vm)].find((path) => volumeOf(host, path)?.shared !== true);
  if (stray !== undefined) {
    throw refused("InvalidOperation", vmName, `'${stray}' is not on storage of the cluster`);
  }
  vm.clustered = true;
  return vm;
}

/** The name of a VM's role; null: it has none. */
export function roleNameOf(vm: VirtualMachine): string | null {
  return vm.clustered ? (vm.roleName ?? vm.name) : null;
}

/** States of a cluster's node and group, by the names of the cluster's enumerations. */
export type NodeState = "Up" | "Down" | "Paused";
export type RoleState = "Online" | "Offline" | "Failed";

/** Like `State` of `Get-ClusterNode`. */
export function nodeStateOf(node: Host): NodeState {
  if (!node.poweredOn) return "Down";
  return node.clusterPaused ? "Paused" : "Up";
}

/** Like `State` of a VM's group. */
export function roleStateOf(vm: VirtualMachine): RoleState {
  if (vm.state === "critical") return "Failed";
  return vm.state === "off" || vm.state === "saved" ? "Offline" : "Online";
}

/** Like setting the Name of a cluster group: `Rename-VM` leaves it. */
export function renameRole(vm: VirtualMachine, others: Iterable<VirtualMachine>, name: string): void {
  for (const other of others) {
    if (other === vm || roleNameOf(other)?.toLowerCase() !== name.toLowerCase()) continue;
    throw refused("ResourceExists", vm.name, `The cluster has a group named '${name}' already`);
  }
  vm.roleName = name === vm.name ? null : name;
}

/** Like `Remove-ClusterGroup -VMId -RemoveResources -Force`: the VM goes on as it is. */
export function removeClusterRole(vm: VirtualMachine): void {
  if (!vm.clustered) throw refused("ObjectNotFound", vm.name, "The virtual machine has no role");
  vm.clustered = false;
  vm.roleName = null;
}

function refused(
  category: "ObjectNotFound" | "ResourceExists" | "InvalidOperation",
  vmName: string,
  why: string,
): HyperVError {
  return new HyperVError("ClusterObject", category, `The cluster did not change '${vmName}'. ${why}.`);
}
