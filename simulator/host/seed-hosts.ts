import { GIBIBYTE } from "./bytes";
import type { Host, Volume } from "./model";
import { resourcesDocument, type SeedNetwork, type SeedResources, sharedVolume, volume } from "./seed-parts";
import { joinPath } from "./windows-path";

const DAY_MS = 86_400_000;

const NETWORKS: SeedNetwork[] = [
  {
    name: "Production",
    model: "vlan",
    configuration: { virtual_switch: "Datacenter", vlan_id: 10 },
    ip_settings: {
      gateway: "10.20.10.1",
      dns: "10.20.0.53",
      dns_secondary: "10.20.0.54",
      subnet_mask: "255.255.255.0",
      network_address: "10.20.10.0",
      dhcp_available: false,
    },
  },
  {
    name: "Servers",
    model: "vlan",
    configuration: { virtual_switch: "Datacenter", vlan_id: 20 },
    ip_settings: {
      gateway: "10.20.20.1",
      dns: "10.20.0.53",
      dns_secondary: "10.20.0.54",
      subnet_mask: "255.255.255.0",
      network_address: "10.20.20.0",
      dhcp_available: true,
    },
  },
  {
    name: "DMZ",
    model: "vlan",
    configuration: { virtual_switch: "Perimeter", vlan_id: 30 },
  },
];

/** Two nodes of a cluster with shared volumes, and a host of its own. */
export function seedHosts(now: number): Host[] {
  const first = sharedVolume("Volume1", 2048, 310);
  const second = sharedVolume("Volume2", 4096, 1290);
  const shared = {
    storageClasses: [
      { name: "gold", path: joinPath(first.mount, "Hyper-V") },
      { name: "silver", path: joinPath(second.mount, "Hyper-V") },
    ],
    networks: NETWORKS,
    virtualMachinesPath: joinPath(first.mount, "Hyper-V"),
    images: { volume: first, folder: joinPath(first.mount, "DiskImages") },
  };
  const local = volume("D:", 1024, 45);
  return [
    host(1, "cluster01", [first, second], shared, now),
    host(2, "cluster01", [first, second], shared, now),
    host(
      3,
      null,
      [local],
      {
        storageClasses: [{ name: "local", path: "D:\\Hyper-V" }],
        networks: NETWORKS,
        virtualMachinesPath: "D:\\Hyper-V",
        images: { volume: local, folder: "D:\\DiskImages" },
      },
      now,
    ),
  ];
}

function host(
  number: number,
  cluster: string | null,
  volumes: Volume[],
  resources: SeedResources,
  now: number,
): Host {
  const name = `hv0${number}`;
  return {
    name,
    computerName: name.toUpperCase(),
    osVersion: "Microsoft Windows Server 2025 Datacenter 10.0.26100",
    powershellVersion: "5.1.26100.1",
    logicalProcessors: 32,
    memoryTotalBytes: 256 * GIBIBYTE,
    memoryReservedBytes: 8 * GIBIBYTE,
    cluster,
    volumes: [volume("C:", 480, 96), ...volumes],
    switches: ["Datacenter", "Perimeter"],
    vms: new Map(),
    hostResources: resourcesDocument(resources),
    poweredOn: true,
    bootedAt: now - (20 + number) * DAY_MS,
    clusterPaused: false,
    lastDynamicMac: 0x00155d000000 + number * 0x10000,
  };
}
