import { counted } from "@/lib/domain/amounts";
import { type FieldValues, numberField, textField } from "@/lib/domain/field-values";
import type { CreatedVm } from "@/lib/domain/hypervisor";
import type { Change, Operation } from "../operation";
import type { ServiceParts } from "../prepared-job";
import type { StepOptions } from "../target";

/** A new VM, powered off. No host has two VMs of one name: by it the VM is recognised. */
export function createVm(
  { preflight, hypervisor }: ServiceParts,
  request: FieldValues,
  step?: StepOptions,
): Operation<CreatedVm> {
  const host = step?.host ?? textField(request, "target_host") ?? "";
  const name = step?.vm_name ?? textField(request, "vm_name") ?? "";
  return {
    kind: "vm.create",
    target: { host, vm_id: null, vm_name: name },
    request,
    refusals: () => preflight.vm(request),
    intent: `Creating VM ${name} on ${host}${sizeOf(request)}.`,
    send: (call) => hypervisor.createVm(host, request, call),
    done: (vm) => ({
      ...change(vm, host),
      words: `VM ${vm.vm_name} exists and is off. Its id is ${vm.vm_id}.`,
    }),
    evidence: () => ({
      find: ({ vms }) => {
        const vm = vms.find((candidate) => candidate.vm_name.toLowerCase() === name.toLowerCase());
        return vm === undefined ? null : change(vm, host);
      },
      absence: `VM ${name} does not exist`,
    }),
  };
}

function change({ vm_id, vm_name }: CreatedVm, host: string): Change {
  const vm = { vm_id, vm_name };
  return { vm, outputs: { ...vm }, created: [{ kind: "vm", id: vm_id, name: vm_name, host }] };
}

function sizeOf(request: FieldValues): string {
  const memory = numberField(request, "gb_ram");
  const cores = numberField(request, "cpu_cores");
  const size = [
    ...(memory === null ? [] : [`${memory} GB of memory`]),
    ...(cores === null ? [] : [counted(cores, "CPU core")]),
  ];
  return size.length === 0 ? "" : ` with ${size.join(" and ")}`;
}
