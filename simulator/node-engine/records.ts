import { GIBIBYTE } from "../host/bytes";
import { nodeStateOf, roleNameOf, roleStateOf } from "../host/cluster";
import { clusterNodes, type Fleet } from "../host/fleet";
import { heartbeatOf, identityOf, loadOf } from "../host/guest-identity";
import type { Host, NetworkAdapter, VirtualMachine } from "../host/model";
import { findFile, freeBytes, volumeOf } from "../host/storage";
import { availableMemoryBytes, holdsMemory } from "../host/virtual-machines";
import { AgentError } from "./agent-error";
import { type HostResources, type ImageEntry, type NetworkEntry, readHostResources } from "./host-resources";

/** `HostRecord` of docs/agent-protocol.md, as far as it is looked into here. */
export interface HostRecord {
  resources_error: string | null;
  images: { name: string; file_bytes: number | null }[];
  [field: string]: unknown;
}

/** Wrong host resources are reported in the record, not thrown. */
export function hostRecord(fleet: Fleet, host: Host): HostRecord {
  const { resources, error } = tryResources(fleet, host);
  return {
    computer_name: host.computerName,
    os_version: host.osVersion,
    powershell_version: host.powershellVersion,
    booted_at: new Date(host.bootedAt).toISOString(),
    logical_processors: host.logicalProcessors,
    memory_total_bytes: host.memoryTotalBytes,
    memory_available_bytes: availableMemoryBytes(host),
    cluster: host.cluster,
    cluster_nodes: host.cluster === null ? [] : clusterNodes(fleet, host).map(nodeRecord),
    virtual_machines_path: resources?.virtual_machines_path ?? null,
    storage_classes: (resources?.storage_classes ?? []).map((entry) => storageClassRecord(host, entry)),
    networks: (resources?.networks ?? []).map((entry) => networkRecord(host, entry)),
    images: (resources?.images ?? []).map((entry) => imageRecord(host, entry)),
    resources_error: error,
  };
}

/** `VmRecord`s, in the order given. */
export function vmRecords(
  fleet: Fleet,
  host: Host,
  vms: Iterable<VirtualMachine>,
  known: KnownDisks = new Map(),
): Record<string, unknown>[] {
  const networks = tryResources(fleet, host).resources?.networks ?? [];
  return Array.from(vms, (vm) => vmRecord(fleet, host, vm, networks, known));
}

function vmRecord(
  fleet: Fleet,
  host: Host,
  vm: VirtualMachine,
  networks: readonly NetworkEntry[],
  known: KnownDisks,
): Record<string, unknown> {
  const now = fleet.clock.now();
  const identity = identityOf(host, vm);
  const roleName = roleNameOf(vm);
  return {
    vm_id: vm.id,
    vm_name: vm.name,
    state: vm.state,
    activity: vm.activity,
    generation: vm.generation,
    cpu_cores: vm.processorCount,
    cpu_load_percent: loadOf(vm, now),
    dynamic_memory: vm.dynamicMemory,
    memory_startup_bytes: vm.memoryStartupBytes,
    memory_assigned_bytes: holdsMemory(vm) ? vm.memoryStartupBytes : 0,
    uptime_ms: vm.startedAt === null ? 0 : Math.max(0, now - vm.startedAt),
    notes: vm.notes,
    cluster_role: roleName === null ? null : { name: roleName, state: roleStateOf(vm).toLowerCase() },
    checkpoints: vm.checkpoints.length,
    guest_os: identity?.osName ?? null,
    guest_host_name: identity?.hostName ?? null,
    heartbeat: heartbeatOf(host, vm),
    disks: diskRecords(host, vm, known),
    nics: vm.adapters.map((adapter) => nicRecord(adapter, networks)),
  };
}

/** `known_disks` of a request, by their paths in lower case. */
export type KnownDisks = ReadonlyMap<string, { disk_id: string | null; size_bytes: number }>;

