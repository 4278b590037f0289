import { jobWord } from "@/components/jobs/job-words";
import { jobAddress } from "@/components/shared/addresses";
import { Time } from "@/components/shared/time";
import { Card } from "@/components/ui/card";
import { CodeText } from "@/components/ui/code-text";
import { StateDot } from "@/components/ui/state-dot";
import { TextLink } from "@/components/ui/text-link";
import type { JobView } from "@/lib/domain/job";

/** The jobs on a VM that failed, of those that are kept, with what to do next; nothing where none did. */
export function VmFailures({ jobs }: { jobs: readonly JobView[] }) {
  const failed = jobs.filter(({ state }) => state === "failed");
  if (failed.length === 0) return null;
  return (
    <Card title="Failed jobs" meta={String(failed.length)} flush>
      <ul className="divide-y divide-line">
        {failed.map((job) => (
          <li key={job.job_id} className="space-y-0.5 px-4 py-2.5 text-sm">
            <p className="flex flex-wrap items-center gap-x-2">
              <StateDot tone="bad" />
              <TextLink href={jobAddress(job.job_id)}>{jobWord(job)}</TextLink>
              <span className="text-muted">
                asked by {job.actor}, <Time iso={job.created_at} />
              </span>
            </p>
            {job.error === null ? null : (
              <>
                <p className="font-medium [overflow-wrap:anywhere]">{job.error.message}</p>
                <p className="text-muted">
                  <CodeText text={job.error.next} />
                </p>
              </>
            )}
          </li>
        ))}
      </ul>
    </Card>
  );
}
