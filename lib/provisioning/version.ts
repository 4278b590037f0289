import { createHash } from "node:crypto";
import type { DiskRecord, NicRecord, VmRecord } from "@/lib/domain/inventory";
import type { JsonValue } from "@/lib/domain/json";

/**
 * Versions of what can be changed: another one as soon as any of it is otherwise, whoever changed it. What a VM
 * does by itself (load, uptime, addresses, the size of files) does not count, its power state does.
 */

export function versionOfVm(vm: VmRecord): string {
  const { vm_name, state, cpu_cores, memory_startup_bytes, dynamic_memory, cluster_role, disks, nics } = vm;
  return hash([
    [vm_name, state, cpu_cores, memory_startup_bytes, dynamic_memory, cluster_role?.name ?? null],
    disks.map(partsOfDisk).sort(byText),
    nics.map(partsOfNic).sort(byText),
  ]);
}

export function versionOfDisk(disk: DiskRecord): string {
  return hash(partsOfDisk(disk));
}

export function versionOfNic(nic: NicRecord): string {
  return hash(partsOfNic(nic));
}

function partsOfDisk({ disk_id, path, size_bytes }: DiskRecord): JsonValue[] {
  return [path, disk_id, size_bytes];
}

function partsOfNic(nic: NicRecord): JsonValue[] {
  const { nic_id, adapter_name, network, virtual_switch, vlan_id, mac_address } = nic;
  return [nic_id, adapter_name, network, virtual_switch, vlan_id, mac_address];
}

/** The host may list the same in another order. */
function byText(one: JsonValue[], other: JsonValue[]): number {
  const [left, right] = [JSON.stringify(one), JSON.stringify(other)];
  return left < right ? -1 : left > right ? 1 : 0;
}

function hash(parts: JsonValue): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest("base64url").slice(0, 27);
}
