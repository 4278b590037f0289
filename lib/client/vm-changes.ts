import type { VmView } from "@/lib/domain/inventory";
import type { PowerAction } from "@/lib/domain/power-actions";
import { type AnswerOf, call } from "./call";

/** What is done to a VM that exists: each starts a job. */

export const powerVm = (vm_id: string, action: PowerAction, idempotencyKey: string) =>
  call(
    "POST /vms/{vm_id}/power",
    { path: { vm_id }, body: { action } },
    { headers: { "Idempotency-Key": idempotencyKey } },
  );

/** What deleting a VM would do now, and the version of the VM that this is said of. */
export interface Deletion {
  vm: VmView;
  version: string | null;
  plan: AnswerOf<"GET /vms/{vm_id}/deletion-plan">;
}

/** Asks the VM's host. */
export async function planDeletion(vm_id: string): Promise<Deletion> {
  const path = { vm_id };
  let version: string | null = null;
  const onVersion = (found: string | null) => {
    version = found;
  };
  const vm = await call("GET /vms/{vm_id}", { path, query: { refresh: true } }, { onVersion });
  const plan = await call("GET /vms/{vm_id}/deletion-plan", { path });
  return { vm, version, plan };
}

export interface VmDeletionRequest {
  delete_files: boolean;
  turn_off: boolean;
}

/** @param version that the VM must still have; null: any */
export const deleteVm = (
  vm_id: string,
  query: VmDeletionRequest,
  version: string | null,
  idempotencyKey: string,
) =>
  call(
    "DELETE /vms/{vm_id}",
    { path: { vm_id }, query },
    { headers: { "Idempotency-Key": idempotencyKey, ...(version === null ? {} : { "If-Match": version }) } },
  );
