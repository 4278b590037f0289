import { jobAddress } from "@/components/shared/addresses";
import { TextLink } from "@/components/ui/text-link";
import { isTerminal, type JobStep } from "@/lib/domain/job";
import { Elapsed } from "./elapsed";
import { JobStateBadge } from "./job-state-badge";
import { stepWord } from "./job-words";

/** A deployment's steps in their order, each with its state and how long it took. */
export function JobSteps({ steps }: { steps: readonly JobStep[] }) {
  return (
    <ol
      aria-label="Steps"
      className="grid divide-y divide-line overflow-hidden rounded-lg border border-line bg-surface sm:grid-cols-2 sm:divide-y-0 xl:grid-cols-4"
    >
      {steps.map((step, index) => (
        <li
          key={step.name}
          className="flex min-w-0 gap-2.5 border-line px-3 py-2.5 sm:border-l sm:first:border-l-0"
        >
          <span aria-hidden="true" className="text-muted">
            {index + 1}
          </span>
          <div className="min-w-0">
            <div className="font-medium">
              {step.job_id ? (
                <TextLink href={jobAddress(step.job_id)}>{stepWord(step.name)}</TextLink>
              ) : (
                stepWord(step.name)
              )}
            </div>
            <div className="mt-1 flex flex-wrap items-center gap-2 text-muted">
              <JobStateBadge state={step.state} />
              <Elapsed span={step} running={step.state !== "pending" && !isTerminal(step.state)} />
            </div>
          </div>
        </li>
      ))}
    </ol>
  );
}
