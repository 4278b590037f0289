import { randomBytes } from "node:crypto";
import type { AgentCall } from "@/lib/agents/agent-call";
import { AgentScripts } from "@/lib/agents/agent-scripts";
import { requestJson } from "@/lib/agents/request";
import type { Engine } from "@/simulator/engine";

/** What a process left behind. */
export interface ProcessOutput {
  exitCode: number;
  stdout: Buffer;
  stderr: Buffer;
}

export interface CallOutput extends ProcessOutput {
  nonce: string;
}

/** Bytes of stdin as they arrive: in pieces that end anywhere. */
const PIECE = 4099;

const loaded = new Map<string, AgentScripts>();

/** The scripts of a folder as the server sends them. */
export function scriptsOf(directory: string): AgentScripts {
  const known = loaded.get(directory) ?? AgentScripts.load(directory);
  loaded.set(directory, known);
  return known;
}

/** Makes one call on a host with the very bytes that the server would send. */
export async function callAgent(
  engine: Engine,
  host: string,
  call: AgentCall,
  directory: string,
): Promise<CallOutput> {
  const nonce = randomBytes(16).toString("hex");
  const stdin = scriptsOf(directory).stdin(call.agent, requestJson(call, nonce));
  return { ...(await runBootstrap(engine, host, stdin, directory)), nonce };
}

/** Starts the bootstrap on a host with any standard input. */
export async function runBootstrap(
  engine: Engine,
  host: string,
  stdin: Uint8Array,
  directory: string,
): Promise<ProcessOutput> {
  const scripts = scriptsOf(directory);
  const output: { stdout: Uint8Array[]; stderr: Uint8Array[] } = { stdout: [], stderr: [] };
  const exitCode = await engine.run(
    host,
    {
      command: scripts.command,
      arguments: [...scripts.arguments],
      skipCmdShell: true,
      workingDirectory: null,
      environment: {},
    },
    {
      stdin: pieces(stdin),
      stdout: (chunk) => void output.stdout.push(Uint8Array.from(chunk)),
      stderr: (chunk) => void output.stderr.push(Uint8Array.from(chunk)),
      signal: new AbortController().signal,
    },
  );
  return { exitCode, stdout: Buffer.concat(output.stdout), stderr: Buffer.concat(output.stderr) };
}

async function* pieces(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += PIECE) yield bytes.subarray(start, start + PIECE);
}
