import type { HostRecord, HostView, NetworkRecord } from "@/lib/domain/inventory";
import { GB } from "@/lib/domain/units";

/** A host for tests of the form; what is not given is ordinary. */
export function hostWith(
  name: string,
  record: Partial<HostRecord> | null = {},
  view: Partial<HostView> = {},
): HostView {
  return {
    name,
    address: `https://${name}:5986`,
    state: "online",
    as_of: "2026-01-02T03:04:05.000Z",
    age_ms: 0,
    error: null,
    vm_count: 0,
    unread_vms: [],
    committed_vcpus: 0,
    refresh: { duration_ms: 200, round_trips: 7, received_bytes: 20_000 },
    next_read_at: null,
    record: record === null ? null : { ...ORDINARY, computer_name: name.toUpperCase(), ...record },
    ...view,
  };
}

export function networkWith(
  name: string,
  ip_settings: Partial<NonNullable<NetworkRecord["ip_settings"]>> | null,
): NetworkRecord {
  const open = {
    gateway: null,
    dns: null,
    dns_secondary: null,
    subnet_mask: null,
    network_address: null,
    dhcp_available: null,
  };
  return {
    name,
    virtual_switch: "Datacenter",
    virtual_switch_present: true,
    vlan_id: 10,
    ip_settings: ip_settings === null ? null : { ...open, ...ip_settings },
  };
}

const ORDINARY: HostRecord = {
  computer_name: "",
  os_version: "10.0.26100.0",
  powershell_version: "5.1",
  booted_at: "2026-01-02T03:04:05.000Z",
  logical_processors: 32,
  memory_total_bytes: 256 * GB,
  memory_available_bytes: 64 * GB,
  cluster: null,
  cluster_nodes: [],
  virtual_machines_path: null,
  storage_classes: [],
  networks: [],
  images: [],
  resources_error: null,
};
