import type { FieldValues } from "@/lib/domain/field-values";
import { createNic } from "./create-nic";
import { type PreparedJob, prepare, type ServiceParts } from "./prepared-job";
import { type StepOptions, targetOf } from "./target";

/** Network adapters. One belongs to a VM from its creation on. */
export class NicService {
  readonly #parts: ServiceParts;

  constructor(parts: ServiceParts) {
    this.#parts = parts;
  }

  /**
   * Outputs: `nic_id`, `adapter_name`, `mac_address` (null: dynamic) and `vm_id`.
   * @throws AethervError `vm_not_found`
   */
  create(vmId: string, request: FieldValues, step?: StepOptions): PreparedJob {
    const target = targetOf(this.#parts.inventory, vmId, step);
    return prepare(this.#parts, createNic(this.#parts, target, request), step);
  }
}
