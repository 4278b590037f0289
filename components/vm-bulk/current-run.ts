import { useEffect, useSyncExternalStore } from "react";
import { serverNow } from "@/lib/client/api";
import { inventoryStore } from "@/lib/client/inventory-store";
import { refreshRecentJobs } from "@/lib/client/job-hooks";
import { pause, untilVisible } from "@/lib/client/page-activity";
import { listJobs } from "@/lib/client/resources";
import type { JobView } from "@/lib/domain/job";
import { type BulkOrder, BulkRun, type BulkSnapshot } from "./bulk-run";

/** How often one asks how the jobs are, in ms. */
const PERIOD_MS = 1_500;
/** A job can be older than the moment in which it was asked for, where the clocks differ. In ms. */
const CLOCKS_MS = 5_000;
/** The API gives no more of them at once. */
const PAGE = 500;

/** The last bulk action of this tab, and when it began. It goes on, and keeps its report, wherever one goes. */
let current: { run: BulkRun; since: string } | null = null;
const listeners = new Set<() => void>();

/** Begins it, and makes it the one that is reported. */
export function beginRun(order: BulkOrder): void {
  const run = new BulkRun(order);
  current = { run, since: new Date(serverNow() - CLOCKS_MS).toISOString() };
  for (const listener of listeners) listener();
  void run.send().then(refreshRecentJobs);
}

export function retryRun(run: BulkRun): void {
  void run.retry().then(refreshRecentJobs);
}

/** The last bulk action, kept current while this is shown; null: there was none. */
export function useCurrentRun(): { run: BulkRun; snapshot: BulkSnapshot } | null {
  const held = useSyncExternalStore(subscribe, currentRun, noRun);
  const snapshot = useSyncExternalStore(
    held?.run.subscribe ?? subscribeToNothing,
    held?.run.snapshot ?? noRun,
    noRun,
  );
  useEffect(() => {
    if (held === null) return;
    const stop = new AbortController();
    void followJobs(held, stop.signal);
    return () => stop.abort();
  }, [held]);
  return held === null || snapshot === null ? null : { run: held.run, snapshot };
}

async function followJobs({ run, since }: NonNullable<typeof current>, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await untilVisible(signal);
    const asked = new Set(run.underWay());
    if (signal.aborted) return;
    if (asked.size > 0) {
      // What cannot be asked now is asked again.
      await readJobs(run, since, asked).catch(() => undefined);
    }
    await pause(PERIOD_MS, signal);
  }
}

/** All its jobs in as few answers as there can be: one a VM would be thousands of requests. */
async function readJobs(run: BulkRun, since: string, asked: ReadonlySet<string>): Promise<void> {
  const found: JobView[] = [];
  const missing = new Set(asked);
  const query = { kind: run.order.kind, created_from: since, top_level: true, limit: PAGE };
  for (let offset = 0; ; offset += PAGE) {
    const { jobs } = await listJobs({ ...query, offset });
    found.push(...jobs);
    for (const { job_id } of jobs) missing.delete(job_id);
    if (missing.size === 0 || jobs.length < PAGE) break;
  }
  run.note(found, asked);
  // Their hosts were read as they ended.
  if (run.underWay().length < asked.size) await inventoryStore.refresh();
}

const currentRun = () => current;
const noRun = () => null;
const subscribeToNothing = () => () => undefined;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
