import type { HostRecord, VmView } from "@/lib/domain/inventory";
import type { JobView } from "@/lib/domain/job";
import type { JsonObject, JsonValue } from "@/lib/domain/json";
import { storageClassOf } from "@/lib/domain/storage-class-of";
import { GB } from "@/lib/domain/units";
import { declaredFields } from "@/lib/schema/schema-set";

/** What belongs to one VM alone: a copy needs its own. */
const UNIQUE = ["vm_name", "ip_address", "mac_address"];

/**
 * The form of a job once more. One that came to nothing is filled in as it was, to be corrected; of one
 * that made its VM, what only one VM can have stays empty.
 */
export function valuesOfJob(schema: JsonObject, job: JobView): JsonObject {
  const values = ownFields(schema, { target_host: job.host, ...job.request });
  return job.state === "failed" || job.state === "canceled" ? values : without(values, UNIQUE);
}

/**
 * The form for another VM like this one: what Hyper-V says of it, over the request that made it where that
 * is still known.
 *
 * @param request of the deployment that made it; null: nobody knows any more
 * @param record what its host offers; null: it was never read
 */
export function valuesOfVm(
  schema: JsonObject,
  vm: VmView,
  request: JsonObject | null,
  record: HostRecord | null,
): JsonObject {
  const disk = vm.disks[0];
  const nic = vm.nics[0];
  const storage = disk ? storageClassOf(disk.path, record?.storage_classes ?? []) : null;
  const sizeGb = disk?.size_bytes ? Math.ceil(disk.size_bytes / GB) : null;
  const says: Record<string, JsonValue | null> = {
    target_host: vm.host,
    cpu_cores: vm.cpu_cores,
    gb_ram: Math.max(1, Math.round(vm.memory_startup_bytes / GB)),
    size_gb: sizeGb,
    storage_class: storage?.name ?? null,
    network: nic?.network ?? null,
    ...(request === null && vm.cluster_role !== null ? { cluster_preference: "preferred" } : {}),
  };
  const known = Object.fromEntries(Object.entries(says).filter(([, value]) => value !== null)) as JsonObject;
  return without(ownFields(schema, { ...request, ...known }), UNIQUE);
}

/** The form of a request as a VM's notes keep it. */
export function valuesOfRequest(schema: JsonObject, request: JsonObject): JsonObject {
  return ownFields(schema, request);
}

/** Only what the form has fields for, and none of the secrets: those are asked for again. */
function ownFields(schema: JsonObject, values: JsonObject): JsonObject {
  const names = new Set(
    declaredFields(schema)
      .filter(({ meta }) => !meta.secret)
      .map(({ name }) => name),
  );
  return Object.fromEntries(Object.entries(values).filter(([name]) => names.has(name)));
}

function without(values: JsonObject, names: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(values).filter(([name]) => !names.includes(name)));
}
