import { readOptions, type SimulatorOptions, USAGE, UsageError } from "./options";
import type { CreateSimulatedHosts } from "./simulated-hosts";
import { startSimulation } from "./simulation";

const PARENT_CHECK_MS = 500;

/** The factory of the chosen engine. Loaded on demand, so that one engine never needs what another does. */
async function loadEngine(engine: SimulatorOptions["engine"]): Promise<CreateSimulatedHosts> {
  switch (engine) {
    case "node":
      return (await import("./node-engine/create")).createNodeHosts;
    case "powershell":
      return (await import("./powershell-engine/create")).createPowerShellHosts;
  }
}

/** Resolves when this process is asked to end. */
function untilAsked(exitWithParent: boolean): Promise<void> {
  return new Promise((resolve) => {
    process.once("SIGINT", () => resolve());
    process.once("SIGTERM", () => resolve());
    if (!exitWithParent) return;
    const parent = process.ppid;
    setInterval(() => {
      if (process.ppid !== parent) resolve();
    }, PARENT_CHECK_MS);
  });
}

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  if (options === null) {
    process.stdout.write(USAGE);
    return;
  }
  const asked = untilAsked(options.exitWithParent);
  const simulation = await startSimulation(options, await loadEngine(options.engine));
  console.log(JSON.stringify(simulation.announcement));
  await asked;
  await simulation.close();
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    if (error instanceof UsageError) console.error(`simulator: ${error.message}\n\n${USAGE}`);
    else console.error("simulator:", error);
    process.exit(error instanceof UsageError ? 2 : 1);
  },
);
