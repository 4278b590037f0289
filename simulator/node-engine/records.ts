import type { Fleet } from "../host/fleet";
import type { Host, NetworkAdapter, VirtualMachine } from "../host/model";
import { findFile, freeBytes, volumeOf } from "../host/storage";
import { availableMemoryBytes, holdsMemory } from "../host/virtual-machines";
import { AgentError } from "./agent-error";
import { type HostResources, type ImageEntry, type NetworkEntry, readHostResources } from "./host-resources";

const GIBIBYTE = 2 ** 30;

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
    logical_processors: host.logicalProcessors,
    memory_total_bytes: host.memoryTotalBytes,
    memory_available_bytes: availableMemoryBytes(host),
    cluster: host.cluster,
    virtual_machines_path: resources?.virtual_machines_path ?? null,
    storage_classes: (resources?.storage_classes ?? []).map((entry) => storageClassRecord(host, entry)),
    networks: (resources?.networks ?? []).map(networkRecord),
    images: (resources?.images ?? []).map((entry) => imageRecord(host, entry)),
    resources_error: error,
  };
}

/** `VmRecord`s, in the order given. */
export function vmRecords(
  fleet: Fleet,
  host: Host,
  vms: Iterable<VirtualMachine>,
): Record<string, unknown>[] {
  const networks = tryResources(fleet, host).resources?.networks ?? [];
  return Array.from(vms, (vm) => vmRecord(fleet, host, vm, networks));
}

function vmRecord(
  fleet: Fleet,
  host: Host,
  vm: VirtualMachine,
  networks: readonly NetworkEntry[],
): Record<string, unknown> {
  return {
    vm_id: vm.id,
    vm_name: vm.name,
    state: vm.state,
    generation: vm.generation,
    cpu_cores: vm.processorCount,
    memory_startup_bytes: vm.memoryStartupBytes,
    memory_assigned_bytes: holdsMemory(vm) ? vm.memoryStartupBytes : 0,
    uptime_ms: vm.startedAt === null ? 0 : Math.max(0, fleet.clock.now() - vm.startedAt),
    notes: vm.notes,
    clustered: vm.clustered,
    disks: diskRecords(host, vm),
    nics: vm.adapters.map((adapter) => nicRecord(adapter, networks)),
  };
}

/** `DiskRecord`s; a file that cannot be read keeps its path. */
export function diskRecords(host: Host, vm: VirtualMachine): Record<string, unknown>[] {
  return vm.hardDiskDrives.map(({ path }) => {
    const file = findFile(host, path);
    return {
      disk_id: file?.diskIdentifier ?? null,
      path,
      size_bytes: file?.virtualBytes ?? null,
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

function networkRecord(entry: NetworkEntry): Record<string, unknown> {
  const settings = entry.ip_settings ?? null;
  return {
    name: entry.name,
    virtual_switch: entry.configuration.virtual_switch,
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
