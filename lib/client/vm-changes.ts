import type { VmView } from "@/lib/domain/inventory";
import type { JsonObject } from "@/lib/domain/json";
import type { ClusterAction, PowerAction } from "@/lib/domain/power-actions";
import { type AnswerOf, call } from "./call";
import { callVersioned, changeHeaders } from "./versioned";

/** What is done to a VM that exists: each starts a job. */

export const powerVm = (vm_id: string, action: PowerAction, idempotencyKey: string) =>
  call(
    "POST /vms/{vm_id}/power",
    { path: { vm_id }, body: { action } },
    { headers: changeHeaders(idempotencyKey) },
  );

export const clusterVm = (vm_id: string, action: ClusterAction, idempotencyKey: string) =>
  call(
    "POST /vms/{vm_id}/cluster",
    { path: { vm_id }, body: { action } },
    { headers: changeHeaders(idempotencyKey) },
  );

/** A VM as its host says it is now. */
export const readVmNow = (vm_id: string) =>
  callVersioned("GET /vms/{vm_id}", { path: { vm_id }, query: { refresh: true } });

/** @param version that the VM must still have; null: any */
export const changeVm = (vm_id: string, body: JsonObject, version: string | null, idempotencyKey: string) =>
  call("PATCH /vms/{vm_id}", { path: { vm_id }, body }, { headers: changeHeaders(idempotencyKey, version) });

/** What deleting a VM would do now, and the version of the VM that this is said of. */
export interface Deletion {
  vm: VmView;
  version: string | null;
  plan: AnswerOf<"GET /vms/{vm_id}/deletion-plan">;
}

/** Asks the VM's host. */
export async function planDeletion(vm_id: string): Promise<Deletion> {
  const { content: vm, version } = await readVmNow(vm_id);
  const plan = await call("GET /vms/{vm_id}/deletion-plan", { path: { vm_id } });
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
    { headers: changeHeaders(idempotencyKey, version) },
  );
