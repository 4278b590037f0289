import { firstBootDisk } from "../../host/drives";
import type { GuestSystem, Host, VirtualMachine } from "../../host/model";
import { findFile } from "../../host/storage";

/** The operating system that a VM boots; null: none that the state knows. */
export function guestSystemOf(host: Host, vm: VirtualMachine): GuestSystem | null {
  const disk = firstBootDisk(vm);
  return disk === null ? null : (findFile(host, disk)?.system ?? null);
}