/** `DiskRecord`s; a file that cannot be read keeps its path, and one that is known is not opened. */
export function diskRecords(
  host: Host,
  vm: VirtualMachine,
  known: KnownDisks = new Map(),
): Record<string, unknown>[] {
  return vm.hardDiskDrives.map(({ path }) => {
    const file = findFile(host, path);
    const remembered = file === null ? undefined : known.get(path.toLowerCase());
    return {
      disk_id: remembered === undefined ? (file?.diskIdentifier ?? null) : remembered.disk_id,
      path,
      size_bytes: remembered?.size_bytes ?? file?.virtualBytes ?? null,
      file_bytes: file?.fileBytes ?? null,
    };
  });
}

/** `NicRecord`s. */
export function nicRecords(fleet: Fleet, host: Host, vm: VirtualMachine): Record<string, unknown>[] {
  const networks = tryResources(fleet, host).resources?.networks ?? [];
  return vm.adapters.map((adapter) => nicRecord(adapter, networks));
}

/** `00-15-5D-01-02-03`; null stays null. */
export function formatMac(mac: string | null): string | null {
  return mac === null ? null : (mac.match(/../g) ?? []).join("-");
}

function nicRecord(adapter: NetworkAdapter, networks: readonly NetworkEntry[]): Record<string, unknown> {
  const network = networks.find(
    ({ configuration }) =>
      configuration.virtual_switch === adapter.switchName && configuration.vlan_id === adapter.vlanId,
  );
  return {
    nic_id: adapter.id,
    adapter_name: adapter.name,
    network: network?.name ?? null,
    virtual_switch: adapter.switchName,
    vlan_id: adapter.vlanId,
    mac_address: formatMac(adapter.mac),
    ip_addresses: [...adapter.ipAddresses],
  };
}

function storageClassRecord(host: Host, entry: { name: string; path: string }): Record<string, unknown> {
  const volume = volumeOf(host, entry.path);
  return {
    name: entry.name,
    path: entry.path,
    capacity_bytes: volume?.capacityBytes ?? null,
    free_bytes: volume === null ? null : freeBytes(volume),
    shared: volume?.shared ?? false,
  };
}

function nodeRecord(node: Host): Record<string, unknown> {
  return { name: node.computerName, state: nodeStateOf(node).toLowerCase() };
}

function networkRecord(host: Host, entry: NetworkEntry): Record<string, unknown> {
  const settings = entry.ip_settings ?? null;
  return {
    name: entry.name,
    virtual_switch: entry.configuration.virtual_switch,
    virtual_switch_present: host.switches.some(
      (name) => name.toLowerCase() === entry.configuration.virtual_switch.toLowerCase(),
    ),
    vlan_id: entry.configuration.vlan_id,
    ip_settings:
      settings === null
        ? null
        : {
            gateway: settings.gateway ?? null,
            dns: settings.dns ?? null,
            dns_secondary: settings.dns_secondary ?? null,
            subnet_mask: settings.subnet_mask ?? null,
            network_address: settings.network_address ?? null,
            dhcp_available: settings.dhcp_available ?? null,
          },
  };
}

function imageRecord(host: Host, entry: ImageEntry): HostRecord["images"][number] & Record<string, unknown> {
  const file = findFile(host, entry.path);
  return {
    name: entry.name,
    os_family: entry.os_family ?? null,
    description: entry.description ?? null,
    size_gb: file === null ? null : Math.ceil(file.virtualBytes / GIBIBYTE),
    file_bytes: file?.fileBytes ?? null,
    provisioning_version: entry.provisioning_version ?? null,
  };
}

function tryResources(
  fleet: Fleet,
  host: Host,
): { resources: HostResources; error: null } | { resources: null; error: string } {
  try {
    return { resources: readHostResources(fleet, host), error: null };
  } catch (error) {
    if (error instanceof AgentError) return { resources: null, error: error.message };
    throw error;
  }
}
