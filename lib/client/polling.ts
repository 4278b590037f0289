import { useEffect, useRef } from "react";
import { pause, untilVisible } from "./page-activity";

export interface Stretch {
  /** The shortest and the longest wait between two requests, in ms. */
  shortest: number;
  longest: number;
}

/** A view that has not changed for a while is asked for less and less often: after a quarter of that while. */
export function stretched(unchangedForMs: number, { shortest, longest }: Stretch): number {
  return Math.min(longest, Math.max(shortest, unchangedForMs / 4));
}

/**
 * Asks again and again: seldom while `data` stays the same, soon once it has changed, at once when the tab
 * is looked at again or the network is back, and never while the tab is hidden.
 *
 * @param data of the last answer; its identity is kept where nothing has changed (SWR does so)
 * @param stretch another object begins anew; null: there is nothing to wait for
 */
export function usePolling(poll: () => Promise<unknown>, data: unknown, stretch: Stretch | null): void {
  const latestPoll = useRef(poll);
  const changedAt = useRef(0);
  useEffect(() => {
    latestPoll.current = poll;
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the moment at which `data` changed is what counts
  useEffect(() => {
    changedAt.current = Date.now();
  }, [data]);
  useEffect(() => {
    if (stretch === null) return;
    const stop = new AbortController();
    const pollOn = async (signal: AbortSignal) => {
      while (!signal.aborted) {
        await pause(stretched(Date.now() - changedAt.current, stretch), signal);
        await untilVisible(signal);
        if (signal.aborted) return;
        // A failure is part of what the view shows, and no reason to stop.
        await latestPoll.current().catch(() => undefined);
      }
    };
    void pollOn(stop.signal);
    return () => stop.abort();
  }, [stretch]);
}
