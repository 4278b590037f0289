import type { VmState, VmView } from "@/lib/domain/inventory";

export interface VmFilter {
  host?: string | undefined;
  state?: VmState | undefined;
  /** Part of the name, whatever its case. */
  q?: string | undefined;
  limit: number;
  offset: number;
}

/** One page of the VMs that the filter lets through, by name; `total` counts all pages. */
export function listVms(vms: readonly VmView[], filter: VmFilter): { vms: VmView[]; total: number } {
  const part = filter.q?.toLowerCase();
  const found = vms
    .filter((vm) => filter.host === undefined || vm.host === filter.host)
    .filter((vm) => filter.state === undefined || vm.state === filter.state)
    .filter((vm) => part === undefined || vm.vm_name.toLowerCase().includes(part))
    .sort((a, b) => compare(a.vm_name.toLowerCase(), b.vm_name.toLowerCase()) || compare(a.vm_id, b.vm_id));
  return { vms: found.slice(filter.offset, filter.offset + filter.limit), total: found.length };
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
