import { roleNameOf } from "./cluster";
import { firstBootDisk } from "./drives";
import type { Fleet } from "./fleet";
import type { Host, VirtualMachine } from "./model";
import { findFile, freeBytes } from "./storage";

/** The whole state as plain JSON: for people and tests, not for reading back. */
export function snapshot(fleet: Fleet): Record<string, unknown> {
  return {
    hosts: Object.fromEntries([...fleet.hosts].map(([name, host]) => [name, hostState(fleet, host)])),
  };
}

function hostState(fleet: Fleet, host: Host): Record<string, unknown> {
  return {
    computer_name: host.computerName,
    powered_on: host.poweredOn,
    booted_at: new Date(host.bootedAt).toISOString(),
    cluster: host.cluster,
    switches: host.switches,
    host_resources: host.hostResources,
    volumes: host.volumes.map((volume) => ({
      mount: volume.mount,
      shared: volume.shared,
      capacity_bytes: volume.capacityBytes,
      free_bytes: freeBytes(volume),
      files: [...volume.files.values()].map((file) => ({
        path: file.path,
        virtual_bytes: file.virtualBytes,
        file_bytes: file.fileBytes,
        type: file.type,
        parent: file.parentPath,
        disk_identifier: file.diskIdentifier,
      })),
      media: [...volume.media.values()].map((file) => ({ path: file.path, file_bytes: file.fileBytes })),
    })),
    vms: [...host.vms.values()].map((vm) => vmState(fleet, host, vm)),
  };
}

function vmState(fleet: Fleet, host: Host, vm: VirtualMachine): Record<string, unknown> {
  const disk = firstBootDisk(vm);
  const system = disk === null ? null : (findFile(host, disk)?.system ?? null);
  return {
    vm_id: vm.id,
    vm_name: vm.name,
    state: vm.state,
    activity: vm.activity,
    generation: vm.generation,
    processor_count: vm.processorCount,
    memory_startup_bytes: vm.memoryStartupBytes,
    dynamic_memory: vm.dynamicMemory,
    notes: vm.notes,
    secure_boot: vm.secureBoot,
    path: vm.path,
    clustered: vm.clustered,
    cluster_role: roleNameOf(vm),
    boot_order: vm.bootOrder,
    disks: vm.hardDiskDrives.map(({ path }) => path),
    dvds: vm.dvdDrives.map(({ path }) => path),
    checkpoints: vm.checkpoints,
    adapters: vm.adapters.map((adapter) => ({
      nic_id: adapter.id,
      name: adapter.name,
      switch: adapter.switchName,
      vlan_id: adapter.vlanId,
      dynamic_mac: adapter.dynamicMac,
      mac: adapter.mac,
      ip_addresses: adapter.ipAddresses,
    })),
    kvp: {
      host: Object.fromEntries(fleet.kvp.hostItems(vm)),
      guest: Object.fromEntries(fleet.kvp.guestItems(vm)),
    },
    guest: system === null ? null : { os_family: system.osFamily, applied: system.applied },
  };
}
