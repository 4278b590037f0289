import { orderBy, type SortValue } from "@/components/shared/order-by";
import type { HostView, StorageClassRecord } from "@/lib/domain/inventory";

/** Hosts outside a cluster, in the address; no cluster can be called that. */
export const STANDALONE = "-";

/** What the list of hosts is asked for, as its address has it; empty: everything. */
export interface HostQuestion {
  q: string;
  state: string;
  /** A cluster's name, or {@link STANDALONE}. */
  cluster: string;
}

/** The hosts that are asked for. Each word of `q` must be in the name, cluster, state, address or computer's name. */
export function filterHosts(hosts: readonly HostView[], { q, state, cluster }: HostQuestion): HostView[] {
  const words = q.toLowerCase().split(/\s+/).filter(Boolean);
  return hosts.filter((host) => {
    if (state !== "" && host.state !== state) return false;
    if (cluster !== "" && (host.record === null || clusterOf(host) !== cluster)) return false;
    const text = [host.name, host.record?.cluster, host.state, host.address, host.record?.computer_name]
      .join("\n")
      .toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

const clusterOf = (host: HostView) => host.record?.cluster ?? STANDALONE;

/** The storage class with the least room, by share; one that cannot be read is the tightest. null: there is none. */
export function tightestStorage(host: HostView): StorageClassRecord | null {
  const classes = host.record?.storage_classes ?? [];
  return classes.reduce<StorageClassRecord | null>(
    (least, storage) => (least === null || freeShare(storage) < freeShare(least) ? storage : least),
    null,
  );
}

function freeShare({ free_bytes: free, capacity_bytes: capacity }: StorageClassRecord): number {
  return free === null || capacity === null ? -1 : capacity === 0 ? 0 : free / capacity;
}

/** What a column sorts by; null: not known. */
const COLUMNS: Record<string, (host: HostView) => SortValue> = {
  name: ({ name }) => name,
  state: ({ state }) => ["unreachable", "pending", "online"].indexOf(state),
  cluster: ({ record }) => record?.cluster ?? null,
  vms: ({ record, vm_count }) => (record === null ? null : vm_count),
  memory: ({ record }) => record?.memory_available_bytes ?? null,
  vcpus: ({ record, committed_vcpus }) =>
    record === null || record.logical_processors === 0 ? null : committed_vcpus / record.logical_processors,
  storage: (host) => {
    const storage = tightestStorage(host);
    return storage === null ? null : freeShare(storage);
  },
  as_of: ({ as_of }) => as_of,
  cost: ({ refresh }) => refresh?.duration_ms ?? null,
};

/**
 * The hosts by a column; `-` in front of it turns it round. What is not known comes last either way; what is
 * alike stays in the order of the configuration, as everything does by a column that is not there.
 */
export function sortHosts(hosts: readonly HostView[], sort: string): readonly HostView[] {
  const column = sort.replace(/^-/, "");
  const sortBy = Object.hasOwn(COLUMNS, column) ? COLUMNS[column] : undefined;
  return sortBy === undefined ? hosts : orderBy(hosts, sortBy, sort.startsWith("-"));
}
