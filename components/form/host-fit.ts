import { formatBytes } from "@/lib/domain/amounts";
import type { HostRecord, HostView, StorageClassRecord } from "@/lib/domain/inventory";
import type { JsonObject } from "@/lib/domain/json";
import { GB } from "@/lib/domain/units";

/** What the VM on the form asks of a host, by the fields that a host's room is measured in. */
export interface Demand {
  memoryGb: number;
  cores: number;
  diskGb: number;
  /** A fixed disk takes all of its space at once; a dynamic one begins with what its image holds. */
  fixed: boolean;
  image: string | null;
  clusterRequired: boolean;
}

/** A field that is empty, or that the schemas do not have, asks for nothing. */
export function demandOf(values: JsonObject): Demand {
  return {
    memoryGb: numberOf(values.gb_ram),
    cores: numberOf(values.cpu_cores),
    diskGb: numberOf(values.size_gb),
    fixed: values.storage_type === "fixed",
    image: typeof values.image_name === "string" ? values.image_name : null,
    clusterRequired: values.cluster_preference === "required",
  };
}

function numberOf(value: unknown): number {
  return typeof value === "number" ? value : 0;
}

/** Why the VM cannot be created on a host, a sentence each; empty: it fits. */
export function unfitReasons(host: HostView, demand: Demand): string[] {
  if (host.state === "unreachable") return [`Unreachable: ${host.error?.message ?? "it does not answer."}`];
  const { record } = host;
  if (record === null) return ["It has not been read yet."];
  if (record.resources_error !== null) {
    return [`Its resources file cannot be used: ${record.resources_error}`];
  }
  return [
    memory(record, demand),
    processors(record, demand),
    cluster(record, demand),
    space(record, demand),
  ].filter((reason) => reason !== null);
}

function memory({ memory_available_bytes: free }: HostRecord, { memoryGb }: Demand): string | null {
  if (memoryGb * GB <= free) return null;
  return `Too little memory: ${memoryGb} GB wanted, ${formatBytes(free)} free.`;
}

/** Hyper-V starts no VM that has more virtual processors than its host has logical ones. */
function processors({ logical_processors: logical }: HostRecord, { cores }: Demand): string | null {
  if (cores <= logical) return null;
  return `Too few processors: ${cores} wanted, the host has ${logical}.`;
}

function cluster(record: HostRecord, { clusterRequired }: Demand): string | null {
  return clusterRequired && record.cluster === null ? "In no cluster, which the VM requires." : null;
}

function space(record: HostRecord, demand: Demand): string | null {
  if (record.storage_classes.length === 0) return "It offers no storage.";
  if (record.storage_classes.some((storage) => spaceProblem(storage, record, demand) === null)) return null;
  return `Too little storage: ${formatBytes(neededBytes(record, demand))} wanted, no class has that free.`;
}

/** Why the disk has no room in a storage class; null: it has, or nobody knows. */
export function spaceProblem(storage: StorageClassRecord, record: HostRecord, demand: Demand): string | null {
  if (storage.free_bytes === null) return "cannot be read";
  const needed = neededBytes(record, demand);
  return needed <= storage.free_bytes ? null : `too little: ${formatBytes(needed)} wanted`;
}

function neededBytes(record: HostRecord, { diskGb, fixed, image }: Demand): number {
  if (fixed) return diskGb * GB;
  return record.images.find(({ name }) => name === image)?.file_bytes ?? 0;
}
