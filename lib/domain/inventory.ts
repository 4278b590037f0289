/**
 * What a host says of itself, as the inventory agent reports it (docs/agent-protocol.md) and as the
 * API answers it. Sizes are bytes unless the name says GB (2^30 bytes); times are UTC, ISO 8601.
 */

export const VM_STATES = [
  "running",
  "off",
  "stopping",
  "saved",
  "paused",
  "starting",
  "reset",
  "saving",
  "pausing",
  "resuming",
  "critical",
  "other",
] as const;
export type VmState = (typeof VM_STATES)[number];

export interface DiskRecord {
  /** The VHDX DiskIdentifier, lower case; null where the file could not be read. */
  disk_id: string | null;
  path: string;
  /** Virtual size; null where the file could not be read. */
  size_bytes: number | null;
  file_bytes: number | null;
}

export interface NicRecord {
  nic_id: string;
  adapter_name: string;
  /** The network of the host's resources whose switch and VLAN match; null: none does. */
  network: string | null;
  virtual_switch: string | null;
  vlan_id: number | null;
  /** null until the first start gives a dynamic one. `00-15-5D-…` */
  mac_address: string | null;
  ip_addresses: string[];
}

/** What Hyper-V is at with a VM, beside running it. */
export const VM_ACTIVITIES = ["migrating", "merging_disks", "exporting", "checkpointing"] as const;
export type VmActivity = (typeof VM_ACTIVITIES)[number];

/** The guest's heartbeat, from the integration service: `no_contact` since its start, `lost` after there was one. */
export const HEARTBEATS = ["ok", "no_contact", "lost", "error"] as const;
export type Heartbeat = (typeof HEARTBEATS)[number];

export const CLUSTER_ROLE_STATES = [
  "online",
  "offline",
  "failed",
  "partially_online",
  "pending",
  "unknown",
] as const;

/** The VM's role (cluster group) in its host's failover cluster. */
export interface ClusterRoleRecord {
  name: string;
  state: (typeof CLUSTER_ROLE_STATES)[number];
}

export interface VmRecord {
  vm_id: string;
  vm_name: string;
  state: VmState;
  activity: VmActivity | null;
  generation: number;
  cpu_cores: number;
  /** Of the virtual processors; null while it does not run. */
  cpu_load_percent: number | null;
  dynamic_memory: boolean;
  memory_startup_bytes: number;
  memory_assigned_bytes: number;
  uptime_ms: number;
  notes: string;
  /** null: it has no role in a cluster. */
  cluster_role: ClusterRoleRecord | null;
  /** How many it has. */
  checkpoints: number;
  /** The guest's operating system as its integration services tell it; null: they tell none. */
  guest_os: string | null;
  /** The guest's own name for itself, fully qualified where it has a domain; null: not told. */
  guest_host_name: string | null;
  /** null while it does not run, and where the service is switched off. */
  heartbeat: Heartbeat | null;
  disks: DiskRecord[];
  nics: NicRecord[];
}

export interface StorageClassRecord {
  name: string;
  path: string;
  /** null: the path could not be read. */
  capacity_bytes: number | null;
  free_bytes: number | null;
  /** On a cluster shared volume. */
  shared: boolean;
}

export interface NetworkRecord {
  name: string;
  virtual_switch: string;
  /** Whether the host has a virtual switch of that name. */
  virtual_switch_present: boolean;
  vlan_id: number;
  ip_settings: {
    gateway: string | null;
    dns: string | null;
    dns_secondary: string | null;
    subnet_mask: string | null;
    network_address: string | null;
    dhcp_available: boolean | null;
  } | null;
}

export interface ImageRecord {
  name: string;
  os_family: string | null;
  description: string | null;
  /** Virtual size rounded up to whole GB: a disk cloned from it cannot be smaller. */
  size_gb: number | null;
  file_bytes: number | null;
  /** `hlvmm.meta.version` that the image's provisioning agent expects; null: the configured default. */
  provisioning_version: string | null;
}

export const CLUSTER_NODE_STATES = ["up", "down", "paused", "joining", "unknown"] as const;

/** A node of a failover cluster, as the host that was asked sees it. */
export interface ClusterNodeRecord {
  /** Its computer name. */
  name: string;
  state: (typeof CLUSTER_NODE_STATES)[number];
}

