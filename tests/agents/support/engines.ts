import { fileURLToPath } from "node:url";
import { CallRecords } from "@/simulator/agent-calls/call-record";
import type { Engine } from "@/simulator/engine";
import { createNodeEngine } from "@/simulator/node-engine/engine";
import { loadKnownScripts } from "@/simulator/node-engine/scripts";
import { createPowerShellEngine } from "@/simulator/powershell-engine/engine";
import { EnginePool } from "@/simulator/powershell-engine/pool";
import { startEngineProcess } from "@/simulator/powershell-engine/program";
import type { World } from "./world";

/** The agents as they are shipped. */
export const AGENTS = fileURLToPath(new URL("../../../agents", import.meta.url));

export type EngineName = "node" | "powershell";

/** An engine that many worlds are put in front of, one after the other. */
export interface EngineUnderTest {
  readonly name: EngineName;
  /** What runs the agents, for people. */
  readonly version: string;
  /** Runs processes on a world's hosts, with the agents of a folder. */
  over(world: World, agents: string): Engine;
  close(): Promise<void>;
}

export function nodeEngine(): EngineUnderTest {
  return {
    name: "node",
    version: `Node.js ${process.versions.node}`,
    over: ({ fleet }, agents) => createNodeEngine(fleet, loadKnownScripts(agents), new CallRecords()),
    close: async () => undefined,
  };
}

export async function powerShellEngine(): Promise<EngineUnderTest> {
  const pool = await EnginePool.start(startEngineProcess);
  return {
    name: "powershell",
    version: `${pool.version.engine} ${pool.version.version}`,
    over: ({ fleet, directory }) =>
      createPowerShellEngine(fleet, new CallRecords(), pool, { dataDirectory: directory }),
    close: () => pool.close(),
  };
}
