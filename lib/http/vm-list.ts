import type { VmState, VmView } from "@/lib/domain/inventory";
import { compareNames } from "@/lib/domain/natural-order";

export const VM_SORT_KEYS = [
  "vm_name",
  "host",
  "state",
  "cpu_cores",
  "memory_assigned_bytes",
  "memory_startup_bytes",
  "uptime_ms",
] as const;
type VmSortKey = (typeof VM_SORT_KEYS)[number];
/** `-` in front: the other way round. */
export type VmSort = VmSortKey | `-${VmSortKey}`;

export interface VmFilter {
  host?: string | undefined;
  cluster?: string | undefined;
  state?: VmState | undefined;
  /** Part of the name or of an address, whatever its case; or the whole id. */
  q?: string | undefined;
  sort?: VmSort | undefined;
  limit: number;
  offset: number;
}

/**
 * One page of the VMs that the filter lets through; `total` counts all pages.
 * @param vms by name: so those stand that the order asked for does not tell apart
 */
export function listVms(vms: readonly VmView[], filter: VmFilter): { vms: VmView[]; total: number } {
  const { host, state, offset } = filter;
  const cluster = filter.cluster?.toLowerCase();
  const part = filter.q?.toLowerCase();
  const found = vms
    .filter((vm) => host === undefined || vm.host === host)
    .filter((vm) => cluster === undefined || vm.cluster?.toLowerCase() === cluster)
    .filter((vm) => state === undefined || vm.state === state)
    .filter((vm) => part === undefined || holds(vm, part));
  const sorted = filter.sort === undefined ? found : found.sort(orderOf(filter.sort));
  return { vms: sorted.slice(offset, offset + filter.limit), total: found.length };
}

function holds({ vm_id, vm_name, nics }: VmView, part: string): boolean {
  if (vm_id === part || vm_name.toLowerCase().includes(part)) return true;
  return nics.some(({ ip_addresses }) =>
    ip_addresses.some((address) => address.toLowerCase().includes(part)),
  );
}

function orderOf(sort: VmSort): (one: VmView, other: VmView) => number {
  const key = sort.replace(/^-/, "") as VmSortKey;
  const sign = sort.startsWith("-") ? -1 : 1;
  return (one, other) => sign * compare(one[key], other[key]);
}

function compare(one: string | number, other: string | number): number {
  if (typeof one === "number" && typeof other === "number") return one - other;
  return compareNames(String(one), String(other));
}
