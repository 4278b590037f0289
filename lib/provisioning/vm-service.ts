import type { FieldValues } from "@/lib/domain/field-values";
import { createVm } from "./create-vm";
import { type PreparedJob, prepare, type ServiceParts } from "./prepared-job";
import type { StepOptions } from "./target";

/** VMs without disks and network adapters: those are resources of their own. */
export class VmService {
  readonly #parts: ServiceParts;

  constructor(parts: ServiceParts) {
    this.#parts = parts;
  }

  /** Why no VM may get this name now: a VM has it, or an unfinished job is about to give it; null: it is free. */
  nameProblem(name: string): string | null {
    return this.#parts.preflight.vmName(name)[0]?.message ?? null;
  }

  /** Outputs: `vm_id` and `vm_name`. */
  create(request: FieldValues, step?: StepOptions): PreparedJob {
    return prepare(this.#parts, createVm(this.#parts, request, step), step);
  }
}
