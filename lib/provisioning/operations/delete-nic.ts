import type { Operation } from "../operation";
import type { ServiceParts } from "../prepared-job";
import { stateRefusals } from "../state-check";
import type { NicTarget } from "../target";
import { nicOf, versionOfNicIn, vmIn } from "../vm-parts";

/** An adapter is taken out of its VM. */
export function deleteNic(
  { hypervisor, inventory }: ServiceParts,
  { nic_id, ...target }: NicTarget,
): Operation<void> {
  const { host, vm_id, vm_name } = target;
  const { adapter_name } = nicOf(inventory.vm(vm_id), nic_id);
  const change = { vm: { vm_id, vm_name }, outputs: { nic_id, vm_id }, created: [] };
  return {
    kind: "nic.delete",
    target,
    request: {},
    versionOf: (vm) => versionOfNicIn(vm, nic_id),
    refusals: () => stateRefusals("nic_remove", inventory.vm(vm_id), ""),
    intent: `Removing adapter ${adapter_name} from VM ${vm_name} on ${host}.`,
    send: (call) => hypervisor.deleteNic(host, vm_id, nic_id, call),
    done: () => ({ ...change, words: `Adapter ${adapter_name} is removed.` }),
    evidence: () => ({
      find: ({ vms }) => {
        const vm = vmIn(vms, vm_id);
        return vm === undefined || vm.nics.some((nic) => nic.nic_id === nic_id) ? null : change;
      },
      absence: `VM ${vm_name} still has the adapter`,
    }),
  };
}
