import { setTimeout as delay } from "node:timers/promises";
import { WinrmError, withSent } from "../errors";
import { FAULT_SHELL_NOT_FOUND } from "../faults";
import { commandRequest, deleteRequest } from "../soap/requests";
import { readCommandId } from "../soap/response";
import type { CallOptions, Channel } from "../transport/channel";
import { mayHaveArrived, RemoteProcess } from "./process";
import type { Stdin } from "./stdin";

export interface StartOptions extends CallOptions {
  /** The executable; it is started directly, not by `cmd.exe`. */
  command: string;
  /** Joined with blanks by the host: quote an argument that holds one. */
  arguments?: readonly string[];
}

export interface ConverseOptions extends CallOptions {
  /** All of it, and then its end. Default: nothing but the end. */
  stdin?: Stdin;
  /** Bytes as they come: a character may be split between two calls. */
  onStdout?: (chunk: Uint8Array) => void;
  onStderr?: (chunk: Uint8Array) => void;
}

export interface RunOptions extends StartOptions, ConverseOptions {}

/** Bound for deleting a shell; with that for ending its process below 5 s. */
const DELETE_MS = 2500;

/** How long a process that does not take its stdin may still report how it ended. */
const REFUSED_STDIN_GRACE_MS = 5000;

/** A shell on the host. It holds one of the user's shells there until it is closed. */
export class Shell {
  readonly #channel: Channel;
  readonly #shellId: string;
  #closing: Promise<void> | null = null;
  #operations = 0;

  /** Use `WinrmClient.openShell`. */
  constructor(channel: Channel, shellId: string) {
    this.#channel = channel;
    this.#shellId = shellId;
  }

  /**
   * Processes that were started so far. Hosts count each of them against the user's 1,500 operations until the shell
   * is deleted, also those that have ended.
   */
  get operations(): number {
    return this.#operations;
  }

  /**
   * Starts a process. It ends by itself, by `terminate`, or with the shell.
   *
   * @throws WinrmError whose `sent` says whether the process could have started.
   */
  async start({ command, arguments: args = [], signal, traffic }: StartOptions): Promise<RemoteProcess> {
    const request = commandRequest(this.#shellId, command, args);
    this.#operations += 1;
    try {
      const commandId = readCommandId(await this.#channel.call(request, { signal, traffic }));
      return new RemoteProcess(this.#channel, this.#shellId, commandId);
    } catch (error) {
      throw withSent(error, mayHaveArrived(error));
    }
  }

  /**
   * Runs one process to its end. A process that ends without reading its stdin is no error. On abort and on every
   * failure the process is terminated, within a bounded time.
   *
   * @returns the signed 32-bit exit code that Windows reports.
   * @throws WinrmError whose `sent` says whether the process could have started.
   */
  async run(options: RunOptions): Promise<{ exitCode: number }> {
    return this.converse(await this.start(options), options);
  }

  /**
   * Gives a process of this shell its stdin and reads its output to its end, as `run` does.
   *
   * @throws WinrmError with `sent` true.
   */
  async converse(process: RemoteProcess, options: ConverseOptions): Promise<{ exitCode: number }> {
    try {
      return { exitCode: await converse(process, options) };
    } catch (error) {
      throw withSent(error, true);
    } finally {
      // Also after its end: that is what lets the host forget the command.
      await process.terminate();
    }
  }

  /**
   * Deletes the shell and whatever still runs in it. One that is gone already counts as deleted, so this alone is
   * asked for once more where it fails, and may be called again after it has failed.
   *
   * @throws WinrmError when the host did not confirm it in time; the shell then ends by its idle timeout.
   */
  close(): Promise<void> {
    this.#closing ??= this.#delete().catch((error: unknown) => {
      this.#closing = null;
      throw error;
    });
    return this.#closing;
  }

  async #delete(): Promise<void> {
    const signal = AbortSignal.timeout(DELETE_MS);
    try {
      await this.#askToDelete(signal);
    } catch (error) {
      if (signal.aborted) throw error;
      await this.#askToDelete(signal);
    }
  }

  async #askToDelete(signal: AbortSignal): Promise<void> {
    try {
      await this.#channel.call(deleteRequest(this.#shellId), { signal });
    } catch (error) {
      if (error instanceof WinrmError && error.faultCode === FAULT_SHELL_NOT_FOUND) return;
      throw error;
    }
  }
}

/** Both directions at once: neither waits for the other. */
async function converse(process: RemoteProcess, options: ConverseOptions): Promise<number> {
  const finished = new AbortController();
  const signal = AbortSignal.any([finished.signal, ...(options.signal ? [options.signal] : [])]);
  const call = { signal, traffic: options.traffic };
  const sending = process.end(options.stdin, call);
  const receiving = readToEnd(process, options, call);
  try {
    return await Promise.race([receiving, refused(sending, signal)]);
  } finally {
    finished.abort();
    await Promise.allSettled([receiving, sending]);
  }
}

async function readToEnd(
  process: RemoteProcess,
  { onStdout, onStderr }: ConverseOptions,
  call: CallOptions,
): Promise<number> {
  for await (const { stream, bytes } of process.output(call)) {
    if (stream === "stdout") onStdout?.(bytes);
    else onStderr?.(bytes);
  }
  return process.exitCode ?? 0;
}

/**
 * Rejects when stdin could not be sent, and otherwise never settles. A fault may only mean that the
 * process has ended: then its exit code comes first, and is the better answer.
 */
async function refused(sending: Promise<void>, signal: AbortSignal): Promise<never> {
  try {
    await sending;
  } catch (error) {
    if (error instanceof WinrmError && error.fault) {
      await delay(REFUSED_STDIN_GRACE_MS, undefined, { signal }).catch(() => undefined);
    }
    throw error;
  }
  return new Promise<never>(() => undefined);
}
