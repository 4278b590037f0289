import { randomBytes } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { CallRecords } from "../../agent-calls/call-record";
import type { AgentResult } from "../../agent-calls/event-writer";
import type { ProcessIo } from "../../engine";
import { GuestRuntime } from "../../guest/guest-runtime";
import { createSimulatedFleet, type Fleet } from "../../host/fleet";
import type { Host, VhdxFile, VirtualMachine } from "../../host/model";
import { createNodeEngine } from "../engine";
import { loadKnownScripts, withoutComments } from "../scripts";

export const AGENTS = fileURLToPath(new URL("../../../agents", import.meta.url));
export interface Call {
  agent: string;
  operation: string;
  spec: Record<string, unknown>;
  guest_config?: Record<string, string>;
  context?: Record<string, unknown> | null;
}

export interface Answer {
  exitCode: number;
  stdout: string;
  stderr: string;
  nonce: string;
  /** Lines that carry the call's nonce. */
  lines: Record<string, unknown>[];
  result: AgentResult | null;
}

export interface RunOptions {
  host?: string;
  signal?: AbortSignal;
  /** Called with everything on stdout so far, whenever there is more. */
  onStdout?: (text: string) => void;
}

export interface TestSimulation {
  fleet: Fleet;
  calls: CallRecords;
  /** Calls an agent on hv01, or on another host. */
  call(call: Call, options?: RunOptions): Promise<Answer>;
  /** Starts any process on hv01 with this standard input. */
  start(
    command: string,
    args: string[],
    stdin: string,
    options?: RunOptions,
  ): Promise<{ exitCode: number; stdout: string; stderr: string }>;
  host(name?: string): Host;
  vm(name: string): VirtualMachine;
  /** A file of hv01's volumes, by its path. */
  file(path: string): VhdxFile | undefined;
  close(): void;
}

/** The demo's hosts with the node engine in front of them, called as the WinRM endpoint does. */
export function simulate(
  options: { timeFactor?: number; kvpPools?: boolean; externalGuests?: boolean; dataDirectory?: string } = {},
): TestSimulation {
  const dataDirectory = options.dataDirectory ?? tmpdir();
  const { timeFactor = 0, kvpPools = false } = options;
  const fleet = createSimulatedFleet({ dataDirectory, timeFactor, kvpPools, seed: "demo" });
  const guests = new GuestRuntime(fleet, options.externalGuests ?? false);
  const calls = new CallRecords();
  const engine = createNodeEngine(fleet, loadKnownScripts(AGENTS), calls);

  const host = (name = "hv01") => {
    const found = fleet.hosts.get(name);
    if (found === undefined) throw new Error(`There is no host ${name}.`);
    return found;
  };
  const start: TestSimulation["start"] = async (command, args, stdin, options = {}) => {
    const output = { stdout: "", stderr: "" };
    const io: ProcessIo = {
      stdin: inPieces(Buffer.from(stdin, "latin1")),
      stdout: (chunk) => {
        output.stdout += Buffer.from(chunk).toString("latin1");
        options.onStdout?.(output.stdout);
      },
      stderr: (chunk) => {
        output.stderr += Buffer.from(chunk).toString("latin1");
      },
      signal: options.signal ?? new AbortController().signal,
    };
    const exitCode = await engine.run(
      options.host ?? "hv01",
      { command, arguments: args, skipCmdShell: true, workingDirectory: null, environment: {} },
      io,
    );
    return { exitCode, ...output };
  };
  return {
    fleet,
    calls,
    start,
    host,
    call: async (call, options) => {
      const nonce = randomBytes(16).toString("hex");
      const schema = { name: call.agent, version: "1.0.0" };
      const request = { schema, job_id: "job-1", nonce, context: null, ...call };
      const ran = await start(POWERSHELL, bootstrapArguments(), requestLines(request), options);
      const lines = ran.stdout.split("\n").flatMap((line) => parseOwn(line, nonce));
      const last = lines.at(-1) as { result?: AgentResult } | undefined;
      return { ...ran, nonce, lines, result: last?.result ?? null };
    },
    vm: (name) => {
      for (const each of fleet.hosts.values()) {
        for (const vm of each.vms.values()) if (vm.name === name) return vm;
      }
      throw new Error(`There is no VM ${name}.`);
    },
    file: (path) => {
      for (const volume of host().volumes) {
        for (const file of volume.files.values()) if (file.path === path) return file;
      }
      return undefined;
    },
    close: () => guests.close(),
  };
}

export const POWERSHELL = "powershell.exe";

/** The arguments of docs/agent-protocol.md, section 1, for a script. */
export function bootstrapArguments(script = withoutComments(readAgent("bootstrap.ps1"))): string[] {
  const encoded = Buffer.from(script, "utf16le").toString("base64");
  return ["-NoLogo", "-NoProfile", "-NonInteractive", "-InputFormat", "None", "-EncodedCommand", encoded];
}

/** Standard input for a call: three lines of base64. */
export function requestLines(
  request: { agent: string },
  scripts: { common?: string; entry?: string } = {},
): string {
  const parts = readdirSync(join(AGENTS, "common")).sort();
  const common = scripts.common ?? parts.map((name) => readAgent("common", name)).join("");
  const entry = scripts.entry ?? readAgent(`${request.agent}.ps1`);
  return [common, entry, JSON.stringify(request)]
    .map((text) => `${Buffer.from(text, "utf8").toString("base64")}\n`)
    .join("");
}

function readAgent(...path: string[]): string {
  return readFileSync(join(AGENTS, ...path), "utf8");
}

async function* inPieces(bytes: Buffer): AsyncGenerator<Uint8Array> {
  const size = 4099;
  for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size);
}

function parseOwn(line: string, nonce: string): Record<string, unknown>[] {
  try {
    const value = JSON.parse(line);
    return value?.nonce === nonce ? [value] : [];
  } catch {
    return [];
  }
}

/** Makes a VM by the agents and gives its id. */
export async function makeVm(
  simulation: TestSimulation,
  name: string,
  options: { os?: string; host?: string; image?: string; network?: string } = {},
): Promise<string> {
  const { os = "linux", host = "hv01" } = options;
  const spec = { vm_name: name, gb_ram: 2, cpu_cores: 2, os_family: os };
  const created = await simulation.call({ agent: "vm", operation: "create", spec }, { host });
  const vm_id = String(created.result?.outputs.vm_id);
  if (options.image !== undefined) {
    const disk = { vm_id, size_gb: 60, storage_type: "dynamic", image_name: options.image };
    await simulation.call({ agent: "disk", operation: "create", spec: disk }, { host });
  }
  if (options.network !== undefined) {
    const nic = { vm_id, network: options.network };
    await simulation.call({ agent: "nic", operation: "create", spec: nic }, { host });
  }
  return vm_id;
}
