import { type FieldValues, textField } from "@/lib/domain/field-values";
import type { CreatedNic } from "@/lib/domain/hypervisor";
import type { VmRecord } from "@/lib/domain/inventory";
import type { Change, Operation } from "../operation";
import type { ServiceParts } from "../prepared-job";
import { stateRefusals } from "../state-check";
import type { ExistingTarget } from "../target";
import { vmIn } from "../vm-parts";

/** A new adapter of a VM, connected to `network`. It is the one that the VM did not have before. */
export function createNic(
  { preflight, hypervisor, inventory }: ServiceParts,
  target: ExistingTarget,
  request: FieldValues,
): Operation<CreatedNic> {
  const { host, vm_id, vm_name } = target;
  const network = textField(request, "network");
  return {
    kind: "nic.create",
    target,
    request,
    refusals: () => [...stateRefusals("nic_add", inventory.vm(vm_id), ""), ...preflight.nic(host, request)],
    intent: `Adding an adapter on network ${network} to VM ${vm_name} on ${host}.`,
    send: (call) => hypervisor.createNic(host, vm_id, request, call),
    done: (nic) => ({ ...change(target, nic), words: wordsFor(nic) }),
    evidence: () => {
      const nicsIn = (vms: readonly VmRecord[]) => vmIn(vms, vm_id)?.nics ?? [];
      const before = new Set(nicsIn(inventory.vms()).map(({ nic_id }) => nic_id));
      return {
        find: ({ vms }) => {
          const nic = nicsIn(vms).find(({ nic_id }) => !before.has(nic_id));
          return nic === undefined ? null : change(target, nic);
        },
        absence: `a new adapter of VM ${vm_name} does not exist`,
      };
    },
  };
}

function change(
  { host, vm_id, vm_name }: ExistingTarget,
  { nic_id, adapter_name, mac_address }: CreatedNic,
): Change {
  return {
    vm: { vm_id, vm_name },
    outputs: { nic_id, adapter_name, mac_address, vm_id },
    created: [{ kind: "nic", id: nic_id, name: adapter_name, host }],
  };
}

function wordsFor({ adapter_name, mac_address }: CreatedNic): string {
  const address = mac_address === null ? "a dynamic MAC address" : `MAC address ${mac_address}`;
  return `Adapter ${adapter_name} exists, with ${address}.`;
}
