import { type FieldValues, numberField, textField } from "@/lib/domain/field-values";
import type { HostRecord, ImageRecord, StorageClassRecord } from "@/lib/domain/inventory";
import { GB } from "@/lib/domain/units";
import type { Refusal } from "./refusal";

/** Each looks at one thing that a host's record can say against a request. */

export function resources(host: string, record: HostRecord): Refusal[] {
  if (record.resources_error === null) return [];
  const message = `Nothing can be created on ${host}: ${record.resources_error}`;
  return [{ code: "host_resources_invalid", pointer: "/target_host", message }];
}

export function memory(host: string, record: HostRecord, body: FieldValues): Refusal[] {
  const wanted = numberField(body, "gb_ram");
  if (wanted === null || wanted * GB <= record.memory_available_bytes) return [];
  const free = `${host} has ${gb(record.memory_available_bytes)} of memory free`;
  return [
    { code: "insufficient_memory", pointer: "/gb_ram", message: `${free}, ${wanted} GB were asked for.` },
  ];
}

export function cluster(host: string, record: HostRecord, body: FieldValues): Refusal[] {
  if (textField(body, "cluster_preference") !== "required" || record.cluster !== null) return [];
  const message = `${host} is in no cluster: the VM cannot be clustered there.`;
  return [{ code: "cluster_unavailable", pointer: "/cluster_preference", message }];
}

/** A clustered VM must be reachable from every node: its disk has to be on shared storage. */
export function sharedStorage(record: HostRecord, body: FieldValues): Refusal[] {
  if (textField(body, "cluster_preference") !== "required" || record.cluster === null) return [];
  const chosen = storageFor(record, body);
  if (chosen === undefined || chosen.shared) return [];
  const message = `Storage class ${chosen.name} is not shared within the cluster: a VM on it cannot be clustered.`;
  return [{ code: "cluster_unavailable", pointer: "/storage_class", message }];
}

export function network(host: string, record: HostRecord, body: FieldValues): Refusal[] {
  const wanted = textField(body, "network");
  if (wanted === null || record.networks.some(({ name }) => same(name, wanted))) return [];
  const message = `${host} has no network ${wanted}. ${listed(record.networks)}`;
  return [{ code: "network_not_found", pointer: "/network", message }];
}

export function macAddress(
  host: string,
  adapters: readonly { vm: string; mac: string | null }[],
  body: FieldValues,
): Refusal[] {
  const wanted = textField(body, "mac_address");
  if (wanted === null) return [];
  const owner = adapters.find(({ mac }) => mac !== null && digits(mac) === digits(wanted));
  if (owner === undefined) return [];
  const message = `On ${host}, VM ${owner.vm} has an adapter with the MAC address ${wanted}.`;
  return [{ code: "mac_address_taken", pointer: "/mac_address", message }];
}

export function storageClass(host: string, record: HostRecord, body: FieldValues): Refusal[] {
  const wanted = textField(body, "storage_class");
  if (wanted === null || storageFor(record, body) !== undefined) return [];
  const message = `${host} has no storage class ${wanted}. ${listed(record.storage_classes)}`;
  return [{ code: "storage_class_not_found", pointer: "/storage_class", message }];
}

export function image(
  host: string,
  record: HostRecord,
  body: FieldValues,
  osFamily: string | null,
): Refusal[] {
  const wanted = textField(body, "image_name");
  if (wanted === null) return [];
  const found = imageFor(record, body);
  if (found === undefined) {
    const message = `${host} has no image ${wanted}. ${listed(record.images)}`;
    return [{ code: "image_not_found", pointer: "/image_name", message }];
  }
  const refusals: Refusal[] = [];
  if (osFamily !== null && found.os_family !== null && !same(found.os_family, osFamily)) {
    const message = `Image ${found.name} is for ${found.os_family}, the VM for ${osFamily}.`;
    refusals.push({ code: "image_os_mismatch", pointer: "/image_name", message });
  }
  const size = numberField(body, "size_gb");
  if (size !== null && found.size_gb !== null && size < found.size_gb) {
    const message = `Image ${found.name} needs a disk of at least ${found.size_gb} GB, ${size} GB were asked for.`;
    refusals.push({ code: "disk_smaller_than_image", pointer: "/size_gb", message });
  }
  return refusals;
}

/** A fixed disk takes its whole size at once, a dynamic one what its image holds. */
export function space(record: HostRecord, body: FieldValues): Refusal[] {
  const target = storageFor(record, body);
  if (target === undefined || target.free_bytes === null) return [];
  const copied = imageFor(record, body)?.file_bytes ?? 0;
  const whole = (numberField(body, "size_gb") ?? 0) * GB;
  const needed = textField(body, "storage_type") === "fixed" ? whole : copied;
  if (needed <= target.free_bytes) return [];
  const message = `Storage class ${target.name} has ${gb(target.free_bytes)} free, the disk needs ${gb(needed)}.`;
  return [{ code: "storage_full", pointer: "/storage_class", message }];
}

function imageFor(record: HostRecord, body: FieldValues): ImageRecord | undefined {
  const wanted = textField(body, "image_name");
  return wanted === null ? undefined : record.images.find(({ name }) => same(name, wanted));
}

/** The host's first class serves whoever names none. */
function storageFor(record: HostRecord, body: FieldValues): StorageClassRecord | undefined {
  const wanted = textField(body, "storage_class");
  if (wanted === null) return record.storage_classes[0];
  return record.storage_classes.find(({ name }) => same(name, wanted));
}

function same(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

function digits(mac: string): string {
  return mac.replace(/[^0-9a-f]/gi, "").toLowerCase();
}

function listed(items: readonly { name: string }[]): string {
  if (items.length === 0) return "It has none at all.";
  return `It has: ${items.map(({ name }) => name).join(", ")}.`;
}

function gb(bytes: number): string {
  return `${Math.round((bytes / GB) * 10) / 10} GB`;
}
