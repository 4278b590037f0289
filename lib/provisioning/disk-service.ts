import type { FieldValues } from "@/lib/domain/field-values";
import { createDisk } from "./create-disk";
import { type PreparedJob, prepare, type ServiceParts } from "./prepared-job";
import { type StepOptions, targetOf } from "./target";

/** Virtual disks. A disk belongs to a VM from its creation on. */
export class DiskService {
  readonly #parts: ServiceParts;

  constructor(parts: ServiceParts) {
    this.#parts = parts;
  }

  /**
   * Outputs: `disk_id`, `path`, `size_gb` and `vm_id`.
   * @throws AethervError `vm_not_found`
   */
  create(vmId: string, request: FieldValues, step?: StepOptions): PreparedJob {
    const target = targetOf(this.#parts.inventory, vmId, step);
    return prepare(this.#parts, createDisk(this.#parts, target, request), step);
  }
}
