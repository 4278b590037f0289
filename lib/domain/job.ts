import type { JsonObject, JsonValue } from "./json";

/**
 * `queued`: its first call on the host waits for its turn. `unknown`: contact was lost after an operation had
 * been sent. That is not an end: the next good read of the host resolves it, and after a while
 * (`jobs.unknown_minutes`) it ends `failed` with `outcome_unknown`.
 */
export const JOB_STATES = ["queued", "running", "unknown", "succeeded", "failed", "canceled"] as const;
export type JobState = (typeof JOB_STATES)[number];

export const JOB_KINDS = [
  "managed_deployment",
  "vm.create",
  "vm.update",
  "vm.delete",
  "vm.power",
  "vm.cluster",
  "disk.create",
  "disk.update",
  "disk.delete",
  "nic.create",
  "nic.update",
  "nic.delete",
  "initialization",
  "host.check",
] as const;
export type JobKind = (typeof JOB_KINDS)[number];

/** What a list of jobs can be sorted by; with `-` in front: the other way round. */
export const JOB_SORT_KEYS = ["created", "state", "host", "vm", "kind", "actor", "duration"] as const;
export type JobSortKey = (typeof JOB_SORT_KEYS)[number];

export type LogLevel = "verbose" | "info" | "progress" | "warning" | "error";

export interface LogLine {
  /** 1, 2, 3 … within the job; a client asks for what comes after the last `n` it has. */
  n: number;
  /** UTC, ISO 8601. */
  time: string;
  level: LogLevel;
  /** The deployment's step that said it (`vm`, `disk`, `nic`, `initialization`, `cluster`); null: the job itself. */
  step: string | null;
  text: string;
}

/** Something that a job made and that exists on the host. */
export interface CreatedResource {
  kind: "vm" | "disk" | "nic";
  id: string;
  name: string;
  /** The host that holds it. */
  host: string;
  /** The VHDX file, for a disk. */
  path?: string;
}

export interface JobError {
  /** A code of the catalogue in `lib/domain/error-codes.ts`. */
  code: string;
  /** What happened, for people. */
  message: string;
  /** What to do next. */
  next: string;
  /** The step that failed, in a managed deployment. */
  step: string | null;
  /** What exists all the same: it was made before the failure and was left in place. */
  exists: CreatedResource[];
  /** The host's own words, where there are any. */
  detail: string | null;
}

export interface JobStep {
  name: string;
  job_id: string | null;
  state: "pending" | JobState;
  started_at: string | null;
  ended_at: string | null;
}

/** A job as the API answers it. Times are UTC, ISO 8601. */
export interface JobView {
  job_id: string;
  kind: JobKind;
  state: JobState;
  /** The host it works on. */
  host: string;
  /** The VM's name as far as it is known. */
  vm_name: string | null;
  vm_id: string | null;
  /** Who asked. */
  actor: string;
  /** The managed deployment whose step this is. */
  parent_job_id: string | null;
  /** The request as it came, secrets replaced by `[secret]`. */
  request: JsonObject;
  created_at: string;
  started_at: string | null;
  ended_at: string | null;
  /** What it made: `vm_id`, `disk_id`, `nic_id` … */
  outputs: { [key: string]: JsonValue };
  error: JobError | null;
  /** In a managed deployment: its steps in order. Otherwise empty. */
  steps: JobStep[];
  /** Lines in the log so far: a client that has them all need not ask. */
  log_lines: number;
  /** Somebody asked it to stop; until it has ended, what had started on the host may go on. */
  cancel_requested: boolean;
}

/** `GET /jobs`: one page of the jobs that match. */
export interface JobList {
  jobs: JobView[];
  /** What matches, before paging. */
  total: number;
  /** How many of those have not ended. */
  unfinished: number;
}

/** `GET /jobs/{job_id}/log?after=N`. */
export interface JobLogPage {
  job_id: string;
  state: JobState;
  /** The first of the lines after `N`, half a megabyte at most. */
  lines: LogLine[];
  /** The last `n` that exists now: as long as it is not held, ask again with `after` = the last one held. */
  last: number;
  /** True when the log was cut at its limit. */
  truncated: boolean;
}

export function isTerminal(state: JobState): boolean {
  return state === "succeeded" || state === "failed" || state === "canceled";
}
