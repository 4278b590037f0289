import type { VmRecord, VmView } from "@/lib/domain/inventory";
import { compareNames } from "@/lib/domain/natural-order";

/** What one host last said, as far as the merged list of VMs needs it. */
export interface HostVms {
  host: string;
  cluster: string | null;
  vms: readonly VmRecord[];
  /** When the read began, in ms since the epoch. */
  readAt: number;
  /** The host does not answer now: these are its last-known VMs. */
  stale: boolean;
}

/**
 * One list of all hosts' VMs, ordered by name. A VM that moves between hosts can stand in two reads:
 * the newer read has it, so that it is never listed twice.
 */
export function mergeVms(hosts: readonly HostVms[], now: number): VmView[] {
  const merged = new Map<string, VmView>();
  for (const { host, cluster, vms, readAt, stale } of [...hosts].sort((a, b) => a.readAt - b.readAt)) {
    const as_of = new Date(readAt).toISOString();
    for (const vm of vms)
      merged.set(vm.vm_id, { ...vm, host, cluster, as_of, age_ms: now - readAt, stale, missing_since: null });
  }
  return [...merged.values()].sort(
    (a, b) => compareNames(a.vm_name, b.vm_name) || a.vm_id.localeCompare(b.vm_id),
  );
}
