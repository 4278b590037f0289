import { randomUUID } from "node:crypto";
import { GIBIBYTE } from "./bytes";
import type { GuestIdentity, GuestSystem, Volume } from "./model";
import { joinPath, pathKey } from "./windows-path";

interface SeedImage {
  name: string;
  file: string;
  description: string;
  virtualGb: number;
  fileGb: number;
  system: GuestSystem;
  /** What an operating system from it calls itself. */
  identity: GuestIdentity;
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
    identity: { osName: "Windows Server 2025 Standard", hostName: "WIN-7Q2M4T9KD1E" },
  },
  {
    name: "Ubuntu 24.04",
    file: "ubuntu-24.04.vhdx",
    description: "Ubuntu Server 24.04 LTS",
    virtualGb: 20,
    fileGb: 3,
    system: LINUX,
    identity: { osName: "Ubuntu", hostName: "ubuntu" },
  },
  {
    name: "Debian 12",
    file: "debian-12.vhdx",
    description: "Debian 12, generic cloud kernel",
    virtualGb: 10,
    fileGb: 2,
    system: LINUX,
    identity: { osName: "Debian GNU/Linux", hostName: "debian" },
  },
];

export interface SeedNetwork {
  name: string;
  model: string;
  configuration: { virtual_switch: string; vlan_id: number };
  ip_settings?: {
    gateway: string;
    dns: string;
    dns_secondary: string;
    subnet_mask: string;
    network_address: string;
    dhcp_available: boolean;
  };
}

export interface SeedResources {
  storageClasses: { name: string; path: string }[];
  virtualMachinesPath: string;
  networks: readonly SeedNetwork[];
  images: { volume: Volume; folder: string };
}

/** hostresources.json of a host, which also puts the image files where it says that they are. */
export function resourcesDocument(resources: SeedResources): string {
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
      identity: image.identity,
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
    networks: resources.networks,
    images,
  };
  return JSON.stringify(document, null, 2);
}

/** An empty volume of a host. */
export function volume(mount: string, capacityGb: number, otherGb: number): Volume {
  return {
    mount,
    capacityBytes: capacityGb * GIBIBYTE,
    otherBytes: otherGb * GIBIBYTE,
    shared: false,
    files: new Map(),
    media: new Map(),
  };
}

/** A cluster shared volume. */
export function sharedVolume(name: string, capacityGb: number, otherGb: number): Volume {
  return { ...volume(joinPath("C:\\ClusterStorage", name), capacityGb, otherGb), shared: true };
}
