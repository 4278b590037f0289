import { type FieldValues, textField } from "@/lib/domain/field-values";
import type { CreatedNic } from "@/lib/domain/hypervisor";
import type { NicRecord, VmView } from "@/lib/domain/inventory";
import type { Change, Operation } from "../operation";
import type { ServiceParts } from "../prepared-job";
import type { Refusal } from "../refusal";
import { stateRefusals } from "../state-check";
import type { ExistingTarget, NicTarget } from "../target";
import { nicOf, versionOfNicIn, vmIn } from "../vm-parts";

/** Fields that an adapter's record shows: by them a read tells whether a change was made. */
const SHOWN: Readonly<Record<string, (nic: NicRecord) => string | null>> = {
  network: ({ network }) => network,
  adapter_name: ({ adapter_name }) => adapter_name,
  mac_address: ({ mac_address }) => mac_address,
};

/** Changes of an adapter. */
export function updateNic(
  { preflight, hypervisor, inventory }: ServiceParts,
  { nic_id, ...target }: NicTarget,
  request: FieldValues,
): Operation<CreatedNic> {
  const { host, vm_id, vm_name } = target;
  const { adapter_name: name } = nicOf(inventory.vm(vm_id), nic_id);
  const wanted = Object.entries(request);
  return {
    kind: "nic.update",
    target,
    request,
    versionOf: (vm) => versionOfNicIn(vm, nic_id),
    refusals: () => {
      const vm = inventory.vm(vm_id);
      return [...changeRefusals(vm, nicOf(vm, nic_id), request), ...preflight.nic(host, request, nic_id)];
    },
    intent: `Changing ${wanted.map(([field, value]) => `${field} to ${String(value)}`).join(", ")} of adapter ${name} of VM ${vm_name} on ${host}.`,
    send: (call) => hypervisor.updateNic(host, vm_id, nic_id, request, call),
    done: (nic) => ({ ...change(target, nic), words: `Adapter ${nic.adapter_name} has what was asked for.` }),
    evidence: () => ({
      find: ({ vms }) => {
        const vm = vmIn(vms, vm_id);
        const nic = vm?.nics.find((candidate) => candidate.nic_id === nic_id);
        return nic !== undefined && wanted.every(([field, value]) => isSame(field, nic, value))
          ? change(target, nic)
          : null;
      },
      absence: wanted.every(([field]) => field in SHOWN)
        ? `adapter ${name} of VM ${vm_name} does not have all that was asked for`
        : null,
      next: "Look at the adapter: a part of it can have been changed. Then send what is missing.",
    }),
  };
}

function change(
  { vm_id, vm_name }: ExistingTarget,
  { nic_id, adapter_name, mac_address }: CreatedNic,
): Change {
  return {
    vm: { vm_id, vm_name },
    outputs: { nic_id, adapter_name, mac_address, vm_id },
    created: [],
  };
}

function changeRefusals(vm: VmView, nic: NicRecord, request: FieldValues): Refusal[] {
  const actions = {
    network: "nic_network",
    adapter_name: "nic_rename",
    mac_address: "nic_mac_address",
  } as const;
  return Object.entries(actions).flatMap(([field, action]) => {
    const wanted = textField(request, field);
    return wanted === null || isSame(field, nic, wanted) ? [] : stateRefusals(action, vm, `/${field}`);
  });
}

/** Names of networks and MAC addresses are the same in any case, an adapter's own name is not. */
function isSame(field: string, nic: NicRecord, wanted: unknown): boolean {
  const now = SHOWN[field]?.(nic);
  if (typeof now !== "string" || typeof wanted !== "string") return false;
  return field === "adapter_name" ? now === wanted : now.toLowerCase() === wanted.toLowerCase();
}
