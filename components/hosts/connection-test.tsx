"use client";

import { jobAddress } from "@/components/shared/addresses";
import { CheckSteps } from "@/components/shared/check-steps";
import { checkStepsOf, checkVerdict } from "@/components/shared/check-words";
import { shownRequest } from "@/components/shared/request-texts";
import { RequestTextsFold } from "@/components/shared/request-texts-fold";
import { Age } from "@/components/shared/time";
import { Card } from "@/components/ui/card";
import { TextLink } from "@/components/ui/text-link";
import type { JobView } from "@/lib/domain/job";

interface ConnectionTestProps {
  job: JobView;
  /** Somebody has asked for a test on this visit. */
  asked: boolean;
}

/** The last test of the connection to a host, while it runs and afterwards. */
export function ConnectionTest({ job, asked }: ConnectionTestProps) {
  const steps = checkStepsOf(job);
  // One that went well a while ago must not stand before what the page is about.
  const open = asked || job.state !== "succeeded";
  return (
    <Card
      flush
      title="Connection test"
      meta={
        <>
          <span role="status">{steps.length === 0 ? "It begins." : checkVerdict(steps)}</span>{" "}
          {job.ended_at === null ? null : (
            <>
              · <Age iso={job.ended_at} />
            </>
          )}
        </>
      }
      actions={<TextLink href={jobAddress(job.job_id)}>Its job</TextLink>}
    >
      <details open={open}>
        <summary className="min-h-6 cursor-pointer px-4 py-2 text-accent text-sm hover:underline">
          All steps
        </summary>
        <CheckSteps steps={steps} host={job.host} />
        <div className="border-line border-t px-4 py-2.5">
          <RequestTextsFold
            request={shownRequest("POST /hosts/{name}/check", { path: { name: job.host }, body: {} })}
          />
        </div>
      </details>
    </Card>
  );
}
