import { setTimeout as delay } from "node:timers/promises";
import type { Channel } from "./channel";
import { WinrmError, withSent } from "./errors";
import { FAULT_ABORTED, FAULT_SHELL_NOT_FOUND, isTimedOut } from "./faults";
import { commandRequest, deleteRequest, receiveRequest, terminateRequest } from "./requests";
import { readCommandId, readReceived } from "./response";
import { sendStdin } from "./stdin";

export interface RunOptions {
  /** The executable; it is started directly, not by `cmd.exe`. */
  command: string;
  /** Joined with blanks by the host: quote an argument that holds one. */
  arguments?: readonly string[];
  /** All of it, and then its end. Default: nothing but the end. */
  stdin?: Uint8Array;
  /** Bytes as they come: a character may be split between two calls. */
  onStdout?: (chunk: Uint8Array) => void;
  onStderr?: (chunk: Uint8Array) => void;
  signal?: AbortSignal;
}

/** Bounds for what is cleaned up after a failure or an abort: together below 5 s. */
const TERMINATE_MS = 2000;
const DELETE_MS = 2500;

/** How long a process that does not take its stdin may still report how it ended. */
const REFUSED_STDIN_GRACE_MS = 5000;

/** A shell on the host. It holds one of the user's shells there until it is closed. */
export class Shell {
  readonly #channel: Channel;
  readonly #shellId: string;
  #closing: Promise<void> | null = null;

  /** Use `WinrmClient.openShell`. */
  constructor(channel: Channel, shellId: string) {
    this.#channel = channel;
    this.#shellId = shellId;
  }

  /**
   * Runs one process to its end. `exitCode` is the signed 32-bit value that Windows reports. A process
   * that ends without reading its stdin is no error. On abort and on every failure the process is
   * terminated, within a bounded time.
   *
   * @throws WinrmError whose `sent` says whether the process could have started.
   */
  async run(options: RunOptions): Promise<{ exitCode: number }> {
    const commandId = await this.#start(options);
    try {
      return { exitCode: await this.#converse(commandId, options) };
    } catch (error) {
      throw withSent(error, true);
    } finally {
      // Also after its end: that is what lets the host forget the command (MS-WSMV 3.1.4.14).
      await this.#terminate(commandId);
    }
  }

  /**
   * Deletes the shell and whatever still runs in it. A second call gives the first one's outcome.
   *
   * @throws WinrmError when the host did not confirm it; the shell then ends by its idle timeout.
   */
  close(): Promise<void> {
    this.#closing ??= this.#delete();
    return this.#closing;
  }

  async #start({ command, arguments: args = [], signal }: RunOptions): Promise<string> {
    const request = commandRequest(this.#shellId, command, args);
    try {
      return readCommandId(await this.#channel.call(request, { signal }));
    } catch (error) {
      throw withSent(error, mayHaveStarted(error));
    }
  }

  async #converse(commandId: string, options: RunOptions): Promise<number> {
    const finished = new AbortController();
    const signal = AbortSignal.any([finished.signal, ...(options.signal ? [options.signal] : [])]);
    const stdin = options.stdin ?? new Uint8Array();
    const sending = sendStdin(this.#channel, this.#shellId, commandId, stdin, signal);
    const receiving = this.#receive(commandId, options, signal);
    try {
      return await Promise.race([receiving, refused(sending, signal)]);
    } finally {
      finished.abort();
      await Promise.allSettled([receiving, sending]);
    }
  }

  async #receive(commandId: string, options: RunOptions, signal: AbortSignal): Promise<number> {
    for (;;) {
      const received = await this.#poll(commandId, signal);
      for (const { stream, bytes } of received?.chunks ?? []) {
        if (stream === "stdout") options.onStdout?.(bytes);
        else options.onStderr?.(bytes);
      }
      if (received && received.exitCode !== null) return received.exitCode;
    }
  }

  /** One Receive; null: the host had nothing to say within the operation timeout. */
  async #poll(commandId: string, signal: AbortSignal) {
    try {
      const body = await this.#channel.call(receiveRequest(this.#shellId, commandId), { signal });
      return readReceived(body, commandId);
    } catch (error) {
      if (error instanceof WinrmError && error.fault && isTimedOut(error.fault)) return null;
      throw error;
    }
  }

  async #terminate(commandId: string): Promise<void> {
    const signal = AbortSignal.timeout(TERMINATE_MS);
    // Whatever it answers, deleting the shell is what counts.
    await this.#channel.call(terminateRequest(this.#shellId, commandId), { signal }).catch(() => undefined);
  }

  async #delete(): Promise<void> {
    try {
      await this.#channel.call(deleteRequest(this.#shellId), { signal: AbortSignal.timeout(DELETE_MS) });
    } catch (error) {
      if (error instanceof WinrmError && error.faultCode === FAULT_SHELL_NOT_FOUND) return;
      throw error;
    }
  }
}

/** A fault is a refusal, unless it says that the host gave up on the way. */
function mayHaveStarted(error: unknown): boolean {
  if (!(error instanceof WinrmError)) return true;
  if (error.fault) return isTimedOut(error.fault) || error.fault.code === FAULT_ABORTED;
  return error.sent;
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
