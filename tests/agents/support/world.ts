import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { GuestRuntime } from "@/simulator/guest/guest-runtime";
import { createSimulatedFleet, type Fleet } from "@/simulator/host/fleet";
import type { Host, VirtualMachine } from "@/simulator/host/model";
import { snapshot } from "@/simulator/host/snapshot";
import type { State } from "./state";

/** Turns of the event loop in which guests end what a call set going; nothing takes simulated time. */
const TURNS = 60;

/**
 * The demo's hosts, fresh, with nobody calling them yet. Provisioning agents do not run in the guests: the
 * test is the guest.
 */
export class World {
  readonly fleet: Fleet;
  /** Where an engine may keep files. */
  readonly directory: string;
  readonly #guests: GuestRuntime;

  constructor() {
    this.directory = mkdtempSync(join(tmpdir(), "aetherv-agents-"));
    this.fleet = createSimulatedFleet({ dataDirectory: this.directory, timeFactor: 0, seed: "demo" });
    this.#guests = new GuestRuntime(this.fleet, true);
  }

  close(): void {
    this.#guests.close();
    rmSync(this.directory, { recursive: true, force: true });
  }

  host(name = "hv01"): Host {
    const host = this.fleet.hosts.get(name);
    if (host === undefined) throw new Error(`There is no host ${name}.`);
    return host;
  }

  vm(name: string): VirtualMachine {
    for (const host of this.fleet.hosts.values()) {
      for (const vm of host.vms.values()) if (vm.name === name) return vm;
    }
    throw new Error(`There is no VM ${name}.`);
  }

  /** Changes hostresources.json of a host; null takes the file away. */
  resources(change: Record<string, unknown> | string | null, host = "hv01"): void {
    const target = this.host(host);
    if (change === null || typeof change === "string") target.hostResources = change;
    else target.hostResources = JSON.stringify({ ...JSON.parse(target.hostResources ?? "{}"), ...change });
  }

  fault(fault: Record<string, unknown>): void {
    this.fleet.faults.add({ host: "hv01", ...fault });
  }

  /** The state once guests have ended what they were at. */
  async state(): Promise<State> {
    for (let turn = 0; turn < TURNS; turn += 1) await setImmediate();
    return structuredClone(snapshot(this.fleet)) as unknown as State;
  }
}
