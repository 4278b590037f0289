import { join } from "node:path";
import { Clock } from "./clock";
import { FaultRegistry } from "./faults";
import { KvpExchange, KvpMemory } from "./kvp";
import { KvpPoolFiles } from "./kvp-pools";
import type { Host, VirtualMachine } from "./model";
import { Power } from "./power";
import { seedDemo } from "./seed-demo";
import { type FleetSize, seedFleet } from "./seed-fleet/seed-fleet";
import { seedHosts } from "./seed-hosts";

export interface FleetOptions {
  /** Folder for what the simulation keeps in files: the KVP pools. */
  dataDirectory: string;
  /** `empty`: the demo's hosts without their VMs; a size: that many other ones. */
  seed: "demo" | "empty" | FleetSize;
  /** Multiplies every simulated duration; 0: nothing waits. */
  timeFactor: number;
  /** Keep KVP in Linux pool files under `<dataDirectory>/kvp/<vm_id>/`. */
  kvpPools?: boolean;
}

/** The one state of all simulated hosts, with the clock, faults and services that work on it. */
export interface Fleet {
  readonly hosts: ReadonlyMap<string, Host>;
  readonly clock: Clock;
  readonly faults: FaultRegistry;
  readonly kvp: KvpExchange;
  readonly power: Power;
}

export function createSimulatedFleet(options: FleetOptions): Fleet {
  const clock = new Clock(options.timeFactor);
  const hosts = new Map<string, Host>();
  const faults = new FaultRegistry();
  const sides =
    options.kvpPools === true ? new KvpPoolFiles(join(options.dataDirectory, "kvp")) : new KvpMemory();
  const refuses = (vm: VirtualMachine): boolean => {
    const host = hostOf(hosts, vm.id);
    return host !== null && faults.take("kvp_refused", host.name, (fault) => isFor(fault, vm)) !== null;
  };
  const fleet: Fleet = {
    hosts,
    clock,
    faults,
    kvp: new KvpExchange(sides, refuses),
    power: new Power(() => clock.now()),
  };
  for (const host of seedOf(options.seed, clock.now())) hosts.set(host.name, host);
  return fleet;
}

function seedOf(seed: FleetOptions["seed"], now: number): Host[] {
  if (seed === "demo") return seedDemo(now);
  return seed === "empty" ? seedHosts(now) : seedFleet(seed, now);
}

/** The hosts whose VM names must differ from this host's: itself and the other nodes of its cluster. */
export function clusterNodes(fleet: Fleet, host: Host): Host[] {
  if (host.cluster === null) return [host];
  return [...fleet.hosts.values()].filter((other) => other.cluster === host.cluster);
}

/** Whether a fault that may name one VM concerns this one. */
export function isFor(fault: { vm_name?: string | undefined }, vm: VirtualMachine): boolean {
  return fault.vm_name === undefined || fault.vm_name.toLowerCase() === vm.name.toLowerCase();
}

function hostOf(hosts: ReadonlyMap<string, Host>, vmId: string): Host | null {
  for (const host of hosts.values()) if (host.vms.has(vmId)) return host;
  return null;
}
