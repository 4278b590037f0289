import type { CallRecord, CallRecords } from "../agent-calls/call-record";
import { EventWriter } from "../agent-calls/event-writer";
import { FOREIGN_LINES } from "../agent-calls/noise";
import type { AgentRequest } from "../agent-calls/request";
import type { ProcessIo } from "../engine";
import type { Fault } from "../host/faults";
import type { Fleet } from "../host/fleet";
import { type Handover, watchForRequests } from "./request-watch";
import { ResultWatch } from "./result-watch";

interface RunningCall {
  record: CallRecord;
  watch: ResultWatch;
  crash: Extract<Fault, { kind: "agent_crash" }> | null;
}

/** What an agent says to a request that it cannot read: also to one that was spoilt on the way to it. */
const UNREADABLE = "The agent could not read its request";

/**
 * One process of which nobody knows yet whether it runs an agent. If it does, its calls are recorded, and the
 * faults that concern them happen around the script, which is not touched: it does not get its request before.
 */
export class AgentRun {
  readonly stdin: AsyncIterable<Uint8Array>;
  /** Resolves with the exit code of a run that a fault ends. */
  readonly ended: Promise<number>;
  readonly #fleet: Fleet;
  readonly #host: string;
  readonly #io: ProcessIo;
  readonly #calls: CallRecords;
  readonly #syncDrives: () => void;
  #end: (exitCode: number) => void = () => undefined;
  #call: RunningCall | null = null;

  /** @param syncDrives called before and after each call: a call sees the host's files, and the host those of the call */
  constructor(fleet: Fleet, host: string, io: ProcessIo, calls: CallRecords, syncDrives: () => void) {
    this.#fleet = fleet;
    this.#host = host;
    this.#io = io;
    this.#calls = calls;
    this.#syncDrives = syncDrives;
    this.ended = new Promise((resolve) => {
      this.#end = resolve;
    });
    this.stdin = watchForRequests(io.stdin, (request, isWarm) => this.#begin(request, isWarm));
  }

  stdout(chunk: Uint8Array): void {
    if (this.#call === null) this.#io.stdout(chunk);
    else this.#call.watch.write(chunk);
  }

  /** Completes the record of the call under way; gives the exit code that the client sees. */
  finish(exitCode: number): number {
    if (this.#call === null) return exitCode;
    const { watch, crash } = this.#call;
    watch.end();
    const seen = crash?.exit_code ?? exitCode;
    this.#endCall(seen);
    return seen;
  }

  async #begin(request: AgentRequest, isWarm: boolean): Promise<Handover> {
    const { faults, clock } = this.#fleet;
    this.#syncDrives();
    const record = this.#calls.begin(this.#host, request, clock.now());
    const concerns = (fault: { agent?: string | undefined; operation?: string | undefined }) =>
      (fault.agent ?? request.agent) === request.agent &&
      (fault.operation ?? request.operation) === request.operation;
    if (faults.take("agent_garbage", this.#host, concerns) !== null) this.#io.stdout(FOREIGN_LINES);
    const hangs = faults.take("agent_hangs", this.#host, concerns) !== null;
    const crash = hangs ? null : faults.take("agent_crash", this.#host, concerns);
    let isSpoilt = false;
    let isDead = false;
    const watch = new ResultWatch(request.nonce, (chunk) => this.#io.stdout(chunk), {
      withhold: (line) => isDead || (isSpoilt && line.startsWith(UNREADABLE)),
      onResult: () => {
        isDead = crash !== null;
        // One that serves call after call would go on.
        if (crash !== null && isWarm) this.#end(crash.exit_code);
      },
      onEnd: () => {
        if (!isDead) this.#endCall(watch.result?.exitCode ?? null);
      },
    });
    this.#call = { record, watch, crash };
    if (hangs) await forever();
    if (crash?.when === "before") return this.#endWith(crash.exit_code);
    const injected = faults.take("agent_error", this.#host, concerns);
    if (injected === null) return "pass";
    isSpoilt = true;
    const error = { code: injected.code, message: injected.message, target: injected.target };
    const output = { write: (line: Uint8Array) => this.stdout(line), flush: () => undefined };
    const events = new EventWriter(output, request.nonce, () => clock.now());
    events.result({ ok: false, exit_code: 1, outputs: {}, error });
    return isWarm ? "spoil" : this.#endWith(1);
  }

  #endCall(exitCode: number | null): void {
    if (this.#call === null) return;
    const { record, watch, crash } = this.#call;
    record.ended = new Date(this.#fleet.clock.now()).toISOString();
    record.exit_code = exitCode;
    if (crash === null) record.error_code = watch.result?.errorCode ?? null;
    this.#syncDrives();
    // What the process writes from here on belongs to no call.
    this.#call = null;
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
