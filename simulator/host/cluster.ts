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

/** Like `Remove-ClusterGroup -VMId -RemoveResources -Force`: the VM goes on as it is. */
export function removeClusterRole(vm: VirtualMachine): void {
  if (!vm.clustered) throw refused("ObjectNotFound", vm.name, "The virtual machine has no role");
  vm.clustered = false;
}

function refused(
  category: "ObjectNotFound" | "ResourceExists" | "InvalidOperation",
  vmName: string,
  why: string,
): HyperVError {
  return new HyperVError("ClusterObject", category, `The cluster did not change '${vmName}'. ${why}.`);
}
