import { createFleetHosts } from "../fleet-hosts";
import type { CreateSimulatedHosts } from "../simulated-hosts";
import { createNodeEngine } from "./engine";
import { loadKnownScripts } from "./scripts";

/** The hosts of `--engine node`. */
export const createNodeHosts: CreateSimulatedHosts = async (options) => {
  const scripts = loadKnownScripts(options.agentsDirectory);
  return createFleetHosts(options, (fleet, calls) => createNodeEngine(fleet, scripts, calls));
};
