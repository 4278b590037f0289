import { randomBytes } from "node:crypto";
import type { Agent } from "@/lib/agents/agent-call";
import { AgentScripts } from "@/lib/agents/agent-scripts";
import type { Engine } from "@/simulator/engine";
import { InputQueue } from "@/simulator/winrm/input-queue";

/** What a process wrote for one call, from its request to the line that says that the call has ended. */
export interface WarmCallOutput {
  nonce: string;
  /** Every line but the last. */
  lines: string[];
  /** Of the last line. */
  workingSetBytes: number;
}

export interface WarmOptions {
  /** Calls that the process may live for. */
  calls?: number;
  host?: string;
}

/** A process of an engine that serves one call after the other, fed with the very bytes that the server would send. */
export class WarmAgentProcess {
  /** Its exit code. */
  readonly ended: Promise<number>;
  readonly #scripts: AgentScripts;
  readonly #stdin = new InputQueue();
  readonly #known = new Set<Agent>();
  readonly #abort = new AbortController();
  #sentBytes = 0;
  #stdout = "";
  #onStdout: () => void = () => undefined;
  stderr = "";

  constructor(engine: Engine, agents: string, { calls = 100, host = "hv01" }: WarmOptions = {}) {
    this.#scripts = AgentScripts.load(agents);
    const { command, warmArguments } = this.#scripts;
    this.#push(this.#scripts.warmStart(calls));
    this.ended = engine.run(
      host,
      {
        command,
        arguments: [...warmArguments],
        skipCmdShell: true,
        workingDirectory: null,
        environment: {},
      },
      {
        stdin: this.#stdin,
        stdout: (chunk) => {
          this.#stdout += Buffer.from(chunk).toString("utf8");
          this.#onStdout();
        },
        stderr: (chunk) => {
          this.stderr += Buffer.from(chunk).toString("utf8");
        },
        signal: this.#abort.signal,
      },
    );
  }

  /** Makes a call, and waits until it has ended. Rejects where the process ends in the middle of it. */
  async call(agent: Agent, request: (nonce: string) => string): Promise<WarmCallOutput> {
    const nonce = this.send(agent, request);
    const before = this.ended.then((exitCode) => {
      if (this.#endOf(nonce) < 0) throw new Error(`The process ended with ${exitCode}: ${this.#stdout}`);
    });
    before.catch(() => undefined);
    const end = new Promise<void>((resolve) => {
      this.#onStdout = () => {
        if (this.#endOf(nonce) >= 0) resolve();
      };
    });
    await Promise.race([before, end]);
    const lines = this.#stdout.split("\n");
    const last = lines.slice(0, -1).pop() ?? "";
    this.#stdout = "";
    return {
      nonce,
      lines: lines.slice(0, -2),
      workingSetBytes: JSON.parse(last).ended.working_set_bytes,
    };
  }

  /** Bytes that were sent so far. */
  get sentBytes(): number {
    return this.#sentBytes;
  }

  /** Sends a call and does not wait for it. Gives its nonce. */
  send(agent: Agent, request: (nonce: string) => string): string {
    const nonce = randomBytes(16).toString("hex");
    this.#push(this.#scripts.warmCall(agent, nonce, request(nonce), this.#known));
    this.#known.add(agent);
    return nonce;
  }

  /** All that came since the last call ended. */
  get stdout(): string {
    return this.#stdout;
  }

  /** Ends its input. */
  endInput(): void {
    this.#stdin.end();
  }

  kill(): void {
    this.#abort.abort();
  }

  #push(bytes: Uint8Array): void {
    this.#sentBytes += bytes.length;
    this.#stdin.push(bytes);
  }

  #endOf(nonce: string): number {
    return this.#stdout.search(new RegExp(`^\\{"nonce":"${nonce}","ended":.*\\}\\n$`, "m"));
  }
}
