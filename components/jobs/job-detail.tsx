"use client";

import { Play, RotateCcw } from "lucide-react";
import Link from "next/link";
import { continueAddress, jobAddress, retryAddress, vmAddress } from "@/components/shared/addresses";
import { LoadFailure } from "@/components/shared/load-failure";
import { Time } from "@/components/shared/time";
import { usePageTitle } from "@/components/shared/use-page-title";
import { Alert } from "@/components/ui/alert";
import { buttonLook } from "@/components/ui/button";
import { LoadingRows } from "@/components/ui/loading";
import { PageHeader } from "@/components/ui/page-header";
import { TextLink } from "@/components/ui/text-link";
import { useJob, useJobLog } from "@/lib/client/job-hooks";
import { useUnfinished } from "@/lib/client/unfinished";
import { isTerminal, type JobView } from "@/lib/domain/job";
import { CancelJob } from "./cancel-job";
import { Elapsed } from "./elapsed";
import { FollowJob, useNoticeRead } from "./follow-job";
import { JobError } from "./job-error";
import { JobFacts } from "./job-facts";
import { JobLog } from "./job-log";
import { JobRefused } from "./job-refused";
import { JobStateBadge } from "./job-state-badge";
import { JobSteps } from "./job-steps";
import { jobTitle, stateWord } from "./job-words";

/** One job, followed until it ends. */
export function JobDetail({ jobId }: { jobId: string }) {
  const { data: job, error, mutate } = useJob(jobId);
  const log = useJobLog(jobId, () => void mutate());
  // The tab tells how it stands while one looks elsewhere.
  usePageTitle(job && `${stateWord(job.state)} · ${jobTitle(job)}`);
  useNoticeRead(jobId);

  if (!job) {
    if (error) return <JobRefused jobId={jobId} failure={error} onRetry={() => void mutate()} />;
    return (
      <>
        <PageHeader title="Job" />
        <LoadingRows label="Loading the job" rows={8} />
      </>
    );
  }
  return (
    <>
      <PageHeader
        title={jobTitle(job)}
        summary={<Summary job={job} />}
        actions={<Actions job={job} onCanceled={(next) => void mutate(next, { revalidate: true })} />}
      />
      <div className="space-y-5">
        <LoadFailure failure={error} what="The job" shown onRetry={() => void mutate()} />
        <Waiting job={job} />
        <JobError job={job} />
        {job.steps.length > 0 ? <JobSteps steps={job.steps} /> : null}
        <div className="grid gap-5 lg:grid-cols-[minmax(0,1fr)_20rem] xl:grid-cols-[minmax(0,1fr)_22rem]">
          <JobLog log={log} job={job} />
          <div className="min-w-0 space-y-5">
            <JobFacts job={job} />
          </div>
        </div>
      </div>
    </>
  );
}

/** What can be done with it as it stands. */
function Actions({ job, onCanceled }: { job: JobView; onCanceled: (job: JobView) => void }) {
  if (!isTerminal(job.state)) {
    const cancelable = job.state !== "unknown" && !job.cancel_requested;
    return (
      <>
        <FollowJob job={job} />
        {cancelable ? <CancelJob job={job} onCanceled={onCanceled} /> : null}
      </>
    );
  }
  if (job.kind !== "managed_deployment" || job.state === "succeeded") return null;
  return <TryAgain job={job} />;
}

/** Where something exists that can be gone on with, that is the shorter way. */
function TryAgain({ job }: { job: JobView }) {
  const left = useUnfinished().data?.deployments.find(
    ({ deployment_id, vm_id }) => deployment_id === job.job_id || vm_id === job.vm_id,
  );
  return (
    <>
      {left === undefined ? null : (
        <Link href={continueAddress(left.deployment_id)} prefetch={false} className={buttonLook("primary")}>
          <Play aria-hidden="true" className="size-4" />
          Continue
        </Link>
      )}
      <Link href={retryAddress(job.job_id)} className={buttonLook(left === undefined ? "primary" : "plain")}>
        <RotateCcw aria-hidden="true" className="size-4" />
        Edit and retry
      </Link>
    </>
  );
}

/** Why it goes neither on nor to an end. */
function Waiting({ job }: { job: JobView }) {
  if (job.state === "unknown") {
    return (
      <Alert tone="warn" title="How the last operation ended is not known yet">
        <p>
          It had been sent to {job.host} when contact with it ended. AetherV does not repeat it: the next good
          read of {job.host} settles it. Until then there is nothing to cancel.
        </p>
      </Alert>
    );
  }
  if (!job.cancel_requested || isTerminal(job.state)) return null;
  return (
    <Alert tone="warn" title="The job was asked to stop">
      <p>It ends once the operation under way on {job.host} has been stopped.</p>
    </Alert>
  );
}

function Summary({ job }: { job: JobView }) {
  const running = !isTerminal(job.state);
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
            <TextLink href={jobAddress(job.parent_job_id)}>the deployment</TextLink>
          </>
        ) : null}
        {job.vm_id ? (
          <>
            {" · "}
            <TextLink href={vmAddress(job.vm_id)}>the VM</TextLink>
          </>
        ) : null}
      </div>
    </>
  );
}
