import type { FieldValues } from "@/lib/domain/field-values";
import type { Expectation } from "./expectation";
import { createNic } from "./operations/create-nic";
import { deleteNic } from "./operations/delete-nic";
import { updateNic } from "./operations/update-nic";
import { type Manner, type PreparedJob, prepare, type ServiceParts } from "./prepared-job";
import { type NicTarget, type StepOptions, targetOf } from "./target";

/**
 * Network adapters. One belongs to a VM from its creation on. All throw `vm_not_found`, and `nic_not_found` where
 * the VM has no such adapter.
 */
export class NicService {
  readonly #parts: ServiceParts;

  constructor(parts: ServiceParts) {
    this.#parts = parts;
  }

  /** Outputs: `nic_id`, `adapter_name`, `mac_address` (null: dynamic) and `vm_id`. */
  create(vmId: string, request: FieldValues, step?: StepOptions): PreparedJob {
    const target = targetOf(this.#parts.inventory, vmId, step);
    return prepare(this.#parts, createNic(this.#parts, target, request), { step });
  }

  /** Outputs: as of `create`. */
  update(vmId: string, nicId: string, changes: FieldValues, manner: Manner = {}): PreparedJob {
    return prepare(this.#parts, updateNic(this.#parts, this.#target(vmId, nicId), changes), manner);
  }

  /** Outputs: `nic_id` and `vm_id`. */
  delete(vmId: string, nicId: string, expected?: Expectation): PreparedJob {
    return prepare(this.#parts, deleteNic(this.#parts, this.#target(vmId, nicId)), { expected });
  }

  #target(vmId: string, nicId: string): NicTarget {
    return { ...targetOf(this.#parts.inventory, vmId), nic_id: nicId.toLowerCase() };
  }
}
