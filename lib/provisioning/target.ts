import { type FieldValues, redacted, secretsOf } from "@/lib/domain/field-values";
import type { JobKind } from "@/lib/domain/job";
import type { JobInput } from "@/lib/jobs/job";
import type { InventoryPort } from "./inventory-port";
import type { StepOptions } from "./step-options";

/** The VM that an operation works on. */
export interface Target {
  host: string;
  vmId: string;
  vmName: string;
}

/** Within a deployment the VM can be too new for inventory; elsewhere inventory knows it, or `vm_not_found` is thrown. */
export function targetOf(inventory: InventoryPort, vmId: string, step: StepOptions | undefined): Target {
  if (step !== undefined) return { host: step.host, vmId, vmName: step.vm_name };
  const vm = inventory.vm(vmId);
  return { host: vm.host, vmId: vm.vm_id, vmName: vm.vm_name };
}

/** The job of an operation on the VM, asked for with this body. */
export function jobOn(
  { host, vmId, vmName }: Target,
  kind: JobKind,
  body: FieldValues,
  actor: string,
  step: StepOptions | undefined,
): JobInput & { parent: string | undefined } {
  return {
    kind,
    host,
    vm_name: vmName,
    vm_id: vmId,
    actor,
    request: redacted(body),
    secrets: secretsOf(body),
    parent: step?.parent,
  };
}
