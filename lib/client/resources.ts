import type { HostView, InventoryChanges, VmView } from "@/lib/domain/inventory";
import type { JobList, JobLogPage, JobView } from "@/lib/domain/job";
import type { JsonObject } from "@/lib/domain/json";
import { request } from "./api";
import { follow } from "./followed-jobs";

/** The parameters of `GET /jobs`: docs/jobs.md says what each means. */
export interface JobListParameters {
  state?: string;
  host?: string;
  kind?: string;
  vm_id?: string;
  vm?: string;
  actor?: string;
  created_from?: string;
  created_before?: string;
  top_level?: boolean;
  sort?: string;
  limit?: number;
  offset?: number;
}

/** What `POST` of a mutation answers (202). */
export interface Accepted {
  job_id: string;
}

export const listHosts = () => request<{ hosts: HostView[] }>("/hosts");

/** Everything, or what has changed since a revision of an earlier answer. */
export const readInventory = (since: string | undefined) =>
  request<InventoryChanges>(`/inventory${queryOf({ since })}`);

export const listJobs = (filter: JobListParameters) => request<JobList>(`/jobs${queryOf({ ...filter })}`);

export const readJob = (jobId: string) => request<JobView>(`/jobs/${encodeURIComponent(jobId)}`);

export const cancelJob = (jobId: string) =>
  request<JobView>(`/jobs/${encodeURIComponent(jobId)}/cancel`, { method: "POST", body: {} });

export const refreshInventory = (host?: string) =>
  request<JsonObject>("/inventory/refresh", { method: "POST", body: host === undefined ? {} : { host } });

/** The lines of a job's log after line `after`. */
export const readJobLog = (jobId: string, after: number, signal?: AbortSignal) =>
  request<JobLogPage>(`/jobs/${encodeURIComponent(jobId)}/log?after=${after}`, signal ? { signal } : {});

/** Whether a VM may get this name now; `message` says why not. */
export const checkVmName = (name: string, signal: AbortSignal) =>
  request<{ name: string; available: boolean; message: string | null }>(
    `/vms/name-check${queryOf({ name })}`,
    { signal },
  );

export const readVm = (vmId: string) => request<VmView>(`/vms/${encodeURIComponent(vmId)}`);

/** Every check that a creation passes, and nothing is created. */
export const checkManagedDeployment = (body: JsonObject) =>
  request<{ valid: true }>("/managed-deployments?validate_only=true", { method: "POST", body });

/**
 * Starts a deployment, and follows its job.
 * @param idempotencyKey one per intent to submit (see submit-intent.ts)
 */
export async function createManagedDeployment(body: JsonObject, idempotencyKey: string): Promise<Accepted> {
  const accepted = await request<Accepted>("/managed-deployments", {
    method: "POST",
    body,
    headers: { "Idempotency-Key": idempotencyKey },
  });
  follow(accepted.job_id, null);
  return accepted;
}

function queryOf(parameters: Record<string, string | number | boolean | undefined>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined && value !== "") query.set(name, String(value));
  }
  const text = query.toString();
  return text === "" ? "" : `?${text}`;
}
