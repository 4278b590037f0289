import { jobAddress, vmAddress } from "@/components/shared/addresses";
import { FormDraft } from "@/lib/client/form-draft";
import { listHosts, readJob, readVm } from "@/lib/client/resources";
import { readMarker } from "@/lib/domain/deployment-marker";
import type { JsonObject } from "@/lib/domain/json";
import { visibleText } from "@/lib/domain/visible-text";
import { valuesOfJob, valuesOfVm } from "./prefill";

/** What the form begins with. */
export interface Start {
  values: JsonObject;
  draft: FormDraft;
  /** When the draft that the values come from was kept; null: they come from elsewhere. */
  restoredFrom: string | null;
  /** What the form was filled from; null: from nothing. */
  source: { kind: "job" | "vm"; name: string; href: string } | null;
  /** Why what it was to be filled from could not be read; null: it could. */
  failure: unknown;
}

/**
 * @param from `job:<job_id>` or `vm:<vm_id>`: what to fill the form from; null: nothing
 */
export async function loadStart(schema: JsonObject, from: string | null): Promise<Start> {
  const draft = new FormDraft(from === null ? "new-vm" : `new-vm:${from}`);
  const start: Start = { values: {}, draft, restoredFrom: null, source: null, failure: null };
  const kept = draft.read();
  if (kept !== null) return { ...start, values: kept.values, restoredFrom: kept.saved_at };
  const [, kind, id] = /^(job|vm):(.+)$/.exec(from ?? "") ?? [];
  if (kind === undefined || id === undefined) return start;
  try {
    return { ...start, ...(await (kind === "job" ? startOfJob(schema, id) : startOfVm(schema, id))) };
  } catch (failure) {
    return { ...start, failure };
  }
}

async function startOfJob(schema: JsonObject, id: string): Promise<Pick<Start, "values" | "source">> {
  const asked = await readJob(id);
  const job = asked.parent_job_id === null ? asked : await readJob(asked.parent_job_id);
  return {
    values: valuesOfJob(schema, job),
    source: {
      kind: "job",
      name: job.vm_name === null ? job.job_id : visibleText(job.vm_name),
      href: jobAddress(job.job_id),
    },
  };
}

async function startOfVm(schema: JsonObject, id: string): Promise<Pick<Start, "values" | "source">> {
  const [vm, { hosts }] = await Promise.all([readVm(id), listHosts()]);
  const marker = readMarker(vm.notes);
  const request = marker === null ? null : (marker.request ?? (await requestOf(marker.deployment_id)));
  const record = hosts.find(({ name }) => name === vm.host)?.record ?? null;
  return {
    values: valuesOfVm(schema, vm, request, record),
    source: { kind: "vm", name: visibleText(vm.vm_name), href: vmAddress(vm.vm_id) },
  };
}

/** A job is known for a day; the VM that it made lasts longer. */
async function requestOf(jobId: string): Promise<JsonObject | null> {
  try {
    return (await readJob(jobId)).request;
  } catch {
    return null;
  }
}
