import type { EngineProcess, EngineVersion } from "./process";

/** How many processes are kept that have nothing to do. */
const IDLE_LIMIT = 4;

/** The processes of the engine: several scripts run side by side, each alone in one of them. */
export class EnginePool {
  readonly version: EngineVersion;
  readonly #start: () => Promise<EngineProcess>;
  readonly #idle: EngineProcess[] = [];
  readonly #all = new Set<EngineProcess>();
  #spare: Promise<void> | null = null;
  #closed = false;

  /** Starts the first process, so that an engine that cannot be started is told now. */
  static async start(start: () => Promise<EngineProcess>): Promise<EnginePool> {
    return new EnginePool(start, await start());
  }

  private constructor(start: () => Promise<EngineProcess>, first: EngineProcess) {
    this.#start = start;
    this.version = first.version;
    this.#all.add(first);
    this.#idle.push(first);
  }

  /** Hands a process to `use`, which has it for itself. A process that was killed is replaced. */
  async with<T>(use: (process: EngineProcess) => Promise<T>): Promise<T> {
    // The one that has been idle longest has had time to make its next session ready.
    const process = this.#idle.shift() ?? (await this.#startOne());
    if (this.#idle.length === 0) this.#startSpare();
    try {
      return await use(process);
    } finally {
      this.#takeBack(process);
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#spare;
    await Promise.all([...this.#all].map((process) => process.kill()));
  }

  async #startOne(): Promise<EngineProcess> {
    const process = await this.#start();
    this.#all.add(process);
    return process;
  }

  /** One process more than is needed now, so that the next run need not wait for a start. */
  #startSpare(): void {
    this.#spare ??= this.#startOne().then(
      (process) => {
        this.#spare = null;
        this.#idle.push(process);
      },
      () => {
        this.#spare = null;
      },
    );
  }

  #takeBack(process: EngineProcess): void {
    if (process.isAlive && this.#idle.length < IDLE_LIMIT && !this.#closed) {
      this.#idle.push(process);
      return;
    }
    this.#all.delete(process);
    if (process.isAlive) void process.kill();
  }
}
