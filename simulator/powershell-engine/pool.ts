import type { EngineProcess, EngineVersion } from "./process";

/** How many processes are kept that have nothing to do. */
const IDLE_LIMIT = 4;
/** How many are started at the same time: a start keeps a processor busy for a good part of a second. */
const STARTING_LIMIT = 2;

/** What the pool needs to know of a process. */
export type PooledProcess = Pick<EngineProcess, "version" | "isAlive" | "kill">;

interface Waiting<Process> {
  resolve(process: Process): void;
  reject(error: unknown): void;
}

/**
 * The processes of the engine: several scripts run side by side, each alone in one of them. There are as many
 * as are needed; who finds none idle gets the first that is started or given back.
 */
export class EnginePool<Process extends PooledProcess = EngineProcess> {
  readonly version: EngineVersion;
  readonly #start: () => Promise<Process>;
  readonly #all = new Set<Process>();
  #idle: Process[] = [];
  readonly #waiting: Waiting<Process>[] = [];
  readonly #starting = new Set<Promise<void>>();
  #closed = false;

  /** Starts the first process, so that an engine that cannot be started is told now. */
  static async start<Process extends PooledProcess>(
    start: () => Promise<Process>,
  ): Promise<EnginePool<Process>> {
    return new EnginePool(start, await start());
  }

  private constructor(start: () => Promise<Process>, first: Process) {
    this.#start = start;
    this.version = first.version;
    this.#all.add(first);
    this.#idle.push(first);
  }

  /** Hands a process to `use`, which has it for itself. Rejects where none can be started. */
  async with<T>(use: (process: Process) => Promise<T>): Promise<T> {
    const process = await this.#take();
    try {
      return await use(process);
    } finally {
      this.#offer(process);
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const { reject } of this.#waiting.splice(0)) reject(new Error("The engine is being closed."));
    await Promise.all(this.#starting);
    await Promise.all([...this.#all].map((process) => process.kill()));
  }

  #take(): Promise<Process> {
    for (const process of this.#idle.filter((each) => !each.isAlive)) this.#all.delete(process);
    this.#idle = this.#idle.filter((process) => process.isAlive);
    // The one that has been idle longest has had time to make its next session ready.
    const process = this.#idle.shift();
    if (process !== undefined) {
      this.#startWhatIsMissing();
      return Promise.resolve(process);
    }
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      this.#startWhatIsMissing();
    });
  }

  /** Starts a process for each who waits, and one more, so that the next need not wait. */
  #startWhatIsMissing(): void {
    const spare = this.#idle.length === 0 ? 1 : 0;
    while (this.#starting.size < Math.min(this.#waiting.length + spare, STARTING_LIMIT) && !this.#closed) {
      const started: Promise<void> = this.#start().then(
        (process) => {
          this.#starting.delete(started);
          this.#all.add(process);
          this.#offer(process);
        },
        (error: unknown) => {
          this.#starting.delete(started);
          this.#waiting.shift()?.reject(error);
          if (this.#waiting.length > 0) this.#startWhatIsMissing();
        },
      );
      this.#starting.add(started);
    }
  }

  /** Gives a process that is free to who has waited longest. */
  #offer(process: Process): void {
    if (!process.isAlive || this.#closed) {
      this.#all.delete(process);
      if (process.isAlive) void process.kill();
      if (this.#waiting.length > 0) this.#startWhatIsMissing();
      return;
    }
    const next = this.#waiting.shift();
    if (next !== undefined) {
      next.resolve(process);
      this.#startWhatIsMissing();
    } else if (this.#idle.length < IDLE_LIMIT) {
      this.#idle.push(process);
    } else {
      this.#all.delete(process);
      void process.kill();
    }
  }
}
