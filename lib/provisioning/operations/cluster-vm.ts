import type { ClusterAction } from "@/lib/domain/power-actions";
import type { Change, Operation } from "../operation";
import type { ServiceParts } from "../prepared-job";
import type { Refusal } from "../refusal";
import { stateRefusals } from "../state-check";
import type { ExistingTarget } from "../target";
import { versionOfVm } from "../version";
import { vmIn } from "../vm-parts";

/** Makes a VM a role of its host's cluster, or ends that. */
export function clusterVm(
  { hypervisor, inventory }: ServiceParts,
  target: ExistingTarget,
  action: ClusterAction,
): Operation<string | null> {
  const { host, vm_id, vm_name } = target;
  const isAdding = action === "add";
  const change = (cluster: string | null): Change => {
    return { vm: { vm_id, vm_name }, outputs: { vm_id, cluster }, created: [] };
  };
  return {
    kind: "vm.cluster",
    target,
    request: { action },
    versionOf: versionOfVm,
    refusals: () => [
      ...stateRefusals(isAdding ? "cluster_add" : "cluster_remove", inventory.vm(vm_id), "/action"),
      ...(isAdding ? clusterRefusals(inventory, host) : []),
    ],
    intent: isAdding
      ? `Adding VM ${vm_name} to the cluster of ${host}.`
      : `Removing the role of VM ${vm_name} from the cluster of ${host}.`,
    send: async (call) => {
      if (isAdding) return hypervisor.addToCluster(host, vm_id, call);
      await hypervisor.removeFromCluster(host, vm_id, call);
      return null;
    },
    done: (cluster) => ({
      ...change(cluster),
      words:
        cluster === null
          ? `VM ${vm_name} has no role in a cluster.`
          : `VM ${vm_name} is a role of ${cluster}.`,
    }),
    evidence: () => ({
      find: ({ vms }) => {
        const vm = vmIn(vms, vm_id);
        if (vm === undefined || (vm.cluster_role !== null) !== isAdding) return null;
        return change(isAdding ? (inventory.host(host).record?.cluster ?? null) : null);
      },
      absence: `VM ${vm_name} has ${isAdding ? "no" : "still a"} role in the cluster`,
    }),
  };
}

function clusterRefusals(inventory: ServiceParts["inventory"], host: string): Refusal[] {
  const { record } = inventory.host(host);
  if (record === null || record.cluster !== null) return [];
  return [{ code: "cluster_unavailable", pointer: "/action", message: `${host} is in no cluster.` }];
}
