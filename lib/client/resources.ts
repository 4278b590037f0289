import type { JsonObject } from "@/lib/domain/json";
import { FROM_MEMORY_MS } from "./api";
import { type AnswerOf, call, type QueryOf } from "./call";
import { follow } from "./followed-jobs";

/** The parameters of `GET /jobs`: docs/jobs.md says what each means. */
export type JobListParameters = QueryOf<"GET /jobs">;

/** What a change answers: the job that it started. */
export type Accepted = AnswerOf<"POST /managed-deployments">;

const FROM_MEMORY = { answerMs: FROM_MEMORY_MS };

export const listHosts = () => call("GET /hosts", {}, FROM_MEMORY);

export const readHost = (name: string) => call("GET /hosts/{name}", { path: { name } }, FROM_MEMORY);

/** Everything, or what has changed since a revision of an earlier answer. */
export const readInventory = (since: string | undefined) =>
  call("GET /inventory", since === undefined ? {} : { query: { since } }, FROM_MEMORY);

export const listJobs = (query: JobListParameters) => call("GET /jobs", { query }, FROM_MEMORY);

export const readJob = (job_id: string) => call("GET /jobs/{job_id}", { path: { job_id } }, FROM_MEMORY);

export const cancelJob = (job_id: string) =>
  call("POST /jobs/{job_id}/cancel", { path: { job_id }, body: {} });

export const refreshInventory = (host?: string) =>
  call("POST /inventory/refresh", { body: host === undefined ? {} : { host } });

export const checkHost = (name: string) => call("POST /hosts/{name}/check", { path: { name }, body: {} });

/** The lines of a job's log after line `after`. */
export const readJobLog = (job_id: string, after: number, signal?: AbortSignal) =>
  call("GET /jobs/{job_id}/log", { path: { job_id }, query: { after } }, { ...FROM_MEMORY, signal });

/** Whether a VM may get this name now; `message` says why not. */
export const checkVmName = (name: string, signal: AbortSignal) =>
  call("GET /vms/name-check", { query: { name } }, { signal });

export const readVm = (vm_id: string) => call("GET /vms/{vm_id}", { path: { vm_id } }, FROM_MEMORY);

/** Every check that a creation passes, and nothing is created. */
export const checkManagedDeployment = (body: JsonObject) =>
  call("POST /managed-deployments", { query: { validate_only: true }, body });

/**
 * Starts a deployment, and follows its job.
 * @param idempotencyKey one per intent to submit (see submit-intent.ts)
 */
export async function createManagedDeployment(body: JsonObject, idempotencyKey: string): Promise<Accepted> {
  const headers = { "Idempotency-Key": idempotencyKey };
  const accepted = await call("POST /managed-deployments", { body }, { headers });
  follow(accepted.job_id, null);
  return accepted;
}
