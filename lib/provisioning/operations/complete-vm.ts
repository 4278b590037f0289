import { type FieldValues, numberField } from "@/lib/domain/field-values";
import type { CreatedVm } from "@/lib/domain/hypervisor";
import type { VmRecord } from "@/lib/domain/inventory";
import { GB } from "@/lib/domain/units";
import type { Change, Operation } from "../operation";
import type { ServiceParts } from "../prepared-job";
import type { ExistingTarget, StepOptions } from "../target";
import { vmIn } from "../vm-parts";

/** The VM that an unfinished deployment has created is set up: how far it came with that, nobody knows. */
export function completeVm(
  { hypervisor }: ServiceParts,
  { host, vm_id, vm_name }: ExistingTarget,
  request: FieldValues,
  { deployment: { deployment_id } }: StepOptions,
): Operation<CreatedVm> {
  const vm = { vm_id, vm_name };
  const change: Change = { vm, outputs: vm, created: [{ kind: "vm", id: vm_id, name: vm_name, host }] };
  return {
    kind: "vm.create",
    target: { host, vm_id, vm_name },
    request,
    refusals: () => [],
    intent: `Setting up VM ${vm_name} on ${host}, which is there already.`,
    send: (call) => hypervisor.createVm(host, { ...request, vm_id, deployment_id }, call),
    done: () => ({ ...change, words: `VM ${vm_name} is set up, and off.` }),
    evidence: () => ({
      find: ({ vms }) => {
        const found = vmIn(vms, vm_id);
        return found !== undefined && isSetUp(found, request) ? change : null;
      },
      absence: `VM ${vm_name} is not set up`,
      next: "Continue the deployment again when the host answers reliably.",
    }),
  };
}

function isSetUp(vm: VmRecord, request: FieldValues): boolean {
  const memory = numberField(request, "gb_ram");
  return (
    vm.nics.length === 0 &&
    vm.cpu_cores === numberField(request, "cpu_cores") &&
    memory !== null &&
    vm.memory_startup_bytes === memory * GB
  );
}
