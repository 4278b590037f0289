import { isTerminal, type JobView } from "../job";
import { type AttentionItem, sentence } from "./item";

/** Who comes back the next morning still finds what failed; older failures were seen or are no longer news. */
export const JOB_NEWS_MS = 24 * 3_600_000;

/**
 * The failed and unknown jobs of the last day; not those of deployments' steps, which the deployment tells of,
 * and not those after which the same was done with success.
 */
export function attentionOfJobs(jobs: readonly JobView[], now: number): AttentionItem[] {
  return jobs.flatMap((job) => {
    // Whoever tests a connection sees what comes of it; what lasts is told of the host itself.
    if (job.kind === "host.check") return [];
    if (job.parent_job_id !== null || now - lastSeen(job) > JOB_NEWS_MS) return [];
    if (job.state === "unknown") return [unknown(job)];
    return job.state === "failed" && !jobs.some((other) => repeats(other, job)) ? [failed(job)] : [];
  });
}

const lastSeen = (job: JobView) => Date.parse(job.ended_at ?? job.created_at);

/** Whether `other` did later, with success, what `job` was to do. */
function repeats(other: JobView, job: JobView): boolean {
  const about = job.vm_id ?? job.vm_name;
  return (
    other.state === "succeeded" &&
    other.kind === job.kind &&
    other.created_at > job.created_at &&
    about !== null &&
    (other.vm_id === about || other.vm_name === job.vm_name)
  );
}

function unknown(job: JobView): AttentionItem {
  return {
    ...common(job),
    kind: "job_unknown",
    what: `Nobody can say how a job${of(job)} on ${job.host} ended: contact was lost while it ran.`,
    next: "Look at the VM on its host before you repeat anything; the next good read of the host settles it.",
  };
}

function failed(job: JobView): AttentionItem {
  return {
    ...common(job),
    kind: "job_failed",
    what: `A job${of(job)} on ${job.host} failed: ${sentence(job.error?.message ?? "it gave no reason")}`,
    next: job.error?.next ?? "Read the job's log.",
  };
}

function common(job: JobView) {
  return {
    id: `job/${job.job_id}`,
    severity: "warning" as const,
    place: { kind: "job" as const, job_id: job.job_id, name: job.vm_name ?? job.vm_id ?? job.host },
    since: isTerminal(job.state) ? job.ended_at : job.started_at,
  };
}

const of = (job: JobView) => (job.vm_name === null ? "" : ` for ${job.vm_name}`);
