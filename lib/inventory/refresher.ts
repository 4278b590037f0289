/** Each wait is off by up to this part, so that hosts do not fall into step. */
const JITTER = 0.1;

/**
 * Runs one task again and again, and on demand, never twice at the same time. A demand while the task
 * runs is answered by a run that begins afterwards, one for all who asked meanwhile.
 */
export class Refresher {
  readonly #task: () => Promise<void>;
  readonly #periodMs: number;
  #timer: NodeJS.Timeout | null = null;
  #running: Promise<void> | null = null;
  #next: Promise<void> | null = null;
  #started = false;

  /** @param task does not reject. */
  constructor(task: () => Promise<void>, periodMs: number) {
    this.#task = task;
    this.#periodMs = periodMs;
  }

  start(): void {
    if (this.#started) return;
    this.#started = true;
    void this.now();
  }

  stop(): void {
    this.#started = false;
    if (this.#timer !== null) clearTimeout(this.#timer);
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
    this.#running = this.#task().then(() => {
      this.#running = null;
      this.#schedule();
    });
    return this.#running;
  }

  #schedule(): void {
    if (!this.#started) return;
    const wait = this.#periodMs * (1 + JITTER * (2 * Math.random() - 1));
    this.#timer = setTimeout(() => void this.now(), wait);
    this.#timer.unref();
  }
}
