import { GuestRuntime } from "../guest/guest-runtime";
import { FAULT_KINDS } from "../host/faults";
import { createSimulatedFleet } from "../host/fleet";
import { Outside } from "../host/outside";
import { snapshot } from "../host/snapshot";
import type { CreateSimulatedHosts } from "../simulated-hosts";
import { CallRecords } from "./call-record";
import { createNodeEngine } from "./engine";
import { loadKnownScripts } from "./scripts";

/** The hosts of `--engine node`. */
export const createNodeHosts: CreateSimulatedHosts = async (options) => {
  const scripts = loadKnownScripts(options.agentsDirectory);
  const fleet = createSimulatedFleet(options);
  const guests = new GuestRuntime(fleet, options.externalGuests ?? false);
  const calls = new CallRecords();
  const outside = new Outside(fleet);
  return {
    names: [...fleet.hosts.keys()],
    engine: createNodeEngine(fleet, scripts, calls),
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
};
