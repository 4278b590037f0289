import type { ClusterNodeRecord, HostRecord, HostView, StorageClassRecord } from "./inventory";
import { compareNames } from "./natural-order";

/** A node of a failover cluster, and the configured host that it is. */
export interface ClusterNodeView extends ClusterNodeRecord {
  /** The configured name; null: AetherV's configuration does not have it. */
  host: string | null;
}

/** A failover cluster, as its configured hosts last told of it. Sums are of those hosts alone. */
export interface ClusterView {
  name: string;
  /** By computer name. */
  nodes: ClusterNodeView[];
  vm_count: number;
  memory_total_bytes: number;
  memory_available_bytes: number;
  logical_processors: number;
  committed_vcpus: number;
  /** Those on shared volumes, each path once, as the host that was read last sees it. */
  storage_classes: StorageClassRecord[];
  /** When the oldest of its hosts' data was read. */
  as_of: string | null;
}

/** A host that has told what it is. */
type KnownHost = HostView & { record: HostRecord };

/** The clusters that the hosts have told of, by name. */
export function clustersOf(hosts: readonly HostView[]): ClusterView[] {
  const members = new Map<string, KnownHost[]>();
  for (const host of hosts) {
    if (!isKnown(host) || host.record.cluster === null) continue;
    const key = host.record.cluster.toLowerCase();
    members.set(key, [...(members.get(key) ?? []), host]);
  }
  return [...members.values()].map(clusterOf).sort((a, b) => compareNames(a.name, b.name));
}

function isKnown(host: HostView): host is KnownHost {
  return host.record !== null;
}

function clusterOf(hosts: readonly KnownHost[]): ClusterView {
  const newestFirst = [...hosts].sort((a, b) => readAt(b) - readAt(a));
  const sum = (amount: (host: KnownHost) => number) => hosts.reduce((total, host) => total + amount(host), 0);
  return {
    name: newestFirst[0]?.record.cluster ?? "",
    nodes: nodesOf(newestFirst),
    vm_count: sum(({ vm_count }) => vm_count),
    memory_total_bytes: sum(({ record }) => record.memory_total_bytes),
    memory_available_bytes: sum(({ record }) => record.memory_available_bytes),
    logical_processors: sum(({ record }) => record.logical_processors),
    committed_vcpus: sum(({ committed_vcpus }) => committed_vcpus),
    storage_classes: sharedStorage(newestFirst),
    as_of: newestFirst.at(-1)?.as_of ?? null,
  };
}

/** What the host that was read last says of all nodes; a host that it does not name is a node all the same. */
function nodesOf(newestFirst: readonly KnownHost[]): ClusterNodeView[] {
  const told = newestFirst.find(({ record }) => record.cluster_nodes.length > 0)?.record.cluster_nodes ?? [];
  const hostOf = new Map(
    newestFirst.map(({ name, record }) => [record.computer_name.toLowerCase(), name] as const),
  );
  const named = new Set(told.map(({ name }) => name.toLowerCase()));
  const untold = newestFirst
    .filter(({ record }) => !named.has(record.computer_name.toLowerCase()))
    .map(({ record }): ClusterNodeRecord => ({ name: record.computer_name, state: "unknown" }));
  return [...told, ...untold]
    .map((node) => ({ ...node, host: hostOf.get(node.name.toLowerCase()) ?? null }))
    .sort((a, b) => compareNames(a.name, b.name));
}

function sharedStorage(newestFirst: readonly KnownHost[]): StorageClassRecord[] {
  const byPath = new Map<string, StorageClassRecord>();
  for (const storage of newestFirst.flatMap(({ record }) => record.storage_classes)) {
    const path = storage.path.toLowerCase();
    if (storage.shared && !byPath.has(path)) byPath.set(path, storage);
  }
  return [...byPath.values()].sort((a, b) => compareNames(a.name, b.name));
}

function readAt({ as_of }: HostView): number {
  return as_of === null ? 0 : Date.parse(as_of);
}
