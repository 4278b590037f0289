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

export interface VmRecord {
  vm_id: string;
  vm_name: string;
  state: VmState;
  generation: number;
  cpu_cores: number;
  memory_startup_bytes: number;
  memory_assigned_bytes: number;
  uptime_ms: number;
  notes: string;
  clustered: boolean;
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

export interface HostRecord {
  /** The computer's own name. */
  computer_name: string;
  os_version: string;
  powershell_version: string;
  logical_processors: number;
  memory_total_bytes: number;
  memory_available_bytes: number;
  /** The failover cluster's name; null: standalone. */
  cluster: string | null;
  virtual_machines_path: string | null;
  storage_classes: StorageClassRecord[];
  networks: NetworkRecord[];
  images: ImageRecord[];
  /** Why host resources could not be read; null: they could. */
  resources_error: string | null;
}

/** One complete answer of one host. */
export interface HostInventory {
  host: HostRecord;
  vms: VmRecord[];
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
  vm_count: number;
  /** Virtual processors of those of its VMs that are not off or saved. */
  committed_vcpus: number;
  /** How long the last good refresh took, in ms. */
  refresh_ms: number | null;
}

/** A VM as the API answers it: what its host last said. */
export interface VmView extends VmRecord {
  host: string;
  as_of: string;
  age_ms: number;
  /** True while the host does not answer: this is its last-known state. */
  stale: boolean;
}

/** `GET /inventory`. */
export interface InventoryView {
  hosts: HostView[];
  vms: VmView[];
}
