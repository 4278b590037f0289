import type { HostView, InventoryView, VmView } from "@/lib/domain/inventory";
import type { JobLogPage, JobView } from "@/lib/domain/job";
import type { JsonObject } from "@/lib/domain/json";
import { request } from "./api";

export interface VmList {
  vms: VmView[];
  total: number;
}

export interface JobList {
  jobs: JobView[];
  total: number;
}

export interface JobFilter {
  state?: string;
  host?: string;
  kind?: string;
  vm_id?: string;
  /** Leave out the steps of deployments. */
  top_level?: boolean;
  limit?: number;
}

/** What `POST` of a mutation answers (202). */
export interface Accepted {
  job_id: string;
}

export const listHosts = () => request<{ hosts: HostView[] }>("/hosts");

export const readInventory = () => request<InventoryView>("/inventory");

export const listJobs = (filter: JobFilter) => request<JobList>(`/jobs${queryOf({ ...filter })}`);

export const readJob = (jobId: string) => request<JobView>(`/jobs/${encodeURIComponent(jobId)}`);

export const cancelJob = (jobId: string) =>
  request<JobView>(`/jobs/${encodeURIComponent(jobId)}/cancel`, { method: "POST", body: {} });

export const refreshInventory = (host?: string) =>
  request<JsonObject>("/inventory/refresh", { method: "POST", body: host === undefined ? {} : { host } });

/** The lines of a job's log after line `after`. */
export const readJobLog = (jobId: string, after: number, signal?: AbortSignal) =>
  request<JobLogPage>(`/jobs/${encodeURIComponent(jobId)}/log?after=${after}`, signal ? { signal } : {});

/** @param idempotencyKey one per intent to submit (see submit-intent.ts) */
export const createManagedDeployment = (body: JsonObject, idempotencyKey: string) =>
  request<Accepted>("/managed-deployments", {
    method: "POST",
    body,
    headers: { "Idempotency-Key": idempotencyKey },
  });

function queryOf(parameters: Record<string, string | number | boolean | undefined>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined && value !== "") query.set(name, String(value));
  }
  const text = query.toString();
  return text === "" ? "" : `?${text}`;
}
