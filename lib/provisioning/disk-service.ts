import type { FieldValues } from "@/lib/domain/field-values";
import type { Expectation } from "./expectation";
import { createDisk } from "./operations/create-disk";
import { deleteDisk } from "./operations/delete-disk";
import { updateDisk } from "./operations/update-disk";
import { type PreparedJob, prepare, type ServiceParts } from "./prepared-job";
import { type DiskTarget, type StepOptions, targetOf } from "./target";

/**
 * Virtual disks. A disk belongs to a VM from its creation on, and is known by its identifier. All throw
 * `vm_not_found`, and `disk_not_found` where the VM has no such disk.
 */
export class DiskService {
  readonly #parts: ServiceParts;

  constructor(parts: ServiceParts) {
    this.#parts = parts;
  }

  /** Outputs: `disk_id`, `path`, `size_gb` and `vm_id`. */
  create(vmId: string, request: FieldValues, step?: StepOptions): PreparedJob {
    const target = targetOf(this.#parts.inventory, vmId, step);
    return prepare(this.#parts, createDisk(this.#parts, target, request, step), { step });
  }

  /** Outputs: as of `create`. */
  update(vmId: string, diskId: string, changes: FieldValues, expected?: Expectation): PreparedJob {
    return prepare(this.#parts, updateDisk(this.#parts, this.#target(vmId, diskId), changes), { expected });
  }

  /** Outputs: `disk_id`, `path`, `vm_id` and `deleted`: whether the file is gone (null: not known). */
  delete(
    vmId: string,
    diskId: string,
    request: { delete_file: boolean },
    expected?: Expectation,
  ): PreparedJob {
    return prepare(this.#parts, deleteDisk(this.#parts, this.#target(vmId, diskId), request), { expected });
  }

  #target(vmId: string, diskId: string): DiskTarget {
    return { ...targetOf(this.#parts.inventory, vmId), disk_id: diskId.toLowerCase() };
  }
}
