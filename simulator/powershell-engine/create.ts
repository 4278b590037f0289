import { createFleetHosts } from "../fleet-hosts";
import type { CreateSimulatedHosts } from "../simulated-hosts";
import { createPowerShellEngine } from "./engine";
import { EnginePool } from "./pool";
import { startEngineProcess } from "./program";

/** The hosts of `--engine powershell`. */
export const createPowerShellHosts: CreateSimulatedHosts = async (options) => {
  const pool = await EnginePool.start(startEngineProcess);
  const hosts = createFleetHosts(options, (fleet, calls) =>
    createPowerShellEngine(fleet, calls, pool, options),
  );
  return {
    ...hosts,
    close: async () => {
      await hosts.close();
      await pool.close();
    },
  };
};
