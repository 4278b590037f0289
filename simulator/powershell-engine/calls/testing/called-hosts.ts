import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach } from "vitest";
import { createSimulatedFleet, type Fleet } from "../../../host/fleet";
import type { Host, VirtualMachine } from "../../../host/model";
import { SimulatedDrives } from "../../drives/simulated-drives";
import { createStandInCalls } from "../stand-in-calls";

/** The demo's hosts, asked as the modules ask. */
export interface CalledHosts {
  readonly fleet: Fleet;
  readonly drives: SimulatedDrives;
  /** Does an operation on hv01, or on another host. */
  call(operation: string, args?: Record<string, unknown>, host?: string): Promise<unknown>;
  host(name?: string): Host;
  /** The VM of this name, on whatever host. */
  vm(name: string): VirtualMachine;
}

/** Hosts made anew for each test of a file. */
export function calledHosts(): CalledHosts {
  let directory: string;
  let fleet: Fleet;
  let drives: SimulatedDrives;
  let call: CalledHosts["call"];
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "stand-in-calls-"));
    fleet = createSimulatedFleet({ dataDirectory: directory, seed: "demo", timeFactor: 0 });
    drives = new SimulatedDrives(fleet, join(directory, "drives"));
    const answer = createStandInCalls(fleet, drives);
    call = (operation, args = {}, host = "hv01") => answer(host, operation, args);
  });
  afterEach(() => rmSync(directory, { recursive: true, force: true }));
  return {
    get fleet() {
      return fleet;
    },
    get drives() {
      return drives;
    },
    call: (operation, args, host) => call(operation, args, host),
    host: (name = "hv01") => {
      const found = fleet.hosts.get(name);
      if (found === undefined) throw new Error(`There is no host ${name}.`);
      return found;
    },
    vm: (name) => {
      for (const host of fleet.hosts.values()) {
        for (const vm of host.vms.values()) if (vm.name === name) return vm;
      }
      throw new Error(`There is no VM ${name}.`);
    },
  };
}
