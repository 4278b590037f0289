import { AethervError } from "@/lib/domain/errors";
import type { DiskRecord, NicRecord, VmRecord } from "@/lib/domain/inventory";
import { versionOfDisk, versionOfNic } from "./version";

/** Finding a VM on a host, and a disk or an adapter in a VM, by its id. */

export function vmIn<Vm extends VmRecord>(vms: readonly Vm[], vmId: string): Vm | undefined {
  return vms.find(({ vm_id }) => vm_id === vmId);
}

/** @throws AethervError `disk_not_found` */
export function diskOf(vm: VmRecord, diskId: string): DiskRecord {
  const disk = diskIn(vm, diskId);
  if (disk !== undefined) return disk;
  throw new AethervError("disk_not_found", `VM ${vm.vm_name} has no disk ${diskId}.`);
}

/** null: the VM has no such disk. */
export function versionOfDiskIn(vm: VmRecord, diskId: string): string | null {
  const disk = diskIn(vm, diskId);
  return disk === undefined ? null : versionOfDisk(disk);
}

/** @throws AethervError `nic_not_found` */
export function nicOf(vm: VmRecord, nicId: string): NicRecord {
  const nic = nicIn(vm, nicId);
  if (nic !== undefined) return nic;
  throw new AethervError("nic_not_found", `VM ${vm.vm_name} has no network adapter ${nicId}.`);
}

/** null: the VM has no such adapter. */
export function versionOfNicIn(vm: VmRecord, nicId: string): string | null {
  const nic = nicIn(vm, nicId);
  return nic === undefined ? null : versionOfNic(nic);
}

/** The name of the file with this path on a host. */
export function fileName(path: string): string {
  return path.split("\\").at(-1) ?? path;
}

function diskIn(vm: VmRecord, diskId: string): DiskRecord | undefined {
  return vm.disks.find(({ disk_id }) => disk_id === diskId.toLowerCase());
}

function nicIn(vm: VmRecord, nicId: string): NicRecord | undefined {
  return vm.nics.find(({ nic_id }) => nic_id.toLowerCase() === nicId.toLowerCase());
}
