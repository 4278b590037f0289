import { randomBytes } from "node:crypto";
import type { HostConfig } from "@/lib/domain/host-config";
import type { LogLevel } from "@/lib/domain/job";
import type { JsonObject } from "@/lib/domain/json";
import { Redactor } from "@/lib/domain/redactor";
import type { WinrmClient, WinrmEndpoint } from "@/lib/winrm/client";
import { WinrmError } from "@/lib/winrm/errors";
import { openWithinQuota } from "@/lib/winrm/shell/quota";
import type { RunOptions } from "@/lib/winrm/shell/shell";
import type { AgentCall } from "./agent-call";
import { AgentOutput } from "./agent-output";
import type { AgentScripts } from "./agent-scripts";
import { AgentStderr } from "./agent-stderr";
import { CallLog } from "./call-log";
import { conclude } from "./conclusion";
import { clientFor } from "./host-client";
import { requestJson, secretTexts } from "./request";

export interface AgentIo {
  /** Called once per line of text, secrets of the call replaced. */
  log: (level: LogLevel, text: string) => void;
  /** Aborted: the process on the host is terminated and its shell deleted, within 5 s. */
  signal: AbortSignal;
  /** Which warm process of the host takes the call, where there are any; without it, a process of the call's own. */
  process?: WarmProcessName;
  /** Told once, when the call has ended, however it did. */
  spent?: (cost: WireCost) => void;
}

/** A call that waits for minutes is in none of them: nobody is to wait for it. */
export type WarmProcessName = "mutations" | "reads";

/** What a call cost on the wire. */
export interface WireCost {
  /** HTTP requests. */
  round_trips: number;
  /** Of the bodies of their answers. */
  received_bytes: number;
}

export interface AgentInvoker {
  /**
   * Runs one agent once and gives the outputs of its result.
   *
   * @throws AethervError with the agent's own code; or `agent_failed`; or `contact_lost` (it may have run:
   *   its outcome is unknown); or `canceled`, a `host_…` or `winrm_fault` code (it certainly did not run).
   */
  invoke(host: HostConfig, call: AgentCall, io: AgentIo): Promise<JsonObject>;
}

/** One WinRM shell and one process per call. */
export class WinrmAgentInvoker implements AgentInvoker {
  readonly #scripts: AgentScripts;
  readonly #timeouts: WinrmEndpoint["timeouts"];

  constructor(scripts: AgentScripts, timeouts?: WinrmEndpoint["timeouts"]) {
    this.#scripts = scripts;
    this.#timeouts = timeouts;
  }

  async invoke(
    host: HostConfig,
    call: AgentCall,
    { log: write, signal, spent }: AgentIo,
  ): Promise<JsonObject> {
    const what = `${call.agent}/${call.operation} on ${host.name}`;
    const nonce = randomBytes(16).toString("hex");
    const log = new CallLog(write, new Redactor(secretTexts(call)));
    const output = new AgentOutput(nonce, log);
    const stderr = new AgentStderr(log);
    const { ending, cost } = await this.#run(host, log, {
      command: this.#scripts.command,
      arguments: this.#scripts.arguments,
      stdin: this.#scripts.stdin(call.agent, requestJson(call, nonce)),
      onStdout: (chunk) => output.write(chunk),
      onStderr: (chunk) => stderr.write(chunk),
      signal,
    });
    spent?.(cost);
    output.end();
    stderr.end();
    return conclude(host, what, ending, output.result, log);
  }

  /** `ending`: how the process ended, by its exit code, or why that is not known. */
  async #run(
    host: HostConfig,
    log: CallLog,
    options: RunOptions,
  ): Promise<{ ending: number | WinrmError; cost: WireCost }> {
    const client = clientFor(host, this.#timeouts);
    try {
      const ending = await endingOf(host, client, log, options);
      const { requests, receivedBytes } = client.traffic;
      return { ending, cost: { round_trips: requests, received_bytes: receivedBytes } };
    } finally {
      client.close();
    }
  }
}

async function endingOf(
  host: HostConfig,
  client: WinrmClient,
  log: CallLog,
  options: RunOptions,
): Promise<number | WinrmError> {
  try {
    const shell = await openWithinQuota(client, { signal: options.signal });
    try {
      return (await shell.run(options)).exitCode;
    } finally {
      await shell.close().catch((error: Error) => {
        log.add("verbose", `${host.name} did not confirm that the shell was deleted: ${error.message}`);
      });
    }
  } catch (error) {
    if (error instanceof WinrmError) return error;
    throw error;
  }
}
