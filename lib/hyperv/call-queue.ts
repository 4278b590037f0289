import { AethervError } from "@/lib/domain/errors";

/**
 * Reads, mutations, image copies and waits for a guest that shuts down wait for their own kind only; a check of a host
 * waits for nobody, as it is made where reads hang.
 */
export type Lane = "mutation" | "copy" | "guest" | "read" | "check";

export interface LaneLimits {
  /** Calls of each kind that run on one host at the same time. */
  mutation: number;
  copy: number;
  guest: number;
  read: number;
  check: number;
  /** Calls that may wait in one lane of one host; one more is refused with `queue_full`. */
  waiting: number;
}

interface LaneState {
  running: number;
  /** First come, first served. */
  waiting: (() => void)[];
}

/**
 * Orders the agent calls of each host. A job is in here only while one of its calls waits or runs:
 * while it waits for a guest or for its steps it takes no place, so that a single place per host is
 * enough for any number of deployments.
 */
export class CallQueue {
  readonly #limits: LaneLimits;
  readonly #lanes = new Map<string, LaneState>();

  constructor(limits: LaneLimits) {
    this.#limits = limits;
  }

  /**
   * Runs `work` when its turn has come.
   * @throws AethervError `canceled` when `signal` is aborted before that (then `work` was never begun), `queue_full`;
   *   and whatever `work` throws
   */
  async run<T>(host: string, lane: Lane, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    const state = this.#lane(host, lane);
    await this.#enter(state, lane, host, signal);
    try {
      return await work();
    } finally {
      this.#leave(state);
    }
  }

  #lane(host: string, lane: Lane): LaneState {
    const key = `${lane} ${host}`;
    const known = this.#lanes.get(key);
    if (known !== undefined) return known;
    const created: LaneState = { running: 0, waiting: [] };
    this.#lanes.set(key, created);
    return created;
  }

  async #enter(state: LaneState, lane: Lane, host: string, signal: AbortSignal): Promise<void> {
    if (signal.aborted) throw neverBegan();
    if (state.running < this.#limits[lane] && state.waiting.length === 0) {
      state.running += 1;
      return;
    }
    if (state.waiting.length >= this.#limits.waiting) {
      throw new AethervError("queue_full", `Too many calls wait for host ${host}.`);
    }
    await new Promise<void>((resolve, reject) => {
      const enter = () => {
        signal.removeEventListener("abort", abandon);
        resolve();
      };
      const abandon = () => {
        state.waiting.splice(state.waiting.indexOf(enter), 1);
        reject(neverBegan());
      };
      signal.addEventListener("abort", abandon, { once: true });
      state.waiting.push(enter);
    });
  }

  /** Hands the place to the next in line, if there is one: `running` then stays as it is. */
  #leave(state: LaneState): void {
    const next = state.waiting.shift();
    if (next === undefined) state.running -= 1;
    else next();
  }
}

function neverBegan(): AethervError {
  return new AethervError("canceled", "The operation was canceled before it was sent to the host.");
}
