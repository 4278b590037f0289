import type { CallRecord, CallRecords } from "../agent-calls/call-record";
import { EventWriter } from "../agent-calls/event-writer";
import { FOREIGN_LINES } from "../agent-calls/noise";
import type { AgentRequest } from "../agent-calls/request";
import type { ProcessIo } from "../engine";
import type { Fault } from "../host/faults";
import type { Fleet } from "../host/fleet";
import { watchForRequest } from "./request-watch";
import { ResultWatch } from "./result-watch";

/**
 * One process of which nobody knows yet whether it runs an agent. If it does, its call is recorded, and the
 * faults that concern it happen around the script, which is not touched: it does not get its request before.
 */
export class AgentRun {
  readonly stdin: AsyncIterable<Uint8Array>;
  /** Resolves with the exit code of a run that a fault ends before the script does anything. */
  readonly ended: Promise<number>;
  readonly #fleet: Fleet;
  readonly #host: string;
  readonly #io: ProcessIo;
  readonly #calls: CallRecords;
  #end: (exitCode: number) => void = () => undefined;
  #record: CallRecord | null = null;
  #watch: ResultWatch | null = null;
  #crash: Extract<Fault, { kind: "agent_crash" }> | null = null;

  constructor(fleet: Fleet, host: string, io: ProcessIo, calls: CallRecords) {
    this.#fleet = fleet;
    this.#host = host;
    this.#io = io;
    this.#calls = calls;
    this.ended = new Promise((resolve) => {
      this.#end = resolve;
    });
    this.stdin = watchForRequest(io.stdin, (request) => this.#begin(request));
  }

  stdout(chunk: Uint8Array): void {
    if (this.#watch === null) this.#io.stdout(chunk);
    else this.#watch.write(chunk);
  }

  /** Completes the record; gives the exit code that the client sees. */
  finish(exitCode: number): number {
    this.#watch?.end();
    const seen = this.#crash?.exit_code ?? exitCode;
    if (this.#record !== null) {
      this.#record.ended = new Date(this.#fleet.clock.now()).toISOString();
      this.#record.exit_code = seen;
      if (this.#crash === null) this.#record.error_code ??= this.#watch?.result?.errorCode ?? null;
    }
    return seen;
  }

  async #begin(request: AgentRequest): Promise<void> {
    const { faults, clock } = this.#fleet;
    this.#record = this.#calls.begin(this.#host, request, clock.now());
    const concerns = (fault: { agent?: string | undefined; operation?: string | undefined }) =>
      (fault.agent ?? request.agent) === request.agent &&
      (fault.operation ?? request.operation) === request.operation;
    if (faults.take("agent_garbage", this.#host, concerns) !== null) this.#io.stdout(FOREIGN_LINES);
    if (faults.take("agent_hangs", this.#host, concerns) !== null) await forever();
    this.#crash = faults.take("agent_crash", this.#host, concerns);
    this.#watch = new ResultWatch(request.nonce, (chunk) => this.#io.stdout(chunk), this.#crash !== null);
    if (this.#crash?.when === "before") return this.#endWith(this.#crash.exit_code);
    const { code, message, target } = faults.take("agent_error", this.#host, concerns) ?? {};
    if (code === undefined || message === undefined) return;
    this.#record.error_code = code;
    const error = { code, message, target: target ?? null };
    const events = new EventWriter(
      (line) => this.stdout(line),
      request.nonce,
      () => clock.now(),
    );
    events.result({ ok: false, exit_code: 1, outputs: {}, error });
    return this.#endWith(1);
  }

  #endWith(exitCode: number): Promise<never> {
    this.#end(exitCode);
    return forever();
  }
}

/** The script waits for its request until its process is ended. */
function forever(): Promise<never> {
  return new Promise(() => undefined);
}
