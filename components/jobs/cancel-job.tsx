"use client";

import { useState } from "react";
import { FailureAlert } from "@/components/shared/failure-alert";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { cancelJob } from "@/lib/client/resources";
import type { JobView } from "@/lib/domain/job";

interface CancelJobProps {
  jobId: string;
  onCanceled: (job: JobView) => void;
}

export function CancelJob({ jobId, onCanceled }: CancelJobProps) {
  const [pending, setPending] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);

  async function cancel() {
    setPending(true);
    setFailure(null);
    try {
      onCanceled(await cancelJob(jobId));
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
        title="Cancel this job?"
        confirm="Cancel the job"
        dismiss="Let it go on"
        pending={pending}
        onConfirm={() => void cancel()}
      >
        <p>
          What the job has created so far stays on the host. An operation that has started there may still go
          on: its outcome is unknown until the host is read again.
        </p>
      </ConfirmDialog>
      {failure === null ? null : <FailureAlert failure={failure} title="The job was not canceled" />}
    </div>
  );
}
