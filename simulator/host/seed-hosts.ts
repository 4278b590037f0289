import { randomUUID } from "node:crypto";
import type { GuestSystem, Host, Volume } from "./model";
import { joinPath, pathKey } from "./windows-path";

export const GIBIBYTE = 2 ** 30;

interface SeedImage {
  name: string;
  file: string;
  description: string;
  virtualGb: number;
  fileGb: number;
  system: GuestSystem;
}

const WINDOWS: GuestSystem = {
  osFamily: "windows",
  provisioningVersion: "1.0.0",
  keyFormat: "capi",
  mode: "answers",
  applied: null,
};
const LINUX: GuestSystem = { ...WINDOWS, osFamily: "linux", keyFormat: "pkcs1" };

const IMAGES: SeedImage[] = [
  {
    name: "Windows Server 2025",
    file: "windows-server-2025.vhdx",
    description: "Windows Server 2025 Standard, Desktop Experience",
    virtualGb: 40,
    fileGb: 14,
    system: WINDOWS,
  },
  {
    name: "Ubuntu 24.04",
    file: "ubuntu-24.04.vhdx",
    description: "Ubuntu Server 24.04 LTS",
    virtualGb: 20,
    fileGb: 3,
    system: LINUX,
  },
  {
    name: "Debian 12",
    file: "debian-12.vhdx",
    description: "Debian 12, generic cloud kernel",
    virtualGb: 10,
    fileGb: 2,
    system: LINUX,
  },
];

const NETWORKS = [
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
export function seedHosts(): Host[] {
  const first = sharedVolume("Volume1", 2048, 310);
  const second = sharedVolume("Volume2", 4096, 1290);
  const shared = {
    storageClasses: [
      { name: "gold", path: joinPath(first.mount, "Hyper-V") },
      { name: "silver", path: joinPath(second.mount, "Hyper-V") },
    ],
    virtualMachinesPath: joinPath(first.mount, "Hyper-V"),
    images: { volume: first, folder: joinPath(first.mount, "DiskImages") },
  };
  const local = volume("D:", 1024, 45);
  return [
    host(1, "cluster01", [first, second], shared),
    host(2, "cluster01", [first, second], shared),
    host(3, null, [local], {
      storageClasses: [{ name: "local", path: "D:\\Hyper-V" }],
      virtualMachinesPath: "D:\\Hyper-V",
      images: { volume: local, folder: "D:\\DiskImages" },
    }),
  ];
}

interface SeedResources {
  storageClasses: { name: string; path: string }[];
  virtualMachinesPath: string;
  images: { volume: Volume; folder: string };
}

function host(number: number, cluster: string | null, volumes: Volume[], resources: SeedResources): Host {
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
    lastDynamicMac: 0x00155d000000 + number * 0x10000,
  };
}

/** hostresources.json of a host, which also puts the image files where it says that they are. */
function resourcesDocument(resources: SeedResources): string {
  const images = IMAGES.map((image) => {
    const path = joinPath(resources.images.folder, image.file);
    resources.images.volume.files.set(pathKey(path), {
      path,
      virtualBytes: image.virtualGb * GIBIBYTE,
      fileBytes: image.fileGb * GIBIBYTE,
      type: "dynamic",
      parentPath: null,
      diskIdentifier: randomUUID(),
      system: structuredClone(image.system),
    });
    return {
      name: image.name,
      path,
      os_family: image.system.osFamily,
      description: image.description,
      provisioning_version: image.system.provisioningVersion,
    };
  });
  const document = {
    version: "1.0.0",
    schema_name: "hostresources",
    virtual_machines_path: resources.virtualMachinesPath,
    storage_classes: resources.storageClasses,
    networks: NETWORKS,
    images,
  };
  return JSON.stringify(document, null, 2);
}

function volume(mount: string, capacityGb: number, otherGb: number): Volume {
  return {
    mount,
    capacityBytes: capacityGb * GIBIBYTE,
    otherBytes: otherGb * GIBIBYTE,
    shared: false,
    files: new Map(),
    media: new Map(),
  };
}

function sharedVolume(name: string, capacityGb: number, otherGb: number): Volume {
  return { ...volume(joinPath("C:\\ClusterStorage", name), capacityGb, otherGb), shared: true };
}
