import type { JobKind, JobSortKey, JobState } from "@/lib/domain/job";
import { compareNames } from "@/lib/domain/natural-order";
import type { Job } from "./job";

/** `activity`: what has not ended first, then the newest. */
export type JobSort = JobSortKey | `-${JobSortKey}` | "activity";

/** Which jobs are asked for. All conditions must hold; one that is absent always does. */
export interface JobFilter {
  /** Any of these. */
  states?: readonly JobState[] | undefined;
  host?: string | undefined;
  kind?: JobKind | undefined;
  vm_id?: string | undefined;
  /** Found in the VM's name, in whatever case, or its whole id. */
  vm?: string | undefined;
  /** Found in the name of who asked, in whatever case. */
  actor?: string | undefined;
  /** Created at this moment or later, in ms since the epoch. */
  createdFrom?: number | undefined;
  /** Created before this moment, in ms since the epoch. */
  createdBefore?: number | undefined;
  /** Leave out the steps of deployments. */
  top_level?: boolean | undefined;
}

export function matches(job: Job, filter: JobFilter): boolean {
  return (
    (filter.states === undefined || filter.states.includes(job.state)) &&
    (filter.host === undefined || job.host === filter.host) &&
    (filter.kind === undefined || job.kind === filter.kind) &&
    (filter.vm_id === undefined || job.vmId === filter.vm_id) &&
    (filter.vm === undefined || isAbout(job, filter.vm)) &&
    (filter.actor === undefined || contains(job.actor, filter.actor)) &&
    (filter.createdFrom === undefined || job.createdAt >= filter.createdFrom) &&
    (filter.createdBefore === undefined || job.createdAt < filter.createdBefore) &&
    (filter.top_level !== true || job.parent === null)
  );
}

function isAbout(job: Job, vm: string): boolean {
  return contains(job.vmName ?? "", vm) || job.vmId?.toLowerCase() === vm.toLowerCase();
}

function contains(text: string, part: string): boolean {
  return text.toLowerCase().includes(part.toLowerCase());
}

/** The order in which an operator wants the states: what needs attention first. */
const STATE_ORDER: Record<JobState, number> = {
  unknown: 0,
  running: 1,
  queued: 2,
  failed: 3,
  canceled: 4,
  succeeded: 5,
};

const ORDERS: Record<JobSortKey, (a: Job, b: Job, now: number) => number> = {
  created: (a, b) => a.createdAt - b.createdAt,
  state: (a, b) => STATE_ORDER[a.state] - STATE_ORDER[b.state],
  host: (a, b) => compareNames(a.host, b.host),
  vm: (a, b) => compareNames(a.vmName ?? a.vmId ?? "", b.vmName ?? b.vmId ?? ""),
  kind: (a, b) => compareNames(a.kind, b.kind),
  actor: (a, b) => compareNames(a.actor, b.actor),
  duration: (a, b, now) => durationOf(a, now) - durationOf(b, now),
};

/**
 * The jobs in the order asked for; equal ones newest first.
 * @param jobs in the order in which they were created
 */
export function sorted(jobs: readonly Job[], sort: JobSort, now: number = Date.now()): Job[] {
  const newestFirst = [...jobs].reverse();
  if (sort === "activity") return newestFirst.sort((a, b) => Number(a.terminal) - Number(b.terminal));
  const descending = sort.startsWith("-");
  const order = ORDERS[(descending ? sort.slice(1) : sort) as JobSortKey];
  const sign = descending ? -1 : 1;
  // Jobs of one millisecond keep the order in which they were created.
  if (sort === "-created") return newestFirst;
  if (sort === "created") return [...jobs];
  return newestFirst.sort((a, b) => sign * order(a, b, now));
}

function durationOf({ startedAt, endedAt }: Job, now: number): number {
  return startedAt === null ? -1 : (endedAt ?? now) - startedAt;
}
