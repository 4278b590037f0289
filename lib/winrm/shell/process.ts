import { WinrmError, withSent } from "../errors";
import { FAULT_ABORTED, isTimedOut } from "../faults";
import { receiveRequest, terminateRequest } from "../soap/requests";
import { type OutputChunk, readReceived } from "../soap/response";
import type { CallOptions, Channel } from "../transport/channel";
import { type Stdin, type StdinTarget, sendBytes, sendStdin } from "./stdin";

/** Bound for ending a process that may not answer any more. */
const TERMINATE_MS = 2000;

/**
 * A process that runs in a shell on the host. Its output is asked for only while somebody reads it, so a process that
 * nobody reads has no request under way. Nothing that is sent to it is ever repeated.
 */
export class RemoteProcess {
  readonly #channel: Channel;
  readonly #shellId: string;
  readonly #commandId: string;
  readonly #stdin: StdinTarget;
  #unread: OutputChunk[] = [];
  #exitCode: number | null = null;
  #ending: Promise<void> | null = null;

  /** Use `Shell.start`. */
  constructor(channel: Channel, shellId: string, commandId: string) {
    this.#channel = channel;
    this.#shellId = shellId;
    this.#commandId = commandId;
    this.#stdin = { channel, shellId, commandId };
  }

  /** The signed 32-bit value that Windows reports; null: its end has not been read yet. */
  get exitCode(): number | null {
    return this.#exitCode;
  }

  /**
   * Sends bytes to stdin, in pieces that fit the host's envelopes.
   *
   * @throws WinrmError whose `sent` is false only if the last of the bytes certainly did not reach the process: the
   *   host refused a piece, or none could be sent.
   */
  async write(bytes: Uint8Array, options: CallOptions = {}): Promise<void> {
    try {
      await sendBytes(this.#stdin, bytes, false, options);
    } catch (error) {
      throw withSent(error, mayHaveArrived(error));
    }
  }

  /** Sends all of stdin, and its end. @throws WinrmError, and whatever the source of the bytes throws. */
  end(stdin: Stdin = new Uint8Array(), options: CallOptions = {}): Promise<void> {
    return sendStdin(this.#stdin, stdin, options);
  }

  /**
   * What the process writes, from where it was last left off to its end, as bytes as they come: a character may be
   * split between two chunks (`decodeUtf8`). The caller may stop reading at any chunk and go on later.
   *
   * @throws WinrmError; also for a process whose shell is gone.
   */
  async *output(options: CallOptions = {}): AsyncGenerator<OutputChunk, void, undefined> {
    for (;;) {
      for (let chunk = this.#unread.shift(); chunk !== undefined; chunk = this.#unread.shift()) yield chunk;
      if (this.#exitCode !== null) return;
      await this.#receive(options);
    }
  }

  /**
   * Ends the process, whatever it does, and has the host forget it (MS-WSMV 3.1.4.14). Ctrl+C would not end one
   * whose stdin is a pipe. Never fails: where the host does not answer in time, closing the shell is what counts.
   */
  terminate(): Promise<void> {
    this.#ending ??= this.#terminate();
    return this.#ending;
  }

  /** One Receive. Where the host had nothing to say within the operation timeout, nothing happens. */
  async #receive(options: CallOptions): Promise<void> {
    const request = receiveRequest(this.#shellId, this.#commandId);
    try {
      const body = await this.#channel.call(request, options);
      const { chunks, exitCode } = readReceived(body, this.#commandId);
      this.#unread.push(...chunks);
      this.#exitCode = exitCode;
    } catch (error) {
      if (!(error instanceof WinrmError) || error.fault === null || !isTimedOut(error.fault)) throw error;
    }
  }

  async #terminate(): Promise<void> {
    const request = terminateRequest(this.#shellId, this.#commandId);
    const signal = AbortSignal.timeout(TERMINATE_MS);
    await this.#channel.call(request, { signal }).catch(() => undefined);
  }
}

/** A fault is a refusal, unless it says that the host gave up on the way. */
export function mayHaveArrived(error: unknown): boolean {
  if (!(error instanceof WinrmError)) return true;
  if (error.fault === null) return error.sent;
  return isTimedOut(error.fault) || error.fault.code === FAULT_ABORTED;
}
