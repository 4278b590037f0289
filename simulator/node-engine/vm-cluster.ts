import { addClusterRole, removeClusterRole, roleNameOf } from "../host/cluster";
import { attachedPaths } from "../host/drives";
import { DURATION } from "../host/durations";
import { clusterNodes } from "../host/fleet";
import type { VirtualMachine } from "../host/model";
import { volumeOf } from "../host/storage";
import { type AgentContext, type AgentOutputs, requireVm } from "./agent-context";
import { AgentError } from "./agent-error";
import { markCompleted, markStep } from "./notes-marker";

/** Counterpart of `vm/cluster_add`. */
export async function addToCluster(context: AgentContext): Promise<AgentOutputs> {
  const { host, events } = context;
  const vm = requireVm(context);
  await context.work(DURATION.getVm);
  if (host.cluster === null) {
    throw new AgentError("cluster_unavailable", "The host is in no cluster.", "vm_id");
  }
  if (vm.clustered) {
    events.event("warning", `The VM ${vm.name} is a role of the cluster ${host.cluster} already.`);
  } else {
    requireClusterable(context, vm);
    markStep(context, vm);
    events.event("information", `Adding the VM ${vm.name} to the cluster ${host.cluster}.`);
    await context.hyperV(DURATION.changeCluster, () => addClusterRole(host, vm.name));
  }
  markCompleted(context, vm);
  return { cluster: host.cluster };
}

/** Counterpart of `vm/cluster_remove`. */
export async function removeFromCluster(context: AgentContext): Promise<AgentOutputs> {
  const { events } = context;
  const vm = requireVm(context);
  await context.work(DURATION.getVm);
  if (vm.clustered) {
    events.event("information", "Removing the role of the VM from the cluster.");
    await context.hyperV(DURATION.changeCluster, () => removeClusterRole(vm));
  } else {
    events.event("warning", `The VM ${vm.name} has no role in a cluster.`);
  }
  return {};
}

function requireClusterable(context: AgentContext, vm: VirtualMachine): void {
  const { fleet, host } = context;
  const stray = [vm.path, ...attachedPaths(vm)].filter((path) => volumeOf(host, path)?.shared !== true);
  if (stray.length > 0) {
    throw new AgentError(
      "cluster_storage_not_shared",
      `Not on a shared volume of the cluster: ${stray.join(", ")}`,
      "vm_id",
    );
  }
  const siblings = [...host.vms.values()].filter((other) => other !== vm).map((other) => other.name);
  const roles = clusterNodes(fleet, host).flatMap((node) => [...node.vms.values()].map(roleNameOf));
  const taken = [...siblings, ...roles];
  if (taken.every((name) => name?.toLowerCase() !== vm.name.toLowerCase())) return;
  throw new AgentError(
    "vm_name_taken",
    `Another VM of the host, or a role of its cluster, is named ${vm.name} too.`,
    "vm_id",
  );
}
