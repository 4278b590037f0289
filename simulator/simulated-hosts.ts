import type { Engine } from "./engine";
import type { Outside } from "./host/outside";
import type { FleetSize } from "./host/seed-fleet/seed-fleet";

/** What stands behind the endpoints: the hosts of one simulation, their state, and the engine that acts on it. */
export interface SimulatedHosts {
  /** Short names in the order in which they are announced, for example `hv01`. */
  readonly names: readonly string[];
  readonly engine: Engine;
  /**
   * The whole state as plain JSON for `GET /state` of the control API: hosts, VMs, KVP items, the
   * configuration each guest applied, and the `spec` of every agent request. Never `guest_config`.
   */
  state(): unknown;
  /** Kinds of faults that {@link addFault} takes, beside those of the endpoint. */
  readonly faultKinds: readonly string[];
  /** Takes the body of `POST /faults` whole; throws a `ZodError` that names a wrong field. */
  addFault(fault: unknown): void;
  clearFaults(): void;
  /** What happens to hosts and VMs without AetherV. */
  readonly outside: Outside;
  /** The host lost its power, or got it back. Its processes were already aborted by the endpoint. */
  setPower(host: string, on: boolean): void;
  /** Stops guests and timers. */
  close(): Promise<void>;
}

/** Makes the hosts of a simulation. Each engine of `--engine` has one such factory. */
export type CreateSimulatedHosts = (options: SimulatedHostsOptions) => Promise<SimulatedHosts>;

export interface SimulatedHostsOptions {
  /** Folder for what the simulation keeps in files; exists, and is private to the user. */
  dataDirectory: string;
  /** Folder of the agents' scripts, whose hashes the node engine knows. */
  agentsDirectory: string;
  /** Multiplies every simulated duration: 1 is like a real host, 0 does not wait at all. */
  timeFactor: number;
  /** What the hosts hold at the start: nothing is kept from an earlier run. */
  seed: "demo" | "empty" | FleetSize;
  /** Keep each VM's KVP items as Linux pool files in a folder per VM below `dataDirectory`. */
  kvpPools: boolean;
  /** Leave the guests' side of KVP to programs outside the simulator. */
  externalGuests?: boolean;
}
