"use client";

import { useEffect } from "react";
import { LoadFailure } from "@/components/shared/load-failure";
import { Time } from "@/components/shared/time";
import { Alert } from "@/components/ui/alert";
import { LoadingRows } from "@/components/ui/loading";
import { PageHeader } from "@/components/ui/page-header";
import { TextLink } from "@/components/ui/text-link";
import { useJob, useJobLog } from "@/lib/client/hooks";
import { isTerminal, type JobView } from "@/lib/domain/job";
import { CancelJob } from "./cancel-job";
import { Elapsed } from "./elapsed";
import { JobError } from "./job-error";
import { JobOutputs, JobRequest } from "./job-facts";
import { JobLog } from "./job-log";
import { JobRefused } from "./job-refused";
import { JobStateBadge } from "./job-state-badge";
import { JobSteps } from "./job-steps";
import { jobTitle, stateWord } from "./job-words";

/** One job, followed until it ends. */
export function JobDetail({ jobId }: { jobId: string }) {
  const { data: job, error, mutate } = useJob(jobId);
  const log = useJobLog(jobId, () => void mutate());
  useTitle(job);

  if (!job) {
    if (error) return <JobRefused jobId={jobId} failure={error} onRetry={() => void mutate()} />;
    return <LoadingRows label="Loading the job" rows={8} />;
  }
  const running = !isTerminal(job.state);
  return (
    <>
      <PageHeader
        title={jobTitle(job)}
        summary={<Summary job={job} running={running} />}
        actions={
          running && job.state !== "unknown" ? (
            <CancelJob jobId={jobId} onCanceled={(next) => void mutate(next, { revalidate: true })} />
          ) : null
        }
      />
      <div className="space-y-5">
        <LoadFailure failure={error} what="The job" shown onRetry={() => void mutate()} />
        {job.state === "unknown" ? (
          <Alert tone="warn" title="How the last operation ended is not known yet">
            <p>
              It had been sent to {job.host} when contact with it ended. AetherV does not repeat it: the next
              good read of {job.host} settles it.
            </p>
          </Alert>
        ) : null}
        {job.error ? <JobError error={job.error} host={job.host} /> : null}
        {job.steps.length > 0 ? <JobSteps steps={job.steps} /> : null}
        <div className="grid gap-5 lg:grid-cols-[minmax(0,1fr)_22rem]">
          <JobLog log={log} />
          <div className="space-y-5">
            <JobOutputs outputs={job.outputs} />
            <JobRequest request={job.request} />
          </div>
        </div>
      </div>
    </>
  );
}

function Summary({ job, running }: { job: JobView; running: boolean }) {
  return (
    <>
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <span role="status">
          <span className="sr-only">Job </span>
          <JobStateBadge state={job.state} />
        </span>
        <span>
          on {job.host}, asked by {job.actor}, <Time iso={job.created_at} />
        </span>
        {job.started_at ? (
          <span>
            {running ? "for" : "took"} <Elapsed span={job} running={running} />
          </span>
        ) : null}
      </div>
      <div className="break-all font-mono text-xs leading-5">
        {job.job_id}
        {job.parent_job_id ? (
          <>
            {" · step of "}
            <TextLink href={`/jobs/${encodeURIComponent(job.parent_job_id)}`}>the deployment</TextLink>
          </>
        ) : null}
      </div>
    </>
  );
}

/** The tab tells how it stands while one looks elsewhere. */
function useTitle(job: JobView | undefined): void {
  const title = job ? `${stateWord(job.state)} · ${jobTitle(job)} · AetherV` : null;
  useEffect(() => {
    if (title !== null) document.title = title;
  }, [title]);
}
