/** Thrown out of a wait whose signal was aborted. */
export class Interrupted extends Error {
  override readonly name = "Interrupted";

  constructor() {
    super("The wait was interrupted.");
  }
}

/**
 * The simulation's time: every duration of a real host is multiplied by one factor. With 0 nothing waits,
 * but each wait still gives the event loop a turn, so that work interleaves as it would.
 */
export class Clock {
  readonly #factor: number;

  constructor(factor: number) {
    if (!Number.isFinite(factor) || factor < 0)
      throw new RangeError("The time factor is a number from 0 up.");
    this.#factor = factor;
  }

  now(): number {
    return Date.now();
  }

  /** Resolves after `milliseconds` of simulated time; throws {@link Interrupted} as soon as the signal aborts. */
  wait(milliseconds: number, signal: AbortSignal): Promise<void> {
    return this.#sleep(milliseconds * this.#factor, signal);
  }

  /**
   * One turn of a polling loop: like {@link wait}, but never shorter than a few real milliseconds, so that a
   * loop without end does not keep the processor busy when the factor is 0.
   */
  pollInterval(milliseconds: number, signal: AbortSignal): Promise<void> {
    return this.#sleep(Math.max(milliseconds * this.#factor, 10), signal);
  }

  #sleep(real: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) {
        reject(new Interrupted());
        return;
      }
      let cancel: () => void = () => undefined;
      const interrupt = () => {
        cancel();
        reject(new Interrupted());
      };
      const finish = () => {
        signal.removeEventListener("abort", interrupt);
        resolve();
      };
      if (real > 0) {
        const timer = setTimeout(finish, real);
        cancel = () => clearTimeout(timer);
      } else {
        const immediate = setImmediate(finish);
        cancel = () => clearImmediate(immediate);
      }
      signal.addEventListener("abort", interrupt, { once: true });
    });
  }
}
