import { CallRecords } from "./agent-calls/call-record";
import type { Engine } from "./engine";
import { GuestRuntime } from "./guest/guest-runtime";
import { FAULT_KINDS } from "./host/faults";
import { createSimulatedFleet, type Fleet } from "./host/fleet";
import { Outside } from "./host/outside";
import { snapshot } from "./host/snapshot";
import type { SimulatedHosts, SimulatedHostsOptions } from "./simulated-hosts";

/**
 * The hosts of a simulation with their guests, whatever engine acts on them.
 *
 * @param createEngine records the agents' calls that it sees in `calls`
 */
export function createFleetHosts(
  options: SimulatedHostsOptions,
  createEngine: (fleet: Fleet, calls: CallRecords) => Engine,
): SimulatedHosts {
  const fleet = createSimulatedFleet(options);
  const guests = new GuestRuntime(fleet, options.externalGuests ?? false);
  const calls = new CallRecords();
  const outside = new Outside(fleet);
  return {
    names: [...fleet.hosts.keys()],
    engine: createEngine(fleet, calls),
    faultKinds: FAULT_KINDS,
    addFault: (fault) => void fleet.faults.add(fault),
    clearFaults: () => fleet.faults.clear(),
    state: () => ({ ...snapshot(fleet), requests: calls.list() }),
    outside,
    setPower: (name, on) => {
      const host = fleet.hosts.get(name);
      if (host !== undefined) fleet.power.setHostPower(host, on);
    },
    close: async () => {
      outside.close();
      guests.close();
    },
  };
}