export interface HostRecord {
  /** The computer's own name. */
  computer_name: string;
  os_version: string;
  powershell_version: string;
  /** UTC. */
  booted_at: string;
  logical_processors: number;
  memory_total_bytes: number;
  memory_available_bytes: number;
  /** The failover cluster's name; null: standalone. */
  cluster: string | null;
  /** All nodes of that cluster, this one too. */
  cluster_nodes: ClusterNodeRecord[];
  virtual_machines_path: string | null;
  storage_classes: StorageClassRecord[];
  networks: NetworkRecord[];
  images: ImageRecord[];
  /** Why host resources could not be read; null: they could. */
  resources_error: string | null;
}

/** A virtual hard disk that was read before: the agent opens it no more, and reads its file's length alone. */
export interface KnownDisk {
  path: string;
  disk_id: string | null;
  size_bytes: number;
}

/** A VM that its host has, but tells of in a way that cannot be read. */
export interface UnreadVm {
  /** null: not even that could be read. */
  vm_id: string | null;
  /** As the host said it, cut and without control characters; null: it said none. */
  vm_name: string | null;
  /** Which member of the record is wrong, and in what way. */
  reason: string;
}

/** One complete answer of one host. */
export interface HostInventory {
  host: HostRecord;
  vms: VmRecord[];
  unread_vms: UnreadVm[];
}

/** What one read of a host cost. */
export interface RefreshCost {
  /** From asking to having it, the wait in the host's queue of calls included. */
  duration_ms: number;
  /** HTTP requests to its WinRM endpoint. */
  round_trips: number;
  /** Of the bodies of their answers. */
  received_bytes: number;
}

/** A host as the API answers it: the last good data, however old, with its age and what is wrong. */
export interface HostView {
  /** The configured name: what `target_host` takes. */
  name: string;
  address: string;
  state: "pending" | "online" | "unreachable";
  /** When the data below was read; null: never yet. */
  as_of: string | null;
  age_ms: number | null;
  /** Why the last refresh failed; null: it did not. */
  error: { code: string; message: string; next: string; since: string } | null;
  record: HostRecord | null;
  /** VMs that are shown on it. */
  vm_count: number;
  /** VMs that it told of in its last good read in a way that cannot be read; the first hundred of them. */
  unread_vms: readonly UnreadVm[];
  /** Virtual processors of those of its VMs that are not off or saved. */
  committed_vcpus: number;
  /** Of the last good read; null: there was none yet. */
  refresh: RefreshCost | null;
  /** When it is read again; null: it is being read for the first time, or reading has ended. */
  next_read_at: string | null;
}

/** A VM as the API answers it: what its host last said. */
export interface VmView extends VmRecord {
  host: string;
  /** The failover cluster of its host; null: none. */
  cluster: string | null;
  as_of: string;
  age_ms: number;
  /** True while the host does not answer: this is its last-known state. */
  stale: boolean;
  /**
   * Since when its host's reads have it no more; null: they have it. It is shown until every host that may have
   * it now was read and does not: on the move it is never gone, nor there twice.
   */
  missing_since: string | null;
  /** Other hosts that keep telling of a VM with this id: a replica, or another copy. Nothing is done with it then. */
  also_on: string[];
}

/** What a list or a tree needs of a VM. How old it is and whether it is stale, its host's view says. */
export interface VmSummary
  extends Pick<
    VmRecord,
    | "vm_id"
    | "vm_name"
    | "state"
    | "activity"
    | "generation"
    | "cpu_cores"
    | "cpu_load_percent"
    | "memory_assigned_bytes"
    | "memory_startup_bytes"
    | "uptime_ms"
    | "guest_os"
    | "heartbeat"
    | "cluster_role"
    | "checkpoints"
  > {
  host: string;
  missing_since: string | null;
  also_on: string[];
  /** Each once, by name; an adapter in none of the host's networks counts by its switch. */
  networks: string[];
  ip_addresses: string[];
  disk_count: number;
  /** Virtual sizes, of the disks that could be read. */
  disk_bytes: number;
  /** The first line of the notes, AetherV's own block left out; at most 120 characters. */
  note: string;
}

/** `GET /inventory`: everything, or what has changed since a revision. */
export interface InventoryChanges {
  /** `<run of the server>.<n>`: the `since` of the next request. */
  revision: string;
  /** True: this is everything, and replaces whatever was known. */
  complete: boolean;
  /** In the order of the configuration. */
  hosts: HostView[];
  vms: VmSummary[];
  /** Ids of VMs that are gone. */
  removed_vms: string[];
}
