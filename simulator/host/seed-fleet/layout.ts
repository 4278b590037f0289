import { GIBIBYTE } from "../bytes";
import type { Host, Volume } from "../model";
import { resourcesDocument, type SeedNetwork, sharedVolume, volume } from "../seed-parts";
import { joinPath } from "../windows-path";
import type { Random } from "./random";

/** A host before it has VMs, and where those keep their disks. */
export interface PlannedHost {
  host: Host;
  /** Short name of the place it stands at, and the second byte of its addresses. */
  site: Site;
  /** Folders of the storage classes, the fastest first. */
  folders: readonly [string, ...string[]];
}

interface Site {
  name: string;
  network: number;
}

/** Of a data centre, and of a branch office with a host of its own. */
const DATA_CENTRES: readonly [Site, ...Site[]] = sites(20, ["fra", "muc", "ham", "vie"]);
const BRANCHES: readonly [Site, ...Site[]] = sites(60, ["bern", "graz", "lyon", "oslo", "turin", "gdansk"]);

const SYSTEMS: readonly [string, ...string[]] = [
  "Microsoft Windows Server 2019 Datacenter 10.0.17763",
  "Microsoft Windows Server 2022 Datacenter 10.0.20348",
  "Microsoft Windows Server 2025 Datacenter 10.0.26100",
];
const DAY_MS = 86_400_000;
/** Volumes get their size when it is known what is on them. */
const NO_LIMIT_GB = 2 ** 20;

/** Clusters of four to eight nodes with shared volumes in data centres, and one host in seven of its own. */
export function planHosts(count: number, random: Random, now: number): PlannedHost[] {
  const planned: PlannedHost[] = [];
  const numbers = new Map<string, number>();
  const next = (key: string): string => {
    const number = (numbers.get(key) ?? 0) + 1;
    numbers.set(key, number);
    return `${key}${String(number).padStart(2, "0")}`;
  };
  const make = (site: Site, parts: HostParts) => {
    const name = next(`${site.name}-hv`);
    const host = newHost(name, planned.length + 1, parts, random, now);
    planned.push({ host, site, folders: parts.folders });
  };

  for (const [index, size] of clusterSizes(count, random).entries()) {
    const site = at(DATA_CENTRES, index);
    const parts = clusterParts(next(`${site.name}-clu`), site, size, random);
    for (let node = 0; node < size; node += 1) make(site, parts);
  }
  for (let index = 0; planned.length < count; index += 1) {
    const site = at(BRANCHES, index);
    make(site, branchParts(site, random));
  }
  return planned;
}

/** How many nodes each cluster has; what is left over of `count` stands alone. */
function clusterSizes(count: number, random: Random): number[] {
  const alone = count < 5 ? 0 : Math.max(1, Math.round(count / 7));
  const sizes: number[] = [];
  for (let left = count - alone; left >= 4; ) {
    const size = left < 8 ? left : Math.min(random.integer(4, 8), left - 4);
    sizes.push(size);
    left -= size;
  }
  return sizes;
}

interface HostParts {
  cluster: string | null;
  volumes: Volume[];
  folders: readonly [string, ...string[]];
  hostResources: string;
  osVersion: string;
  logicalProcessors: number;
}

function clusterParts(cluster: string, site: Site, size: number, random: Random): HostParts {
  const first = sharedVolume("Volume1", NO_LIMIT_GB, random.integer(50, 400));
  const more = Array.from({ length: Math.ceil(size / 2) }, (_, index) =>
    sharedVolume(`Volume${index + 2}`, NO_LIMIT_GB, random.integer(50, 900)),
  );
  const names = ["gold", "silver", "bronze", "archive", "archive-2"];
  return withResources([first, ...more], names, site, {
    cluster,
    osVersion: random.pick(SYSTEMS),
    logicalProcessors: random.pick([48, 64, 96, 128]),
  });
}

function branchParts(site: Site, random: Random): HostParts {
  const first = volume("D:", NO_LIMIT_GB, random.integer(20, 80));
  const more = random.chance(0.4) ? [volume("E:", NO_LIMIT_GB, random.integer(5, 40))] : [];
  return withResources([first, ...more], ["local", "bulk"], site, {
    cluster: null,
    osVersion: random.pick(SYSTEMS),
    logicalProcessors: random.pick([16, 24, 32]),
  });
}

function withResources(
  volumes: [Volume, ...Volume[]],
  names: string[],
  site: Site,
  rest: Pick<HostParts, "cluster" | "osVersion" | "logicalProcessors">,
): HostParts {
  const folderOf = ({ mount }: Volume) => joinPath(mount, "Hyper-V");
  const [first, ...more] = volumes;
  const hostResources = resourcesDocument({
    storageClasses: volumes.map((each, index) => ({
      name: names[index] ?? `class-${index + 1}`,
      path: folderOf(each),
    })),
    networks: networksOf(site),
    virtualMachinesPath: folderOf(first),
    images: { volume: first, folder: joinPath(first.mount, "DiskImages") },
  });
  return { ...rest, volumes, folders: [folderOf(first), ...more.map(folderOf)], hostResources };
}

function newHost(name: string, number: number, parts: HostParts, random: Random, now: number): Host {
  return {
    name,
    computerName: name.toUpperCase(),
    osVersion: parts.osVersion,
    powershellVersion: `5.1.${parts.osVersion.split(".").at(-1)}.1`,
    logicalProcessors: parts.logicalProcessors,
    memoryTotalBytes: 0,
    memoryReservedBytes: 8 * GIBIBYTE,
    cluster: parts.cluster,
    volumes: [volume("C:", 480, random.integer(60, 300)), ...parts.volumes],
    // Somebody has forgotten a switch here and there.
    switches: ["Datacenter", "Perimeter", ...(random.chance(0.95) ? ["Storage"] : [])],
    vms: new Map(),
    hostResources: parts.hostResources,
    poweredOn: true,
    bootedAt: now - Math.round((0.5 + random.next() * 130) * DAY_MS),
    clusterPaused: false,
    lastDynamicMac: 0x00155d000000 + number * 0x10000,
  };
}

/** Virtual switch and VLAN of each of a site's networks. */
function networksOf({ network }: Site): SeedNetwork[] {
  const ranged = (name: string, vlan: number, virtual_switch: string, dhcp: boolean): SeedNetwork => ({
    name,
    model: "vlan",
    configuration: { virtual_switch, vlan_id: vlan },
    ip_settings: {
      gateway: `10.${network}.${vlan}.1`,
      dns: `10.${network}.0.53`,
      dns_secondary: `10.${network}.0.54`,
      subnet_mask: "255.255.255.0",
      network_address: `10.${network}.${vlan}.0`,
      dhcp_available: dhcp,
    },
  });
  return [
    ranged("Production", 10, "Datacenter", false),
    ranged("Servers", 20, "Datacenter", true),
    ranged("DMZ", 30, "Perimeter", false),
    { name: "Storage", model: "vlan", configuration: { virtual_switch: "Storage", vlan_id: 40 } },
  ];
}

function sites(network: number, names: readonly [string, ...string[]]): [Site, ...Site[]] {
  const [first, ...more] = names;
  const others = more.map((name, index) => ({ name, network: network + index + 1 }));
  return [{ name: first, network }, ...others];
}

function at<T>(list: readonly [T, ...T[]], index: number): T {
  return list[index % list.length] ?? list[0];
}
