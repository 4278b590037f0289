/**
 * Latency of one agent call at the engines' seam, without the network: from the first byte of the bootstrap
 * to the exit code, on hosts where nothing takes simulated time. Both engines are measured in one run, and
 * what counts is the ratio: the machine is the same for both.
 */
import { cpus } from "node:os";
import { setTimeout } from "node:timers/promises";
import type { AgentCall } from "@/lib/agents/agent-call";
import { requestJson } from "@/lib/agents/request";
import type { Engine } from "@/simulator/engine";
import { callAgent, scriptsOf } from "@/tests/agents/support/agent-process";
import { AGENTS, type EngineUnderTest, nodeEngine, powerShellEngine } from "@/tests/agents/support/engines";
import { WarmAgentProcess } from "@/tests/agents/support/warm-agent-process";
import { World } from "@/tests/agents/support/world";
import { median, milliseconds, percentile, row } from "./figures";

const COLD_RUNS = 5;
const WARM_RUNS = 40;
const AT_ONCE = 20;
/** Of a process per call and one that stays. */
const COMPARED_RUNS = 15;
/** Between two calls of one process. */
const APART_MS = 300;

const CALLS = {
  "vm/read": (world: World) => ({ vm_id: world.vm("sql01").id }),
  "vm/create": (_: World, run: number) => ({
    vm_name: `bench-${run}`,
    gb_ram: 1,
    cpu_cores: 1,
    os_family: "linux",
  }),
  "disk/read": (world: World) => ({ vm_id: world.vm("sql01").id }),
  "inventory/read": () => ({}),
};
type CallName = keyof typeof CALLS;

const STARTS = { node: async () => nodeEngine(), powershell: powerShellEngine };
type Engines = keyof typeof STARTS;

function requestOf(world: World, name: CallName, run: number): AgentCall {
  const [agent, operation] = name.split("/") as [AgentCall["agent"], string];
  const schema = { name: agent, version: "1.0.0" };
  return { agent, operation, schema, job_id: "bench", context: null, spec: CALLS[name](world, run) };
}

async function call(engine: Engine, world: World, name: CallName, run: number): Promise<number> {
  const request = requestOf(world, name, run);
  const started = performance.now();
  const { exitCode, stdout } = await callAgent(engine, "hv01", request, AGENTS);
  const elapsed = performance.now() - started;
  if (exitCode !== 0) throw new Error(`${name} ended with ${exitCode}: ${stdout}`);
  return elapsed;
}

/** From nothing to the end of the first call: start of the engine included. */
async function cold(start: () => Promise<EngineUnderTest>): Promise<number[]> {
  const times: number[] = [];
  for (let run = 0; run < COLD_RUNS; run += 1) {
    const world = new World();
    const started = performance.now();
    const engine = await start();
    await call(engine.over(world, AGENTS), world, "vm/read", run);
    times.push(performance.now() - started);
    await engine.close();
    world.close();
  }
  return times;
}

/** One call after the other, on an engine and a host that have had calls before. */
async function warm(tested: EngineUnderTest, name: CallName, runs = WARM_RUNS): Promise<number[]> {
  const world = new World();
  const engine = tested.over(world, AGENTS);
  await call(engine, world, name, -1);
  const times: number[] = [];
  for (let run = 0; run < runs; run += 1) times.push(await call(engine, world, name, run));
  world.close();
  return times;
}

