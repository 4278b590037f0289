import { firstBootDisk } from "./drives";
import type { GuestIdentity, Host, VirtualMachine } from "./model";
import { findFile } from "./storage";

/** `Heartbeat` of `Msvm_SummaryInformation`, by name. */
export type HeartbeatName = "ok" | "error" | "no_contact" | "lost";

const WOBBLE_MS = 5000;

/** What the guest's integration services tell while the VM has memory; null: nothing. */
export function identityOf(host: Host, vm: VirtualMachine): GuestIdentity | null {
  if (!vm.dataExchangeEnabled || (vm.state !== "running" && vm.state !== "paused")) return null;
  return installedGuest(host, vm);
}

/** null: the VM does not run. */
export function heartbeatOf(host: Host, vm: VirtualMachine): HeartbeatName | null {
  if (vm.state !== "running") return null;
  return installedGuest(host, vm) === null ? "no_contact" : vm.heartbeat;
}

/**
 * The load of a VM's processors in percent: around its own average, another every few seconds; null: it does
 * not run.
 */
export function loadOf(vm: VirtualMachine, now: number): number | null {
  if (vm.state !== "running") return null;
  const phase = Number.parseInt(vm.id.slice(0, 6), 16);
  const wobble = 1 + Math.sin(phase + Math.floor(now / WOBBLE_MS)) / 3;
  return Math.min(100, Math.round(vm.loadPercent * wobble));
}

function installedGuest(host: Host, vm: VirtualMachine): GuestIdentity | null {
  const disk = firstBootDisk(vm);
  const file = disk === null ? null : findFile(host, disk);
  if (file === null || file.identity === null) return null;
  const hostName = file.system?.applied?.guest_host_name;
  return hostName === undefined ? file.identity : { ...file.identity, hostName };
}
