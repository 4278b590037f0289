import type { HostRecord, ImageRecord, NetworkRecord, StorageClassRecord } from "./inventory";

/** What a host's resources file offers under a name. Names are the same in any case, as they are to Windows. */

export function networkIn({ networks }: HostRecord, name: string): NetworkRecord | null {
  return named(networks, name);
}

export function storageClassIn({ storage_classes }: HostRecord, name: string): StorageClassRecord | null {
  return named(storage_classes, name);
}

export function imageIn({ images }: HostRecord, name: string): ImageRecord | null {
  return named(images, name);
}

/** An image that does not say its family serves all of them; so does any, as long as the VM's is not known. */
export function suits({ os_family }: ImageRecord, osFamily: string | null): boolean {
  return osFamily === null || os_family === null || same(os_family, osFamily);
}

function named<Item extends { name: string }>(items: readonly Item[], name: string): Item | null {
  return items.find((item) => same(item.name, name)) ?? null;
}

function same(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
