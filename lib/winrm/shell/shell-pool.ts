import type { WinrmClient } from "../client";
import { WinrmError } from "../errors";
import { FAULT_SHELL_NOT_FOUND } from "../faults";
import type { CallOptions } from "../transport/channel";
import type { RemoteProcess } from "./process";
import { openWithinQuota } from "./quota";
import type { Shell, StartOptions } from "./shell";

export interface ShellPoolOptions {
  /** Processes that a shell may have had before it is replaced. Default 50; a user has 1,500 in all open shells. */
  maxOperations?: number;
  /** How long a shell that nobody uses is kept. Default 60,000. */
  idleMs?: number;
}

/** A process and the shell that is its own. */
export interface PooledProcess {
  shell: Shell;
  process: RemoteProcess;
}

/** The idle timeout that shells are created with. */
const FORGOTTEN_MS = 900_000;

/** Starts that the host may refuse for a reason that lies in the shell. */
const MAX_REFUSALS = 3;

/**
 * The shells of one host: one that has become free is used again, each has one process at a time, and none is left
 * behind. Who takes one gives it back, or says that it is to be discarded.
 */
export class ShellPool {
  readonly #client: WinrmClient;
  readonly #maxOperations: number;
  readonly #idleMs: number;
  readonly #shells = new Set<Shell>();
  /** The one that was given back last is taken next, so that the others can end. */
  readonly #free: { shell: Shell; timer: NodeJS.Timeout }[] = [];
  /** Shells that the host did not confirm to have deleted, and when it was asked to. */
  readonly #undeleted = new Map<Shell, number>();
  readonly #underWay = new Set<Promise<unknown>>();
  #closed = false;

  constructor(client: WinrmClient, { maxOperations = 50, idleMs = 60_000 }: ShellPoolOptions = {}) {
    this.#client = client;
    this.#maxOperations = maxOperations;
    this.#idleMs = idleMs;
  }

  /** Shells that are open now, in use or not. */
  get size(): number {
    return this.#shells.size;
  }

  /**
   * Starts a process in a shell of its own. A shell that is gone, or a user's quota of operations that is used up,
   * means another shell: the host has refused to start it.
   *
   * @throws WinrmError whose `sent` says whether the process could have started.
   */
  async start(options: StartOptions): Promise<PooledProcess> {
    for (let refusals = 1; ; refusals++) {
      const shell = await this.#take(options);
      try {
        return { shell, process: await shell.start(options) };
      } catch (error) {
        await this.discard(shell);
        if (!(error instanceof WinrmError) || error.sent || refusals === MAX_REFUSALS) throw error;
        if (error.kind !== "quota" && error.faultCode !== FAULT_SHELL_NOT_FOUND) throw error;
        // Those that nobody uses hold operations too.
        await Promise.all(this.#free.map((free) => this.discard(free.shell)));
      }
    }
  }

  /** Gives a shell back in which nothing runs any more. Never fails. */
  async giveBack(shell: Shell): Promise<void> {
    if (this.#closed || shell.operations >= this.#maxOperations) return this.discard(shell);
    const timer = setTimeout(() => void this.discard(shell), this.#idleMs);
    timer.unref();
    this.#free.push({ shell, timer });
  }

  /** Deletes a shell and whatever runs in it. Never fails: what the host does not confirm is tried again later. */
  async discard(shell: Shell): Promise<void> {
    const place = this.#free.findIndex((free) => free.shell === shell);
    if (place !== -1) clearTimeout(this.#free.splice(place, 1)[0]?.timer);
    this.#shells.delete(shell);
    await this.#track(this.#delete(shell, performance.now()));
  }

  /** Deletes all shells, those in use too, and opens none any more. */
  async close(): Promise<void> {
    this.#closed = true;
    while (this.#shells.size > 0 || this.#underWay.size > 0) {
      await Promise.all([...[...this.#shells].map((shell) => this.discard(shell)), ...this.#underWay]);
    }
    await this.#deleteForgotten();
  }

  async #take({ signal, traffic }: CallOptions): Promise<Shell> {
    if (this.#closed) throw new WinrmError("aborted", "The session with the host was closed.");
    const free = this.#free.pop();
    if (free !== undefined) {
      clearTimeout(free.timer);
      return free.shell;
    }
    const shell = await this.#track(openWithinQuota(this.#client, { signal, traffic }));
    this.#shells.add(shell);
    void this.#track(this.#deleteForgotten());
    if (!this.#closed) return shell;
    await this.discard(shell);
    throw new WinrmError("aborted", "The session with the host was closed.");
  }

  async #delete(shell: Shell, since: number): Promise<void> {
    try {
      await shell.close();
    } catch {
      this.#undeleted.set(shell, since);
    }
  }

  /** The host answers again. What it was asked to delete long ago is gone by its idle timeout. */
  async #deleteForgotten(): Promise<void> {
    const forgotten = [...this.#undeleted].filter(([, since]) => performance.now() - since < FORGOTTEN_MS);
    this.#undeleted.clear();
    await Promise.all(forgotten.map(([shell, since]) => this.#delete(shell, since)));
  }

  /** Whoever closes the pool waits for it. */
  #track<T>(work: Promise<T>): Promise<T> {
    const done = work.then(
      () => undefined,
      () => undefined,
    );
    this.#underWay.add(done);
    void done.then(() => this.#underWay.delete(done));
    return work;
  }
}
