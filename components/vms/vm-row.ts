import type { HostView, VmSummary } from "@/lib/domain/inventory";

/** A VM with what its host's view says about it: how old its data is, and whether they may be outdated. */
export interface VmRow {
  vm: VmSummary;
  /** The failover cluster of its host; null: none. */
  cluster: string | null;
  /** When its host was read; null: nobody knows. */
  as_of: string | null;
  /** Its host does not answer: this is what was known last. */
  stale: boolean;
}

/** What a row was made from, and the row: as long as neither has changed, the row is the same object. */
const kept = new WeakMap<VmSummary, { host: HostView | undefined; row: VmRow }>();

/** The rows of VMs, in their order. What has not changed since keeps its identity, and is not drawn again. */
export function rowsOf(vms: readonly VmSummary[], hosts: ReadonlyMap<string, HostView>): VmRow[] {
  return vms.map((vm) => {
    const host = hosts.get(vm.host);
    const known = kept.get(vm);
    if (known !== undefined && known.host === host) return known.row;
    const row: VmRow = {
      vm,
      cluster: host?.record?.cluster ?? null,
      as_of: host?.as_of ?? null,
      stale: host?.state === "unreachable",
    };
    kept.set(vm, { host, row });
    return row;
  });
}
