import { randomUUID } from "node:crypto";
import type { HostRecord, VmRecord } from "@/lib/domain/inventory";
import { GB } from "@/lib/domain/units";

/** What the fake hypervisor's hosts say of themselves: all of it plausible, each part to be replaced by a test. */

export function hostRecord(name: string, changes: Partial<HostRecord> = {}): HostRecord {
  return {
    computer_name: name.toUpperCase(),
    os_version: "10.0.20348",
    powershell_version: "5.1.20348.1",
    booted_at: "2026-01-02T03:04:05.000Z",
    logical_processors: 16,
    memory_total_bytes: 256 * GB,
    memory_available_bytes: 128 * GB,
    cluster: "cluster01",
    cluster_nodes: [{ name: name.toUpperCase(), state: "up" }],
    virtual_machines_path: "C:\\ClusterStorage\\vms",
    storage_classes: [
      {
        name: "gold",
        path: "C:\\ClusterStorage\\gold",
        capacity_bytes: 4096 * GB,
        free_bytes: 1024 * GB,
        shared: true,
      },
      { name: "local", path: "D:\\vms", capacity_bytes: 512 * GB, free_bytes: 20 * GB, shared: false },
    ],
    networks: [
      {
        name: "production",
        virtual_switch: "vSwitch",
        virtual_switch_present: true,
        vlan_id: 10,
        ip_settings: null,
      },
    ],
    images: [
      image("windows-2022", "windows", 40, 12),
      image("ubuntu-24.04", "linux", 8, 2),
      { ...image("old-linux", "linux", 8, 2), provisioning_version: "0.9" },
    ],
    resources_error: null,
    ...changes,
  };
}

function image(name: string, os_family: string, size_gb: number, fileGb: number) {
  return {
    name,
    os_family,
    description: null,
    size_gb,
    file_bytes: fileGb * GB,
    provisioning_version: null,
  };
}

export function vmRecord(name: string, changes: Partial<VmRecord> = {}): VmRecord {
  return {
    vm_id: randomUUID(),
    vm_name: name,
    state: "off",
    activity: null,
    generation: 2,
    cpu_cores: 2,
    cpu_load_percent: null,
    dynamic_memory: false,
    memory_startup_bytes: 4 * GB,
    memory_assigned_bytes: 0,
    uptime_ms: 0,
    notes: "",
    cluster_role: null,
    checkpoints: 0,
    guest_os: null,
    guest_host_name: null,
    heartbeat: null,
    disks: [],
    nics: [],
    ...changes,
  };
}
