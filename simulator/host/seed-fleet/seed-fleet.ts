import { GIBIBYTE } from "../bytes";
import type { Host, Volume } from "../model";
import { holdsMemory } from "../virtual-machines";
import { FleetVms } from "./fleet-vm";
import { planHosts } from "./layout";
import { Random } from "./random";

export interface FleetSize {
  hosts: number;
  vms: number;
  /** The same number gives the same fleet, but for times, which are counted from now. */
  seedNumber: number;
}

const MEMORY_GB: readonly [number, ...number[]] = [
  64, 128, 192, 256, 384, 512, 768, 1024, 1536, 2048, 3072, 4096,
];
/** Volumes come in these steps. */
const VOLUME_STEP_GB = 512;

/** Many hosts, as a company has them that grew. */
export function seedFleet(size: FleetSize, now: number): Host[] {
  const random = new Random(size.seedNumber);
  const planned = planHosts(size.hosts, random, now);
  const vms = new FleetVms(random, now);
  const counts = shares(
    size.vms,
    // A host of its own carries a third of what a node does.
    planned.map(({ host }) => (0.7 + random.next() * 0.6) / (host.cluster === null ? 3 : 1)),
  );
  for (const [index, each] of planned.entries()) {
    for (let left = counts[index] ?? 0; left > 0; left -= 1) vms.add(each);
  }
  const hosts = planned.map(({ host }) => host);
  for (const host of hosts) equip(host, random);
  const volumes = new Set(hosts.flatMap((host) => host.volumes).filter(({ mount }) => mount !== "C:"));
  for (const volume of volumes) limit(volume, random);
  const node = hosts.filter(({ cluster }) => cluster !== null).at(-1);
  if (node !== undefined) node.clusterPaused = true;
  return hosts;
}

/** Whole numbers in proportion to the weights that add up to `total`. */
function shares(total: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((all, weight) => all + weight, 0);
  let before = 0;
  return weights.map((weight) => {
    const [from, to] = [before, before + weight];
    before = to;
    return Math.round((total * to) / sum) - Math.round((total * from) / sum);
  });
}

/** Gives a host the memory that its VMs need, and some more. */
function equip(host: Host, random: Random): void {
  const used = [...host.vms.values()]
    .filter(holdsMemory)
    .reduce((bytes, vm) => bytes + vm.memoryStartupBytes, host.memoryReservedBytes);
  const wanted = used / (0.5 + random.next() * 0.45);
  const sizes = MEMORY_GB.map((gigabytes) => gigabytes * GIBIBYTE);
  host.memoryTotalBytes = sizes.find((bytes) => bytes >= wanted) ?? Math.ceil(wanted / GIBIBYTE) * GIBIBYTE;
}

/** Gives a volume its size: some are nearly full. */
function limit(volume: Volume, random: Random): void {
  const used = [...volume.files.values()].reduce((bytes, file) => bytes + file.fileBytes, volume.otherBytes);
  const fill = random.chance(0.1) ? 0.97 : 0.4 + random.next() * 0.5;
  const step = VOLUME_STEP_GB * GIBIBYTE;
  volume.capacityBytes = Math.ceil(used / fill / step) * step;
}
