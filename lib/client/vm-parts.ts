import type { PlannedFile } from "@/lib/domain/deletion";
import type { DiskRecord } from "@/lib/domain/inventory";
import type { JsonObject } from "@/lib/domain/json";
import { call } from "./call";
import { callVersioned, changeHeaders, type Versioned } from "./versioned";

/** What is done to the disks and adapters of a VM: each change starts a job. */

export const addDisk = (vm_id: string, body: JsonObject, idempotencyKey: string) =>
  call("POST /vms/{vm_id}/disks", { path: { vm_id }, body }, { headers: changeHeaders(idempotencyKey) });

/** A disk as its host says it is now. */
export const readDisk = (vm_id: string, disk_id: string) =>
  callVersioned("GET /vms/{vm_id}/disks/{disk_id}", { path: { vm_id, disk_id }, query: { refresh: true } });

/** @param version that the disk must still have; null: any */
export const changeDisk = (
  vm_id: string,
  disk_id: string,
  body: JsonObject,
  version: string | null,
  idempotencyKey: string,
) =>
  call(
    "PATCH /vms/{vm_id}/disks/{disk_id}",
    { path: { vm_id, disk_id }, body },
    { headers: changeHeaders(idempotencyKey, version) },
  );

/** A disk, and its file as the deletion of its VM would find it; `file` null: that would leave it alone. */
export interface DiskRemoval {
  disk: DiskRecord;
  file: PlannedFile | null;
  /** What to do about nodes of the cluster that did not say which files they use; null: all did. */
  next: string | null;
}

/** Asks the VM's host, and the other nodes of its cluster. */
export async function planDiskRemoval(vm_id: string, disk_id: string): Promise<Versioned<DiskRemoval>> {
  const { content: disk, version } = await readDisk(vm_id, disk_id);
  const { files, next } = await call("GET /vms/{vm_id}/deletion-plan", { path: { vm_id } });
  const file = files.find(({ path }) => path.toLowerCase() === disk.path.toLowerCase()) ?? null;
  return { content: { disk, file, next }, version };
}

/** @param version as for {@link changeDisk} */
export const removeDisk = (
  vm_id: string,
  disk_id: string,
  delete_file: boolean,
  version: string | null,
  idempotencyKey: string,
) =>
  call(
    "DELETE /vms/{vm_id}/disks/{disk_id}",
    { path: { vm_id, disk_id }, query: { delete_file } },
    { headers: changeHeaders(idempotencyKey, version) },
  );

export const addNic = (vm_id: string, body: JsonObject, idempotencyKey: string) =>
  call("POST /vms/{vm_id}/nics", { path: { vm_id }, body }, { headers: changeHeaders(idempotencyKey) });

/** An adapter as its host says it is now. */
export const readNic = (vm_id: string, nic_id: string) =>
  callVersioned("GET /vms/{vm_id}/nics/{nic_id}", { path: { vm_id, nic_id }, query: { refresh: true } });

/** @param version that the adapter must still have; null: any */
export const changeNic = (
  vm_id: string,
  nic_id: string,
  body: JsonObject,
  version: string | null,
  idempotencyKey: string,
) =>
  call(
    "PATCH /vms/{vm_id}/nics/{nic_id}",
    { path: { vm_id, nic_id }, body },
    { headers: changeHeaders(idempotencyKey, version) },
  );

/** @param version as for {@link changeNic} */
export const removeNic = (vm_id: string, nic_id: string, version: string | null, idempotencyKey: string) =>
  call(
    "DELETE /vms/{vm_id}/nics/{nic_id}",
    { path: { vm_id, nic_id } },
    { headers: changeHeaders(idempotencyKey, version) },
  );
