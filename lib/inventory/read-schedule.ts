/** Each moment is off by up to this part of the period, so that hosts do not fall into step. */
const JITTER = 0.1;
/** The wait after a first failure; each further one doubles it, up to the period. */
const FIRST_RETRY_MS = 5_000;

/**
 * When one host is read again. Reads that succeed follow a grid of its own within the period, so that those of
 * many hosts are spread over it; after a failure they come soon and then less and less often, yet never less
 * often than once a period, so that a host that returns is seen within one.
 */
export class ReadSchedule {
  readonly #periodMs: number;
  readonly #phase: number;
  readonly #random: () => number;
  #origin: number | null = null;
  #failures = 0;

  /** @param phase where on the period the host has its place, from 0 to below 1. */
  constructor(parts: { periodMs: number; phase: number; random?: () => number }) {
    this.#periodMs = parts.periodMs;
    this.#phase = parts.phase;
    this.#random = parts.random ?? Math.random;
  }

  /** @param now and the answer are in ms; any clock will do. */
  afterSuccess(now: number): number {
    this.#failures = 0;
    this.#origin ??= now;
    const first = this.#origin + this.#phase * this.#periodMs;
    // A read that came before its place because of the jitter has had it all the same.
    const passed = Math.floor((now - first) / this.#periodMs + 2 * JITTER);
    const place = first + (passed + 1) * this.#periodMs;
    return place + JITTER * this.#periodMs * (2 * this.#random() - 1);
  }

  afterFailure(now: number): number {
    this.#origin ??= now;
    const wait = Math.min(FIRST_RETRY_MS * 2 ** this.#failures, this.#periodMs);
    this.#failures += 1;
    return now + wait * (1 - JITTER * this.#random());
  }
}
