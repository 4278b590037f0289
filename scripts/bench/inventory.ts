/**
 * What the inventory of a large fleet costs the server: processor time, memory, and how long the event loop is
 * kept from other work. The whole server is put together in this process and reads hosts of the simulator, a
 * process of its own, over WinRM and TLS. Beside it stand the same answers, only parsed: JSON and their schema.
 * Both are measured in one run, and what counts is the ratio. Run with `--expose-gc`.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { setImmediate as turn, setTimeout as wait } from "node:timers/promises";
import { AgentScripts } from "@/lib/agents/agent-scripts";
import { WinrmAgentInvoker } from "@/lib/agents/invoker";
import type { HostConfig } from "@/lib/domain/host-config";
import type { HostInventory } from "@/lib/domain/inventory";
import { OPERATIONS } from "@/lib/hyperv/operations";
import { type Server, startServer } from "@/lib/server";
import { ProcessSet } from "../support/processes.mjs";
import { startSimulator } from "../support/simulated-stack.mjs";
import { median } from "./figures";

const HOSTS = 100;
const VMS = 5_000;
/** Each host is read once in this time, as configured for the bench. */
const PERIOD_SECONDS = 20;
/** Passes over the whole fleet, one host after the other, for what one of them leaves in memory. */
const MORE_PASSES = 3;
const PARSE_RUNS = 5;
/** The shortest delay that the monitor sees: its own timer. */
const RESOLUTION_MS = 1;

interface Cost {
  /** Of this process, milliseconds. */
  cpu: number;
  /** How long the event loop was kept busy at a stretch, milliseconds. */
  delay: { p50: number; p99: number; max: number };
}

/** Does something, and says what it cost this process. */
async function costOf(work: () => Promise<void>): Promise<Cost> {
  const loop = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  const before = process.cpuUsage();
  loop.enable();
  await work();
  // The last delay is seen by the timer that comes after it.
  await wait(2 * RESOLUTION_MS);
  loop.disable();
  const { user, system } = process.cpuUsage(before);
  const ms = (nanoseconds: number) => Math.max(0, nanoseconds / 1e6 - RESOLUTION_MS);
  return {
    cpu: (user + system) / 1000,
    delay: { p50: ms(loop.percentile(50)), p99: ms(loop.percentile(99)), max: ms(loop.max) },
  };
}

/** Bytes in use once all garbage is gone. */
async function memory(): Promise<{ heap: number; resident: number }> {
  if (global.gc === undefined) throw new Error("Run this with node --expose-gc.");
  for (let run = 0; run < 3; run += 1) {
    global.gc();
    await turn();
  }
  const { heapUsed, external, rss } = process.memoryUsage();
  return { heap: heapUsed + external, resident: rss };
}

/** What the agents say of each host, as the text in which it came. */
async function capture(hosts: readonly HostConfig[], agents: string): Promise<string[]> {
  const invoker = new WinrmAgentInvoker(AgentScripts.load(agents));
  const texts: string[] = [];
  for (const host of hosts) {
    const call = {
      agent: OPERATIONS.readInventory.agent,
      operation: OPERATIONS.readInventory.operation,
      schema: { name: "bench", version: "1.0.0" },
      job_id: "bench",
      context: null,
      spec: {},
    };
    const signal = AbortSignal.timeout(60_000);
    texts.push(JSON.stringify(await invoker.invoke(host, call, { log: () => {}, signal })));
  }
  return texts;
}

function parse(text: string): HostInventory {
  return OPERATIONS.readInventory.outputs.parse(JSON.parse(text));
}

/** Parses all answers, with a turn of the event loop after each, as they would come. */
async function parseAll(texts: readonly string[]): Promise<HostInventory[]> {
  const parsed: HostInventory[] = [];
  for (const text of texts) {
    parsed.push(parse(text));
    await turn();
  }
  return parsed;
}

async function firstPass(): Promise<Server> {
  const server = startServer();
  while (!server.inventory.firstPassDone()) await wait(50);
  const silent = server.inventory.hosts().filter(({ state }) => state !== "online");
  if (silent.length > 0) {
    throw new Error(`${silent.length} hosts were not read: ${silent[0]?.error?.message}`);
  }
  return server;
}

const number = (figure: number) => figure.toLocaleString("en-US", { maximumFractionDigits: 1 });
const megabytes = (bytes: number) => `${number(bytes / 2 ** 20)} MB`;
/** Without a figure to compare with, the ratio would say nothing. */
const times = (one: number, other: number) => (other < 0.05 ? "" : `× ${(one / other).toFixed(1)}`);

