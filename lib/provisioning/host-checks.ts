import { type FieldValues, numberField, textField } from "@/lib/domain/field-values";
import {
  clusterFinding,
  demandOf,
  type Finding,
  memoryFinding,
  processorFinding,
  resourcesFinding,
  sentenceOf,
  spaceFinding,
} from "@/lib/domain/host-fit";
import { imageIn, networkIn, storageClassIn, suits } from "@/lib/domain/host-offers";
import type { HostRecord, StorageClassRecord } from "@/lib/domain/inventory";
import { pointerTo } from "@/lib/domain/json-pointer";
import type { Refusal } from "./refusal";

/** Each looks at one thing that a host's record can say against a request. */

export function resources(host: string, record: HostRecord): Refusal[] {
  return refusals(host, resourcesFinding(record));
}

export function memory(host: string, record: HostRecord, body: FieldValues): Refusal[] {
  return refusals(host, memoryFinding(record, demandOf(body)));
}

export function processors(host: string, record: HostRecord, body: FieldValues): Refusal[] {
  return refusals(host, processorFinding(record, demandOf(body)));
}

export function cluster(host: string, record: HostRecord, body: FieldValues): Refusal[] {
  return refusals(host, clusterFinding(record, demandOf(body)));
}

/** A clustered VM must be reachable from every node: its disk has to be on shared storage. */
export function sharedStorage(record: HostRecord, body: FieldValues): Refusal[] {
  if (textField(body, "cluster_preference") !== "required" || record.cluster === null) return [];
  const chosen = storageFor(record, body);
  if (chosen === null || chosen.shared) return [];
  const message = `Storage class ${chosen.name} is not shared within the cluster: a VM on it cannot be clustered.`;
  return [{ code: "cluster_unavailable", pointer: "/storage_class", message }];
}

export function network(host: string, record: HostRecord, body: FieldValues): Refusal[] {
  const wanted = textField(body, "network");
  if (wanted === null || networkIn(record, wanted) !== null) return [];
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
  if (wanted === null || storageFor(record, body) !== null) return [];
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
  const found = imageIn(record, wanted);
  if (found === null) {
    const message = `${host} has no image ${wanted}. ${listed(record.images)}`;
    return [{ code: "image_not_found", pointer: "/image_name", message }];
  }
  const against: Refusal[] = [];
  if (!suits(found, osFamily)) {
    const message = `Image ${found.name} is for ${found.os_family}, the VM for ${osFamily}.`;
    against.push({ code: "image_os_mismatch", pointer: "/image_name", message });
  }
  const size = numberField(body, "size_gb");
  if (size !== null && found.size_gb !== null && size < found.size_gb) {
    const message = `Image ${found.name} needs a disk of at least ${found.size_gb} GB, ${size} GB were asked for.`;
    against.push({ code: "disk_smaller_than_image", pointer: "/size_gb", message });
  }
  return against;
}

export function space(host: string, record: HostRecord, body: FieldValues): Refusal[] {
  const target = storageFor(record, body);
  return target === null ? [] : refusals(host, spaceFinding(target, record, demandOf(body)));
}

function refusals(host: string, finding: Finding | null): Refusal[] {
  if (finding === null) return [];
  return [{ code: finding.code, pointer: pointerTo(finding.field), message: sentenceOf(host, finding) }];
}

/** The host's first class serves whoever names none. */
function storageFor(record: HostRecord, body: FieldValues): StorageClassRecord | null {
  const wanted = textField(body, "storage_class");
  if (wanted === null) return record.storage_classes[0] ?? null;
  return storageClassIn(record, wanted);
}

function digits(mac: string): string {
  return mac.replace(/[^0-9a-f]/gi, "").toLowerCase();
}

function listed(items: readonly { name: string }[]): string {
  if (items.length === 0) return "It has none at all.";
  return `It has: ${items.map(({ name }) => name).join(", ")}.`;
}