/** One call after the other to a process that stays. Bytes are those of its input, for a call that is not the first. */
async function inOneProcess(
  tested: EngineUnderTest,
  name: CallName,
): Promise<{ times: number[]; bytes: number }> {
  const world = new World();
  const process = new WarmAgentProcess(tested.over(world, AGENTS), AGENTS, { calls: COMPARED_RUNS + 1 });
  const times: number[] = [];
  let before = 0;
  for (let run = -1; run < COMPARED_RUNS; run += 1) {
    const request = requestOf(world, name, run);
    before = process.sentBytes;
    const started = performance.now();
    const { lines } = await process.call(request.agent, (nonce) => requestJson(request, nonce));
    if (run >= 0) times.push(performance.now() - started);
    if (!lines.at(-1)?.includes('"ok":true')) throw new Error(`${name} failed: ${lines}`);
    // The next call comes when the process is ready for it, as it does on a host that is not called all the time.
    await setTimeout(APART_MS);
  }
  const bytes = process.sentBytes - before;
  process.kill();
  world.close();
  return { times, bytes };
}

/** So many calls at the same time, after the first such crowd: until the last of them ends. */
async function atOnce(tested: EngineUnderTest): Promise<number> {
  const world = new World();
  const engine = tested.over(world, AGENTS);
  const crowd = () =>
    Promise.all(Array.from({ length: AT_ONCE }, (_, run) => call(engine, world, "vm/read", run)));
  await crowd();
  const started = performance.now();
  await crowd();
  const elapsed = performance.now() - started;
  world.close();
  return elapsed;
}

/** Bytes of standard input of a call that has a process of its own. */
function ownBytes(name: CallName): number {
  const world = new World();
  const request = requestOf(world, name, 0);
  const { length } = scriptsOf(AGENTS).stdin(request.agent, requestJson(request, "0".repeat(32)));
  world.close();
  return length;
}

async function compareProcesses(engines: Record<Engines, EngineUnderTest>): Promise<void> {
  console.log(`\n${row("", "process per call", "one that stays", "ratio")}`);
  for (const engine of Object.values(engines)) {
    for (const name of Object.keys(CALLS) as CallName[]) {
      const own = await warm(engine, name, COMPARED_RUNS);
      const { times, bytes } = await inOneProcess(engine, name);
      const ratio = median(own) / median(times);
      console.log(
        row(
          `${engine.name}: ${name}`,
          milliseconds(median(own)),
          milliseconds(median(times)),
          `÷ ${ratio.toFixed(1)}`,
        ),
      );
      if (engine.name !== "node") continue;
      const sent = ownBytes(name);
      console.log(row("  bytes sent to it", String(sent), String(bytes), `÷ ${(sent / bytes).toFixed(0)}`));
    }
  }
}

function compare(label: string, figures: Record<Engines, number[]>): void {
  const [node, powershell] = [figures.node, figures.powershell];
  console.log(
    row(
      label,
      `${milliseconds(median(node))} (${milliseconds(percentile(node, 95))})`,
      `${milliseconds(median(powershell))} (${milliseconds(percentile(powershell, 95))})`,
      `× ${(median(powershell) / median(node)).toFixed(1)}`,
    ),
  );
}

async function main(): Promise<void> {
  const first = { node: await cold(STARTS.node), powershell: await cold(STARTS.powershell) };
  const engines = { node: nodeEngine(), powershell: await powerShellEngine() };
  console.log(`${cpus().length} processors, ${engines.node.version}, ${engines.powershell.version}`);
  console.log("Milliseconds for one call: the median of the runs, and their 95th percentile in brackets.\n");
  console.log(row("", "node engine", "PowerShell engine", "ratio"));
  compare(`cold: engine and vm/read (${COLD_RUNS} runs)`, first);
  for (const name of Object.keys(CALLS) as CallName[]) {
    const [node, powershell] = [await warm(engines.node, name), await warm(engines.powershell, name)];
    compare(`warm: ${name} (${WARM_RUNS} runs)`, { node, powershell });
  }
  const crowds = { node: await atOnce(engines.node), powershell: await atOnce(engines.powershell) };
  compare(`warm: ${AT_ONCE} × vm/read at once, all of them`, {
    node: [crowds.node],
    powershell: [crowds.powershell],
  });
  await compareProcesses(engines);
  await Promise.all(Object.values(engines).map((engine) => engine.close()));
}

await main();
