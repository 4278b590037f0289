import { type Engine, type ProcessStart, ProcessStartError } from "../engine";
import { abortedFault, commandNotFoundFault, timedOutFault } from "./fault";
import { InputQueue } from "./input-queue";
import { newId } from "./response";

export type OutputStream = "stdout" | "stderr";

export interface OutputChunk {
  stream: OutputStream;
  bytes: Uint8Array;
}

/** One answer to Receive. */
export interface Output {
  chunks: OutputChunk[];
  /** Set once everything was delivered: the answer carries CommandState Done. */
  exitCode: number | null;
}

/** How much of a pipe the shell reads at once: longer output comes as many small Stream elements. */
const PIPE_BYTES = 4096;
/** STATUS_CONTROL_C_EXIT, the exit code of a process that a signal ended (MS-ERREF 2.3.1). */
const CONTROL_C_EXIT = 0xc000013a;
/** STATUS_NO_MEMORY, the exit code of a process that asked for more than it may have (MS-ERREF 2.3.1). */
const NO_MEMORY_EXIT = 0xc0000017;

type WakeUp = "output" | "timeout" | "client_gone" | "aborted";

/** A process of a shell: its input, the output not yet received, and its end. */
export class ShellProcess {
  readonly id = newId();
  readonly stdin = new InputQueue();
  #output: OutputChunk[] = [];
  #outputBytes = 0;
  readonly #hasMemory: (process: ShellProcess) => boolean;
  readonly #abort = new AbortController();
  #exitCode: number | null = null;
  #doneDelivered = false;
  #waiting: ((reason: WakeUp) => void) | null = null;

  /**
   * Starts a process, which ends once `hasMemory` says no. Throws {@link ProcessStartError} where the host cannot
   * start it.
   */
  static async start(
    engine: Engine,
    host: string,
    start: ProcessStart,
    hasMemory: (process: ShellProcess) => boolean,
  ): Promise<ShellProcess> {
    const process = new ShellProcess(hasMemory);
    const running = engine.run(host, start, {
      stdin: process.stdin,
      stdout: (chunk) => process.#write("stdout", chunk),
      stderr: (chunk) => process.#write("stderr", chunk),
      signal: process.#abort.signal,
    });
    const failure = running.then(
      (exitCode) => {
        process.#finish(exitCode);
        return null;
      },
      (error: unknown) => {
        process.#fail(error);
        return error;
      },
    );
    // A start that fails does so before the process does anything, within one turn of the event loop.
    const early = await Promise.race([failure, new Promise<null>((resolve) => setImmediate(resolve, null))]);
    if (early instanceof ProcessStartError) throw early;
    return process;
  }

  private constructor(hasMemory: (process: ShellProcess) => boolean) {
    this.#hasMemory = hasMemory;
  }

  /** Bytes that it has not read, and that nobody has received from it. */
  get heldBytes(): number {
    return this.stdin.heldBytes + this.#outputBytes;
  }

  get isRunning(): boolean {
    return this.#exitCode === null;
  }

  /**
   * Waits for output of the wanted streams or the end, at most `timeoutMs`; then gives what there is, as long
   * as `fits` agrees to take a chunk. Null: the client went away, and nothing was taken. A Receive under way is
   * aborted by a newer one. Throws the faults for TimedOut, aborted, and a process whose end was delivered.
   */
  async receive(
    wanted: ReadonlySet<OutputStream>,
    timeoutMs: number,
    fits: (chunk: OutputChunk) => boolean,
    clientGone: AbortSignal,
  ): Promise<Output | null> {
    if (this.#doneDelivered) throw commandNotFoundFault();
    const reason = this.#isReady(wanted) ? "output" : await this.#wait(wanted, timeoutMs, clientGone);
    if (reason === "timeout") throw timedOutFault();
    if (reason === "aborted") throw abortedFault();
    if (reason === "client_gone") return null;
    return this.#take(wanted, fits);
  }

  /** Gives the process more to read. */
  send(bytes: Uint8Array): void {
    this.stdin.push(bytes);
    this.#checkMemory();
  }

  /** Ends the process at once, as ctrl_c does. Output written before stays receivable. */
  interrupt(): void {
    this.#abort.abort();
    this.#finish(CONTROL_C_EXIT);
  }

  /** Ends the process and whoever waits for its output: terminate, Delete of the shell, loss of power. */
  terminate(): void {
    this.#waiting?.("aborted");
    this.interrupt();
    this.#output = [];
    this.#outputBytes = 0;
    this.#doneDelivered = true;
  }

  #take(wanted: ReadonlySet<OutputStream>, fits: (chunk: OutputChunk) => boolean): Output {
    const chunks: OutputChunk[] = [];
    const kept: OutputChunk[] = [];
    let full = false;
    for (const chunk of this.#output) {
      full = full || (wanted.has(chunk.stream) && !fits(chunk));
      if (!full && wanted.has(chunk.stream)) chunks.push(chunk);
      else kept.push(chunk);
    }
    this.#output = kept;
    this.#outputBytes -= chunks.reduce((sum, { bytes }) => sum + bytes.length, 0);
    const done = !kept.some((chunk) => wanted.has(chunk.stream)) && !this.isRunning;
    this.#doneDelivered = done;
    return { chunks, exitCode: done ? this.#exitCode : null };
  }

  #wait(wanted: ReadonlySet<OutputStream>, timeoutMs: number, clientGone: AbortSignal): Promise<WakeUp> {
    this.#waiting?.("aborted");
    return new Promise((resolve) => {
      const settle = (reason: WakeUp) => {
        if (reason === "output" && !this.#isReady(wanted)) return;
        clearTimeout(timer);
        clientGone.removeEventListener("abort", onGone);
        if (this.#waiting === settle) this.#waiting = null;
        resolve(reason);
      };
      const onGone = () => settle("client_gone");
      const timer = setTimeout(settle, timeoutMs, "timeout");
      clientGone.addEventListener("abort", onGone);
      this.#waiting = settle;
      if (clientGone.aborted) onGone();
    });
  }

  #isReady(wanted: ReadonlySet<OutputStream>): boolean {
    return !this.isRunning || this.#output.some((chunk) => wanted.has(chunk.stream));
  }

  #write(stream: OutputStream, bytes: Uint8Array): void {
    if (!this.isRunning) return;
    for (let start = 0; start < bytes.length; start += PIPE_BYTES) {
      this.#output.push({ stream, bytes: bytes.slice(start, start + PIPE_BYTES) });
    }
    this.#outputBytes += bytes.length;
    this.#checkMemory();
    this.#waiting?.("output");
  }

  #checkMemory(): void {
    if (!this.isRunning || this.#hasMemory(this)) return;
    this.#abort.abort();
    this.#finish(NO_MEMORY_EXIT);
  }

  #fail(error: unknown): void {
    this.#write("stderr", Buffer.from(`${error instanceof Error ? error.message : String(error)}\r\n`));
    this.#finish(1);
  }

  #finish(exitCode: number): void {
    if (!this.isRunning) return;
    this.#exitCode = exitCode;
    this.stdin.end();
    this.#waiting?.("output");
  }
}
