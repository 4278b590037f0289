import { WinrmError, withSent } from "@/lib/winrm/errors";
import type { PooledProcess, ShellPool } from "@/lib/winrm/shell/shell-pool";
import type { CallOptions } from "@/lib/winrm/transport/channel";
import type { Agent } from "./agent-call";
import type { AgentOutput } from "./agent-output";
import type { AgentScripts } from "./agent-scripts";
import type { AgentStderr } from "./agent-stderr";
import type { Ending } from "./conclusion";

/** What makes a process be replaced by another one. */
export interface WarmLimits {
  /** Calls that it serves at most. */
  calls: number;
  /** Bytes of memory after a call. */
  workingSetBytes: number;
}

export interface WarmCall {
  agent: Agent;
  nonce: string;
  requestJson: string;
  output: AgentOutput;
  stderr: AgentStderr;
}

/**
 * A process on a host that serves one call after the other (docs/agent-protocol.md, section 1). Between two calls
 * nothing is under way. Whatever goes wrong in a call, the process is not used any more.
 */
export class WarmProcess {
  readonly #pool: ShellPool;
  readonly #scripts: AgentScripts;
  readonly #limits: WarmLimits;
  readonly #pooled: PooledProcess;
  readonly #known = new Set<Agent>();
  /** What it begins with goes along with the first call. */
  #first = true;
  #calls = 0;
  #usable = true;

  private constructor(pool: ShellPool, scripts: AgentScripts, limits: WarmLimits, pooled: PooledProcess) {
    this.#pool = pool;
    this.#scripts = scripts;
    this.#limits = limits;
    this.#pooled = pooled;
  }

  /** @throws WinrmError whose `sent` is false: no call was begun. */
  static async start(
    pool: ShellPool,
    scripts: AgentScripts,
    limits: WarmLimits,
    options: CallOptions,
  ): Promise<WarmProcess> {
    const { command, warmArguments } = scripts;
    try {
      const pooled = await pool.start({ command, arguments: warmArguments, ...options });
      return new WarmProcess(pool, scripts, limits, pooled);
    } catch (error) {
      throw withSent(error, false);
    }
  }

  /** Whether it takes another call, as far as is known here. */
  get isUsable(): boolean {
    return this.#usable;
  }

  /**
   * Makes one call. `ending` is a {@link WinrmError} with `sent` false only where the process certainly did not get
   * the call. A process that is not usable afterwards is being discarded already.
   */
  async call(call: WarmCall, options: CallOptions): Promise<Ending> {
    const ending = await this.#converse(call, options).catch((error: unknown) => {
      return error instanceof WinrmError ? error : withSent(error, true);
    });
    const { workingSetBytes } = call.output;
    const isSpent =
      this.#calls >= this.#limits.calls || (workingSetBytes ?? 0) > this.#limits.workingSetBytes;
    if (ending !== "call") await this.discard();
    else if (isSpent) void this.discard();
    return ending;
  }

  /** Ends the process, whatever it does, with its shell. Never fails. */
  async discard(): Promise<void> {
    this.#usable = false;
    await this.#pooled.process.terminate();
    await this.#pool.discard(this.#pooled.shell);
  }

  async #converse(
    { agent, nonce, requestJson, output, stderr }: WarmCall,
    options: CallOptions,
  ): Promise<Ending> {
    const { process } = this.#pooled;
    const lines = this.#scripts.warmCall(agent, nonce, requestJson, this.#known);
    const start = this.#first ? this.#scripts.warmStart(this.#limits.calls) : new Uint8Array();
    this.#calls += 1;
    await process.write(Buffer.concat([start, lines]), options);
    this.#first = false;
    this.#known.add(agent);
    try {
      for await (const { stream, bytes } of process.output(options)) {
        if (stream === "stdout") output.write(bytes);
        else stderr.write(bytes);
        if (output.workingSetBytes !== null) return "call";
      }
    } catch (error) {
      throw withSent(error, true);
    }
    return process.exitCode ?? 0;
  }
}
