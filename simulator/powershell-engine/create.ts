import { GuestRuntime } from "../guest/guest-runtime";
import { FAULT_KINDS } from "../host/faults";
import { createSimulatedFleet } from "../host/fleet";
import { Outside } from "../host/outside";
import { snapshot } from "../host/snapshot";
import { CallRecords } from "../node-engine/call-record";
import type { CreateSimulatedHosts } from "../simulated-hosts";
import { createPowerShellEngine } from "./engine";
import { EnginePool } from "./pool";
import { startEngineProcess } from "./program";

/** The hosts of `--engine powershell`. */
export const createPowerShellHosts: CreateSimulatedHosts = async (options) => {
  const pool = await EnginePool.start(startEngineProcess);
  const fleet = createSimulatedFleet(options);
  const guests = new GuestRuntime(fleet, options.externalGuests ?? false);
  const calls = new CallRecords();
  const outside = new Outside(fleet);
  return {
    names: [...fleet.hosts.keys()],
    engine: createPowerShellEngine(fleet, calls, pool, options),
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
      await pool.close();
    },
  };
};
