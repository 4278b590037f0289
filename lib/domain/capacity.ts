import type { HostView, StorageClassRecord, VmSummary } from "./inventory";
import { compareNames } from "./natural-order";

/** The storage classes of one name, put together. */
export interface StorageCapacity {
  name: string;
  capacity_bytes: number;
  free_bytes: number;
  /** The most that one disk can take: a disk stands on one volume. */
  largest_free_bytes: number;
  /** How many volumes these are, and how many more could not be read. */
  volumes: number;
  unreadable: number;
}

/** How many VMs some hosts have: those of hosts that do not answer may be elsewhere or off by now, and count apart. */
export interface VmTally {
  /** On hosts that answer. */
  vm_count: number;
  /** On the others, when they were last read. */
  vms_last_known: number;
}

export function tallyOf(hosts: readonly Pick<HostView, "state" | "vm_count">[]): VmTally {
  const sum = (counted: typeof hosts) => counted.reduce((total, { vm_count }) => total + vm_count, 0);
  return {
    vm_count: sum(hosts.filter(({ state }) => state === "online")),
    vms_last_known: sum(hosts.filter(({ state }) => state !== "online")),
  };
}

/** What some hosts have together. Only hosts that answer are counted: nothing can be put on the others. */
export interface Capacity extends VmTally {
  hosts: number;
  hosts_counted: number;
  memory_total_bytes: number;
  memory_available_bytes: number;
  /** The most that one VM can take: a VM stands on one host. */
  largest_available_bytes: number;
  logical_processors: number;
  committed_vcpus: number;
  /** By name. */
  storage: readonly StorageCapacity[];
  /** The oldest read of the hosts counted, UTC; null: none is counted. */
  as_of: string | null;
}

/** @param hosts a volume that the nodes of a cluster share is counted once */
export function capacityOf(hosts: readonly HostView[]): Capacity {
  const counted = hosts.flatMap((host) =>
    host.state === "online" && host.record !== null ? [{ ...host, record: host.record }] : [],
  );
  const sum = (of: (host: (typeof counted)[number]) => number) =>
    counted.reduce((total, host) => total + of(host), 0);
  return {
    hosts: hosts.length,
    hosts_counted: counted.length,
    ...tallyOf(hosts),
    memory_total_bytes: sum(({ record }) => record.memory_total_bytes),
    memory_available_bytes: sum(({ record }) => record.memory_available_bytes),
    largest_available_bytes: Math.max(0, ...counted.map(({ record }) => record.memory_available_bytes)),
    logical_processors: sum(({ record }) => record.logical_processors),
    committed_vcpus: sum((host) => host.committed_vcpus),
    storage: storageCapacities(counted.flatMap(({ name, record }) => volumesOf(name, record))),
    as_of: counted.reduce<string | null>((oldest, { as_of }) => earlier(oldest, as_of), null),
  };
}

interface Volume {
  /** The same for each node that shares it. */
  key: string;
  storage: StorageClassRecord;
}

function volumesOf(host: string, record: NonNullable<HostView["record"]>): Volume[] {
  return record.storage_classes.map((storage) => ({
    key: `${storage.shared ? record.cluster : host}|${storage.path.toLowerCase()}|${storage.name}`,
    storage,
  }));
}

function storageCapacities(volumes: readonly Volume[]): StorageCapacity[] {
  const once = new Map<string, StorageClassRecord>();
  for (const { key, storage } of volumes) {
    const known = once.get(key);
    if (known === undefined || known.free_bytes === null) once.set(key, storage);
  }
  const classes = new Map<string, StorageCapacity>();
  for (const { name, capacity_bytes: capacity, free_bytes: free } of once.values()) {
    const before = classes.get(name) ?? emptyClass(name);
    classes.set(
      name,
      capacity === null || free === null
        ? { ...before, unreadable: before.unreadable + 1 }
        : {
            ...before,
            capacity_bytes: before.capacity_bytes + capacity,
            free_bytes: before.free_bytes + free,
            largest_free_bytes: Math.max(before.largest_free_bytes, free),
            volumes: before.volumes + 1,
          },
    );
  }
  return [...classes.values()].sort((a, b) => compareNames(a.name, b.name));
}

function emptyClass(name: string): StorageCapacity {
  return { name, capacity_bytes: 0, free_bytes: 0, largest_free_bytes: 0, volumes: 0, unreadable: 0 };
}

function earlier(a: string | null, b: string | null): string | null {
  if (a === null || b === null) return a ?? b;
  return a < b ? a : b;
}

/** A place for VMs: a cluster's hosts, or a host of its own. */
export interface CapacityPlace {
  /** The cluster's name, or the host's. */
  name: string;
  kind: "cluster" | "host";
  capacity: Capacity;
}

/**
 * Each cluster and each host outside one, in the order of the hosts. A host that was never read may belong to
 * a cluster that nobody knows yet: it stands by itself.
 */
export function placesOf(hosts: readonly HostView[]): CapacityPlace[] {
  const places = new Map<string, { name: string; kind: CapacityPlace["kind"]; hosts: HostView[] }>();
  for (const host of hosts) {
    const cluster = host.record?.cluster ?? null;
    const kind = cluster === null ? "host" : "cluster";
    const name = cluster ?? host.name;
    const key = `${kind}/${name.toLowerCase()}`;
    const place = places.get(key) ?? { name, kind, hosts: [] };
    place.hosts.push(host);
    places.set(key, place);
  }
  return [...places.values()].map(({ name, kind, hosts: members }) => {
    return { name, kind, capacity: capacityOf(members) };
  });
}

/** What a cluster's memory is after it has lost a node. */
export interface FailoverMemory {
  /** Left over once the lost node's VMs run elsewhere; below zero: that much is missing. */
  headroom_bytes: number;
  /** The node whose loss leaves the least. */
  lost: string;
  /** What its VMs need. */
  needed_bytes: number;
  /** What the other nodes have available. */
  available_bytes: number;
}

/**
 * The worst loss of one node: what is available on the others, less the memory that the node's running VMs with
 * a cluster role have assigned. Only the sum is looked at: one large VM may still find no node with enough room.
 *
 * @param nodes the cluster's hosts; those that do not answer count as lost already
 * @param vms of the fleet or of the cluster
 * @returns null where fewer than two nodes answer
 */
export function memoryWithOneNodeLost(
  nodes: readonly HostView[],
  vms: readonly VmSummary[],
): FailoverMemory | null {
  const alive = nodes.filter((node) => node.state === "online" && node.record !== null);
  if (alive.length < 2) return null;
  const needed = new Map(alive.map((node) => [node.name, 0]));
  for (const vm of vms) {
    const soFar = needed.get(vm.host);
    if (soFar === undefined || vm.cluster_role === null || vm.missing_since !== null) continue;
    needed.set(vm.host, soFar + vm.memory_assigned_bytes);
  }
  const availableOf = (node: HostView) => node.record?.memory_available_bytes ?? 0;
  const together = alive.reduce((sum, node) => sum + availableOf(node), 0);
  const losses = alive.map((node) => {
    const needed_bytes = needed.get(node.name) ?? 0;
    const available_bytes = together - availableOf(node);
    return { lost: node.name, needed_bytes, available_bytes, headroom_bytes: available_bytes - needed_bytes };
  });
  return losses.reduce((worst, loss) => (loss.headroom_bytes < worst.headroom_bytes ? loss : worst));
}