function print(label: string, ...cells: string[]): void {
  const widths = [48, 14, 15, 0];
  console.log(
    [label, ...cells]
      .map((cell, index) => cell.padEnd(widths[index] ?? 0))
      .join(" ")
      .trimEnd(),
  );
}

async function bench(configFile: string): Promise<void> {
  process.env.AETHERV_CONFIG = configFile;
  process.env.AETHERV_LOG_LEVEL = "error";
  process.env.AETHERV_INVENTORY_PERIOD_SECONDS = String(PERIOD_SECONDS);

  const idle = await costOf(() => wait(1_000));
  const empty = await memory();
  const server = await firstPass();
  const { hosts } = server.config;
  const filled = await memory();
  const period = await costOf(() => wait(PERIOD_SECONDS * 1_000));
  const atOnce = await costOf(() => server.inventory.refresh());
  const before = await memory();
  for (let pass = 0; pass < MORE_PASSES; pass += 1) {
    for (const { name } of hosts) await server.inventory.refresh(name);
  }
  const after = await memory();
  const vms = server.inventory.vms().length;
  const reads = server.inventory.hosts().flatMap(({ refresh }) => refresh ?? []);
  await server.shutDown(0);

  const texts = await capture(hosts, server.config.paths.agents);
  const bytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  await parseAll(texts);
  const parses: Cost[] = [];
  for (let run = 0; run < PARSE_RUNS; run += 1) {
    parses.push(await costOf(async () => void (await parseAll(texts))));
  }
  const unheld = await memory();
  const held = await parseAll(texts);
  const parsedHeap = (await memory()).heap - unheld.heap;

  const middle = (figure: (cost: Cost) => number) => median(parses.map(figure));
  const parseCpu = middle(({ cpu }) => cpu);
  console.log(
    `\nInventory of ${hosts.length} hosts with ${vms} VMs: answers of ${megabytes(bytes)} together.`,
  );
  print("", "the server", "parsing alone", "ratio");
  print(
    "processor time, all hosts read",
    `${number(atOnce.cpu)} ms`,
    `${number(parseCpu)} ms`,
    times(atOnce.cpu, parseCpu),
  );
  print(
    "heap that it holds",
    megabytes(filled.heap - empty.heap),
    megabytes(parsedHeap),
    times(filled.heap - empty.heap, parsedHeap),
  );
  const delays = [
    ["event loop kept busy, p99, over one period", ({ p99 }) => p99, period],
    ["event loop kept busy, longest, over one period", ({ max }) => max, period],
    ["event loop kept busy, longest, all at once", ({ max }) => max, atOnce],
  ] satisfies [string, (delay: Cost["delay"]) => number, Cost][];
  for (const [label, figure, { delay }] of delays) {
    const alone = middle((cost) => figure(cost.delay));
    print(label, `${number(figure(delay))} ms`, `${number(alone)} ms`, times(figure(delay), alone));
  }
  console.log(
    [
      `One read: ${number(median(reads.map(({ round_trips }) => round_trips)))} round trips, ${number(median(reads.map(({ received_bytes }) => received_bytes)) / 1024)} KB received.`,
      `Idle, the longest is ${number(idle.delay.max)} ms.`,
      `Reading each host once in ${PERIOD_SECONDS} s takes ${number(period.cpu / PERIOD_SECONDS / 10)} % of one processor.`,
      `Resident: ${megabytes(empty.resident)} empty, ${megabytes(after.resident)} after ${MORE_PASSES + 2} passes and more;`,
      `${MORE_PASSES} passes change the heap by ${megabytes(after.heap - before.heap)}. (${held.length} answers held.)`,
    ].join("\n"),
  );
}

const folder = mkdtempSync(join(tmpdir(), "aetherv-bench-"));
const processes = new ProcessSet((name: string, code: number) => {
  console.error(`The ${name} ended with exit code ${code}.`);
  process.exit(1);
});
try {
  const fleet = ["--seed", "fleet", "--hosts", String(HOSTS), "--vms", String(VMS), "--time-factor", "0"];
  const { configFile } = await startSimulator(processes, folder, fleet);
  await bench(configFile);
} finally {
  await processes.stop();
  rmSync(folder, { recursive: true, force: true });
}
