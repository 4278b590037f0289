import { isTerminal, type JobLogPage, type JobState, type LogLine } from "@/lib/domain/job";
import { isLasting } from "./api";

/** The pace of polling, in ms: quick while lines come, slower while nothing does or nobody answers. */
export const PACE = { quick: 1_000, idle: 5_000, failing: 15_000, growth: 1.5 } as const;

export interface LogSnapshot {
  lines: readonly LogLine[];
  /** The job's state as the last page said it; null: none came yet. */
  state: JobState | null;
  truncated: boolean;
  /** `following`: the next poll is due. `interrupted`: the last poll failed and is repeated. */
  status: "following" | "interrupted" | "ended" | "refused";
  /** What the last poll threw; null: it succeeded. */
  error: unknown;
}

export interface LogFollowerOptions {
  fetchPage: (after: number, signal: AbortSignal) => Promise<JobLogPage>;
  onChange: (snapshot: LogSnapshot) => void;
  /** Resolves after `ms`, or earlier when a reason to look at once comes up (the network is back). */
  pause: (ms: number, signal: AbortSignal) => Promise<void>;
  /** Resolves once somebody looks: at once for a visible tab, else when it becomes visible. */
  untilVisible: (signal: AbortSignal) => Promise<void>;
}

/**
 * Follows a job's log until the job has ended and its last line is here. Each poll asks for what comes
 * after the last line held, and only lines that come after it are taken: whatever is cut, repeated
 * or answered twice, no line is lost and none is there twice.
 */
export async function followLog(options: LogFollowerOptions, signal: AbortSignal): Promise<void> {
  let snapshot: LogSnapshot = { lines: [], state: null, truncated: false, status: "following", error: null };
  let delay: number = PACE.quick;
  const publish = (change: Partial<LogSnapshot>) => {
    snapshot = { ...snapshot, ...change };
    options.onChange(snapshot);
  };

  while (!signal.aborted) {
    await options.untilVisible(signal);
    if (signal.aborted) return;
    try {
      const held = snapshot.lines.at(-1)?.n ?? 0;
      const page = await options.fetchPage(held, signal);
      if (signal.aborted) return;
      const lines = appendLines(snapshot.lines, page.lines);
      const grew = lines !== snapshot.lines;
      const complete = (lines.at(-1)?.n ?? 0) >= page.last;
      const ended = isTerminal(page.state) && complete;
      publish({
        lines,
        state: page.state,
        truncated: page.truncated,
        status: ended ? "ended" : "following",
        error: null,
      });
      if (ended) return;
      if (grew && !complete) continue;
      delay = grew ? PACE.quick : Math.min(delay * PACE.growth, PACE.idle);
    } catch (error) {
      if (signal.aborted) return;
      if (isLasting(error)) {
        publish({ status: "refused", error });
        return;
      }
      publish({ status: "interrupted", error });
      delay = Math.min(delay * PACE.growth, PACE.failing);
    }
    await options.pause(delay, signal);
  }
}

/** The lines held with those of `page` that come after them; the same array where none does. */
export function appendLines(held: readonly LogLine[], page: readonly LogLine[]): readonly LogLine[] {
  const last = held.at(-1)?.n ?? 0;
  const fresh = page.filter((line) => line.n > last);
  return fresh.length === 0 ? held : [...held, ...fresh];
}
