import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { KnownDisk } from "@/lib/domain/inventory";
import { CallRecords } from "@/simulator/agent-calls/call-record";
import { createSimulatedFleet, type Fleet } from "@/simulator/host/fleet";
import { createPowerShellEngine, type ScriptProcesses } from "@/simulator/powershell-engine/engine";
import { EnginePool } from "@/simulator/powershell-engine/pool";
import { startEngineProcess } from "@/simulator/powershell-engine/program";
import { callAgent } from "./support/agent-process";
import { AGENTS } from "./support/engines";

/** Calls that are about one file each. */
const FILES = new Set(["vhd.get", "file.describe"]);
const IMAGES = 3;

let pool: EnginePool;
let directory: string;
beforeAll(async () => {
  pool = await EnginePool.start(startEngineProcess);
  directory = mkdtempSync(join(tmpdir(), "aetherv-queries-"));
});
afterAll(async () => {
  await pool.close();
  rmSync(directory, { recursive: true });
});

/** One read of a cluster's first node, and every question that it put to Windows, Hyper-V and the cluster. */
async function read(fleet: Fleet, known_disks: KnownDisk[] = []) {
  const asked: string[] = [];
  const counting: ScriptProcesses = {
    with: (use) =>
      pool.with((process) =>
        use({
          run: (run, io) =>
            process.run(run, {
              ...io,
              call: (operation, args) => {
                const { class_name = "", method = "" } = args as { class_name?: string; method?: string };
                asked.push([operation, class_name, method].join(" ").trim());
                return io.call(operation, args);
              },
            }),
          kill: () => process.kill(),
        }),
      ),
  };
  const engine = createPowerShellEngine(fleet, new CallRecords(), counting, { dataDirectory: directory });
  const [host] = fleet.hosts.values();
  if (host === undefined) throw new Error("The fleet has no host.");
  const call = {
    agent: "inventory",
    operation: "read",
    schema: { name: "inventory", version: "1.0.0" },
    job_id: "job-1",
    context: null,
    spec: {},
    known_disks,
  } as const;
  const { stdout, exitCode } = await callAgent(engine, host.name, call, AGENTS);
  expect(exitCode).toBe(0);
  const last = JSON.parse(stdout.toString("latin1").trimEnd().split("\n").at(-1) ?? "");
  const disks: KnownDisk[] = last.result.outputs.vms.flatMap((vm: { disks: KnownDisk[] }) => vm.disks);
  return {
    vms: last.result.outputs.vms.length as number,
    disks: disks.filter(({ size_bytes }) => size_bytes !== null),
    queries: asked.filter((operation) => !FILES.has(operation)),
    opened: asked.filter((operation) => operation === "vhd.get").length,
    looked: asked.filter((operation) => operation === "file.describe").length,
  };
}

function fleetOf(vms: number): Fleet {
  const seed = { hosts: 4, vms, seedNumber: 5 };
  return createSimulatedFleet({ dataDirectory: directory, timeFactor: 0, seed });
}

test("a host with many VMs is asked as often as one with few; only unknown disks are opened, each once", async () => {
  const few = await read(fleetOf(4));
  const fleet = fleetOf(200);
  const many = await read(fleet);
  expect(few.vms).toBeLessThan(5);
  expect(many.vms).toBeGreaterThan(30);
  expect(many.queries).toEqual(few.queries);
  expect(many.opened).toBeGreaterThanOrEqual(many.disks.length + IMAGES);
  expect(many.looked).toBe(0);

  const again = await read(fleet, many.disks);
  expect(again.queries).toEqual(few.queries);
  expect(again.disks).toEqual(many.disks);
  // The images, and what could not be read the first time.
  expect(again.opened).toBe(many.opened - many.disks.length);
  expect(again.looked).toBe(many.disks.length);
});
