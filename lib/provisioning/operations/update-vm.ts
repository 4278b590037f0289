import { type FieldValues, numberField, textField } from "@/lib/domain/field-values";
import type { CreatedVm } from "@/lib/domain/hypervisor";
import type { HostView, VmRecord, VmView } from "@/lib/domain/inventory";
import { GB } from "@/lib/domain/units";
import * as hostChecks from "../host-checks";
import type { Operation } from "../operation";
import type { ServiceParts } from "../prepared-job";
import type { Refusal } from "../refusal";
import { stateRefusals } from "../state-check";
import type { ExistingTarget } from "../target";
import { versionOfVm } from "../version";
import { vmIn } from "../vm-parts";

/** Fields that a VM's record shows: by them a read tells whether a change was made. */
const SHOWN: Readonly<Record<string, (vm: VmRecord) => string | number>> = {
  vm_name: ({ vm_name }) => vm_name,
  gb_ram: ({ memory_startup_bytes }) => memory_startup_bytes / GB,
  cpu_cores: ({ cpu_cores }) => cpu_cores,
};

/** Changes of a VM itself. */
export function updateVm(
  { preflight, hypervisor, inventory }: ServiceParts,
  target: ExistingTarget,
  request: FieldValues,
): Operation<CreatedVm> {
  const { host, vm_id, vm_name } = target;
  const wanted = Object.entries(request);
  return {
    kind: "vm.update",
    target,
    request,
    versionOf: versionOfVm,
    refusals: () => {
      const vm = inventory.vm(vm_id);
      return [
        ...nameRefusals(vm, request, (name) => preflight.vmName(name)),
        ...memoryRefusals(vm, request),
        ...moreMemoryRefusals(vm, inventory.host(host), request),
        ...processorRefusals(vm, inventory.host(host), request),
      ];
    },
    intent: `Changing ${wanted.map(([name, value]) => `${name} to ${String(value)}`).join(", ")} of VM ${vm_name} on ${host}.`,
    send: (call) => hypervisor.updateVm(host, vm_id, request, call),
    done: (vm) => ({
      vm,
      outputs: { ...vm },
      created: [],
      words: `VM ${vm.vm_name} has what was asked for.`,
    }),
    evidence: () => ({
      find: ({ vms }) => {
        const vm = vmIn(vms, vm_id);
        if (vm === undefined || !wanted.every(([name, value]) => SHOWN[name]?.(vm) === value)) return null;
        const now = { vm_id, vm_name: vm.vm_name };
        return { vm: now, outputs: { ...now }, created: [] };
      },
      // Several values are set one after the other.
      absence: wanted.every(([name]) => name in SHOWN)
        ? `VM ${vm_name} does not have all that was asked for`
        : null,
      next: "Look at the VM: a part of it can have been changed. Then send what is missing.",
    }),
  };
}

function nameRefusals(vm: VmView, request: FieldValues, problems: (name: string) => Refusal[]): Refusal[] {
  const name = textField(request, "vm_name");
  if (name === null || name === vm.vm_name) return [];
  const renames = stateRefusals("rename", vm, "/vm_name");
  // Another case of its own name is not taken by anybody else.
  return name.toLowerCase() === vm.vm_name.toLowerCase() ? renames : [...renames, ...problems(name)];
}

function memoryRefusals(vm: VmView, request: FieldValues): Refusal[] {
  const wanted = numberField(request, "gb_ram");
  if (wanted === null || wanted * GB === vm.memory_startup_bytes) return [];
  const action = wanted * GB > vm.memory_startup_bytes ? "more_memory" : "less_memory";
  return stateRefusals(action, vm, "/gb_ram");
}

/** What a VM that runs gets in addition must be free on its host. */
function moreMemoryRefusals(vm: VmView, host: HostView, request: FieldValues): Refusal[] {
  const wanted = numberField(request, "gb_ram");
  if (wanted === null || host.state !== "online" || host.record === null || vm.state === "off") return [];
  const more = wanted - vm.memory_startup_bytes / GB;
  return more <= 0 ? [] : hostChecks.memory(host.name, host.record, { gb_ram: more });
}

function processorRefusals(vm: VmView, host: HostView, request: FieldValues): Refusal[] {
  const wanted = numberField(request, "cpu_cores");
  if (wanted === null || wanted === vm.cpu_cores) return [];
  const tooMany = host.record === null ? [] : hostChecks.processors(host.name, host.record, request);
  return [...stateRefusals("processors", vm, "/cpu_cores"), ...tooMany];
}
