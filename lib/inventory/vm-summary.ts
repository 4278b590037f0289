import { notesWithoutMarker } from "@/lib/domain/deployment-marker";
import type { VmRecord, VmSummary } from "@/lib/domain/inventory";
import { plainText } from "@/lib/domain/plain-text";

const NOTE_LENGTH = 120;

/** What lists need of a VM. */
export function summaryOf(
  vm: VmRecord,
  host: string,
  missingSince: string | null,
  alsoOn: readonly string[] = [],
): VmSummary {
  return {
    vm_id: vm.vm_id,
    vm_name: vm.vm_name,
    host,
    state: vm.state,
    activity: vm.activity,
    missing_since: missingSince,
    also_on: [...alsoOn],
    generation: vm.generation,
    cpu_cores: vm.cpu_cores,
    cpu_load_percent: vm.cpu_load_percent,
    memory_assigned_bytes: vm.memory_assigned_bytes,
    memory_startup_bytes: vm.memory_startup_bytes,
    uptime_ms: vm.uptime_ms,
    guest_os: vm.guest_os,
    heartbeat: vm.heartbeat,
    cluster_role: vm.cluster_role,
    networks: [...new Set(vm.nics.flatMap((nic) => nic.network ?? nic.virtual_switch ?? []))],
    ip_addresses: vm.nics.flatMap((nic) => nic.ip_addresses),
    disk_count: vm.disks.length,
    disk_bytes: vm.disks.reduce((sum, { size_bytes }) => sum + (size_bytes ?? 0), 0),
    checkpoints: vm.checkpoints,
    note: firstLine(notesWithoutMarker(vm.notes)),
  };
}

function firstLine(text: string): string {
  const line = plainText(text).split("\n", 1)[0]?.trim() ?? "";
  const characters = [...line];
  return characters.length <= NOTE_LENGTH ? line : `${characters.slice(0, NOTE_LENGTH - 1).join("")}…`;
}
