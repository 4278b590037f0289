"use client";

import { useState } from "react";
import { FailureAlert } from "@/components/shared/failure-alert";
import { shownRequest } from "@/components/shared/request-texts";
import { RequestTextsFold } from "@/components/shared/request-texts-fold";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { cancelJob } from "@/lib/client/resources";
import type { JobView } from "@/lib/domain/job";
import { stepWord } from "./job-words";

interface CancelJobProps {
  job: JobView;
  onCanceled: (job: JobView) => void;
}

/** Asks a job to stop, after saying what that means as it stands now. */
export function CancelJob({ job, onCanceled }: CancelJobProps) {
  const [pending, setPending] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);

  async function cancel() {
    setPending(true);
    setFailure(null);
    try {
      onCanceled(await cancelJob(job.job_id));
    } catch (error) {
      setFailure(error);
    } finally {
      setPending(false);
    }
  }

  return (
    <div className="space-y-2">
      <ConfirmDialog
        label="Cancel job"
        title={job.parent_job_id === null ? "Cancel this job?" : "Cancel this step?"}
        confirm={job.parent_job_id === null ? "Cancel the job" : "Cancel the step"}
        dismiss="Let it go on"
        pending={pending}
        onConfirm={() => void cancel()}
        foot={
          <RequestTextsFold
            request={shownRequest("POST /jobs/{job_id}/cancel", { path: { job_id: job.job_id } })}
          />
        }
      >
        <Meaning job={job} />
      </ConfirmDialog>
      {failure === null ? null : <FailureAlert failure={failure} title="The job was not canceled" />}
    </div>
  );
}

function Meaning({ job }: { job: JobView }) {
  const done = job.steps.filter(({ state }) => state === "succeeded").map(({ name }) => stepWord(name));
  const current = job.steps.find(({ state }) => state === "running" || state === "queued")?.name;
  if (job.state === "queued" && done.length === 0) {
    return <p>It waits for its turn: nothing was sent to {job.host}, and nothing will be left behind.</p>;
  }
  return (
    <div className="space-y-2">
      {done.length > 0 ? (
        <p>
          What exists stays on {job.host}: {done.join(", ")}.
        </p>
      ) : null}
      <p>
        {current ? `The step under way (${stepWord(current)})` : "The operation under way"} is stopped. What
        had started on {job.host} may still be carried out: until the host was read again, the job's outcome
        is unknown.
      </p>
      {job.parent_job_id === null ? null : <p>The deployment that it is a step of fails with it.</p>}
    </div>
  );
}
