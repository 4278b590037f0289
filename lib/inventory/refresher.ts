/** The longest wait that a timer takes. */
const LONGEST_MS = 2 ** 31 - 1;

/**
 * Runs one task again and again, and on demand, never twice at the same time. A demand while the task
 * runs is answered by a run that begins afterwards, one for all who asked meanwhile.
 */
export class Refresher {
  readonly #task: () => Promise<number>;
  #timer: NodeJS.Timeout | null = null;
  #running: Promise<void> | null = null;
  #next: Promise<void> | null = null;
  #started = false;

  /** @param task gives the time of its next run, in ms since the epoch. It does not reject. */
  constructor(task: () => Promise<number>) {
    this.#task = task;
  }

  /** Runs it now, and whenever its time has come. Waiting does not keep the process alive. */
  start(): void {
    if (this.#started) return;
    this.#started = true;
    void this.now();
  }

  stop(): void {
    this.#started = false;
    if (this.#timer !== null) clearTimeout(this.#timer);
  }

  /** Whether the task runs now. */
  get running(): boolean {
    return this.#running !== null;
  }

  /** Resolves after a run that began after this call. */
  now(): Promise<void> {
    if (this.#running === null) return this.#run();
    this.#next ??= this.#running.then(() => {
      this.#next = null;
      return this.#run();
    });
    return this.#next;
  }

  #run(): Promise<void> {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#running = this.#task().then((nextAt) => {
      this.#running = null;
      this.#schedule(nextAt);
    });
    return this.#running;
  }

  #schedule(nextAt: number): void {
    if (!this.#started) return;
    const wait = Math.min(Math.max(0, nextAt - Date.now()), LONGEST_MS);
    this.#timer = setTimeout(() => void this.now(), wait);
    this.#timer.unref();
  }
}
