import { useEffect } from "react";
import { isTerminal, type JobView } from "@/lib/domain/job";

/** The server reads a host as soon as a job on it has ended: the page asks then, and not at its next turn. */
export function useRefreshAfterJobs(jobs: readonly JobView[], refresh: () => Promise<unknown>): void {
  const ended = jobs.filter(({ state }) => isTerminal(state)).length;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another end is what is waited for
  useEffect(() => {
    void refresh().catch(() => undefined);
  }, [ended]);
}
