import type { WinrmClient } from "@/lib/winrm/client";
import { WinrmError } from "@/lib/winrm/errors";
import { ShellPool } from "@/lib/winrm/shell/shell-pool";
import type { CallOptions } from "@/lib/winrm/transport/channel";
import type { AgentScripts } from "./agent-scripts";
import type { Ending } from "./conclusion";
import type { WarmProcessName } from "./invoker";
import { type WarmCall, type WarmLimits, WarmProcess } from "./warm-process";

export interface WarmSettings extends WarmLimits {
  /** Milliseconds after which a process without a call is ended. */
  idleMs: number;
}

/** The place of one warm process; it is empty until a call comes. */
interface Place {
  process: WarmProcess | null;
  isBusy: boolean;
  timer: NodeJS.Timeout | undefined;
}

/** One host: its connections, its shells, and its two warm processes, each started when a call needs it. */
export class WarmHost {
  readonly #client: WinrmClient;
  readonly #pool: ShellPool;
  readonly #scripts: AgentScripts;
  readonly #settings: WarmSettings;
  readonly #places: Record<WarmProcessName, Place> = { mutations: emptyPlace(), reads: emptyPlace() };

  constructor(client: WinrmClient, scripts: AgentScripts, settings: WarmSettings) {
    this.#client = client;
    this.#pool = new ShellPool(client);
    this.#scripts = scripts;
    this.#settings = settings;
  }

  /** Whether the named process is at a call already: another one would wait for that to end. */
  isBusy(name: WarmProcessName): boolean {
    return this.#places[name].isBusy;
  }

  /** Makes a call in the named process, which must not be busy. Never fails otherwise than by what it gives. */
  async call(name: WarmProcessName, call: WarmCall, options: CallOptions): Promise<Ending> {
    const place = this.#places[name];
    place.isBusy = true;
    clearTimeout(place.timer);
    try {
      return await this.#call(place, call, options);
    } finally {
      place.isBusy = false;
      if (place.process?.isUsable !== true) place.process = null;
      else place.timer = this.#endWhenIdle(place, place.process);
    }
  }

  /** Makes a call in a process of its own. */
  async callAlone({ agent, requestJson, output, stderr }: WarmCall, options: CallOptions): Promise<Ending> {
    const { command, arguments: args } = this.#scripts;
    try {
      const { shell, process } = await this.#pool.start({ command, arguments: args, ...options });
      const stdin = this.#scripts.stdin(agent, requestJson);
      let isOver = false;
      try {
        const { exitCode } = await shell.converse(process, {
          stdin,
          onStdout: (chunk) => output.write(chunk),
          onStderr: (chunk) => stderr.write(chunk),
          ...options,
        });
        isOver = true;
        return exitCode;
      } finally {
        await (isOver ? this.#pool.giveBack(shell) : this.#pool.discard(shell));
      }
    } catch (error) {
      if (error instanceof WinrmError) return error;
      throw error;
    }
  }

  /** Ends what runs on the host, and the connections to it. Nothing is started any more. */
  async close(): Promise<void> {
    for (const { timer } of Object.values(this.#places)) clearTimeout(timer);
    await this.#pool.close();
    this.#client.close();
  }

  /**
   * A process can have died since its last call, with its host or for having been idle. The next call finds out; it is
   * made once more only if it certainly did not get there.
   */
  async #call(place: Place, call: WarmCall, options: CallOptions): Promise<Ending> {
    if (place.process !== null) {
      const ending = await place.process.call(call, options);
      const isRefused = ending instanceof WinrmError && !ending.sent && ending.fault !== null;
      if (!isRefused) return ending;
      place.process = null;
    }
    try {
      place.process = await WarmProcess.start(this.#pool, this.#scripts, this.#settings, options);
    } catch (error) {
      if (error instanceof WinrmError) return error;
      throw error;
    }
    return place.process.call(call, options);
  }

  #endWhenIdle(place: Place, process: WarmProcess): NodeJS.Timeout {
    const timer = setTimeout(() => {
      place.process = null;
      void process.discard();
    }, this.#settings.idleMs);
    return timer.unref();
  }
}

function emptyPlace(): Place {
  return { process: null, isBusy: false, timer: undefined };
}
