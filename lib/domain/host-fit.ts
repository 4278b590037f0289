import { counted, formatBytes, formatNeededBytes } from "./amounts";
import type { ErrorCode } from "./error-codes";
import { type FieldValues, numberField, textField } from "./field-values";
import { imageIn } from "./host-offers";
import type { HostRecord, StorageClassRecord } from "./inventory";
import { GB } from "./units";

/**
 * Whether a host has room for a VM, by what the host said last. The form asks it of every host while one types, the
 * server of the host that a request names: they judge alike, and say so in the same sentences.
 */

/** What a VM asks of a host. A field that is not given asks for nothing. */
export interface Demand {
  memory_bytes: number;
  cores: number;
  disk_bytes: number;
  /** A fixed disk takes all of its space at once; a dynamic one begins with what its image holds. */
  fixed: boolean;
  image: string | null;
  cluster_required: boolean;
}

/** @param values of the fields of a request, by their names */
export function demandOf(values: FieldValues): Demand {
  return {
    memory_bytes: (numberField(values, "gb_ram") ?? 0) * GB,
    cores: numberField(values, "cpu_cores") ?? 0,
    disk_bytes: (numberField(values, "size_gb") ?? 0) * GB,
    fixed: textField(values, "storage_type") === "fixed",
    image: textField(values, "image_name"),
    cluster_required: textField(values, "cluster_preference") === "required",
  };
}

/** One thing that speaks against a host. `code` is the error's, `field` the one of the request that is to blame. */
export type Finding = { code: ErrorCode } & (
  | { code: "host_resources_invalid"; field: "target_host"; reason: string }
  | { code: "insufficient_memory"; field: "gb_ram"; wanted_bytes: number; free_bytes: number }
  | { code: "invalid_request"; field: "cpu_cores"; wanted: number; logical: number }
  | { code: "cluster_unavailable"; field: "cluster_preference" }
  | { code: "storage_class_not_found"; field: "storage_class" }
  | {
      code: "storage_full";
      field: "storage_class";
      /** null: none of the host's classes has room. */
      storage: Pick<StorageClassRecord, "name" | "free_bytes"> | null;
      needed_bytes: number;
    }
);

/** What speaks against a host whose storage class is still to be chosen; empty: the VM fits. */
export function unfitFindings(record: HostRecord, demand: Demand): Finding[] {
  const resources = resourcesFinding(record);
  if (resources !== null) return [resources];
  const rules = [memoryFinding, processorFinding, clusterFinding, anySpaceFinding];
  return rules.map((rule) => rule(record, demand)).filter((finding) => finding !== null);
}

export function resourcesFinding({ resources_error: reason }: HostRecord): Finding | null {
  return reason === null ? null : { code: "host_resources_invalid", field: "target_host", reason };
}

export function memoryFinding(
  { memory_available_bytes: free_bytes }: HostRecord,
  { memory_bytes: wanted_bytes }: Demand,
): Finding | null {
  if (wanted_bytes <= free_bytes) return null;
  return { code: "insufficient_memory", field: "gb_ram", wanted_bytes, free_bytes };
}

/** Hyper-V starts no VM that has more virtual processors than its host has logical ones. */
export function processorFinding(
  { logical_processors: logical }: HostRecord,
  { cores: wanted }: Demand,
): Finding | null {
  return wanted <= logical ? null : { code: "invalid_request", field: "cpu_cores", wanted, logical };
}

export function clusterFinding({ cluster }: HostRecord, { cluster_required }: Demand): Finding | null {
  if (!cluster_required || cluster !== null) return null;
  return { code: "cluster_unavailable", field: "cluster_preference" };
}

/** Of one storage class. What nobody could read speaks against nothing. */
export function spaceFinding(
  { name, free_bytes }: StorageClassRecord,
  record: HostRecord,
  demand: Demand,
): Finding | null {
  const needed_bytes = neededBytes(record, demand);
  if (free_bytes === null || needed_bytes <= free_bytes) return null;
  return { code: "storage_full", field: "storage_class", storage: { name, free_bytes }, needed_bytes };
}

function anySpaceFinding(record: HostRecord, demand: Demand): Finding | null {
  const { storage_classes: classes } = record;
  if (classes.length === 0) return { code: "storage_class_not_found", field: "storage_class" };
  if (classes.some((storage) => spaceFinding(storage, record, demand) === null)) return null;
  const needed_bytes = neededBytes(record, demand);
  return { code: "storage_full", field: "storage_class", storage: null, needed_bytes };
}

function neededBytes(record: HostRecord, { disk_bytes, fixed, image }: Demand): number {
  if (fixed) return disk_bytes;
  return image === null ? 0 : (imageIn(record, image)?.file_bytes ?? 0);
}

/** A finding in words. @param host the host's name */
export function sentenceOf(host: string, finding: Finding): string {
  switch (finding.code) {
    case "host_resources_invalid":
      return `Nothing can be created on ${host}: ${finding.reason}`;
    case "insufficient_memory":
      return `${host} has ${formatBytes(finding.free_bytes)} of memory free, ${formatNeededBytes(finding.wanted_bytes)} were asked for.`;
    case "invalid_request":
      return `${host} has ${counted(finding.logical, "logical processor")}, ${finding.wanted} were asked for.`;
    case "cluster_unavailable":
      return `${host} is in no cluster: the VM cannot be clustered there.`;
    case "storage_class_not_found":
      return `${host} offers no storage.`;
    case "storage_full": {
      const needed = formatNeededBytes(finding.needed_bytes);
      if (finding.storage === null)
        return `No storage class of ${host} has the ${needed} free that the disk needs.`;
      const free = formatBytes(finding.storage.free_bytes ?? 0);
      return `Storage class ${finding.storage.name} has ${free} free, the disk needs ${needed}.`;
    }
  }
}
