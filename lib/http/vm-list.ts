import type { VmState, VmView } from "@/lib/domain/inventory";

export interface VmFilter {
  host?: string | undefined;
  state?: VmState | undefined;
  /** Part of the name, whatever its case. */
  q?: string | undefined;
  limit: number;
  offset: number;
}

/** One page of the VMs that the filter lets through, in their order; `total` counts all pages. */
export function listVms(vms: readonly VmView[], filter: VmFilter): { vms: VmView[]; total: number } {
  const part = filter.q?.toLowerCase();
  const found = vms
    .filter((vm) => filter.host === undefined || vm.host === filter.host)
    .filter((vm) => filter.state === undefined || vm.state === filter.state)
    .filter((vm) => part === undefined || vm.vm_name.toLowerCase().includes(part));
  return { vms: found.slice(filter.offset, filter.offset + filter.limit), total: found.length };
}
