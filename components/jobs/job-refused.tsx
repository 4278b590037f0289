import { FailureAlert } from "@/components/shared/failure-alert";
import { PageHeader } from "@/components/ui/page-header";
import { TextLink } from "@/components/ui/text-link";
import { ApiProblem } from "@/lib/client/api";

interface JobRefusedProps {
  jobId: string;
  failure: unknown;
  onRetry: () => void;
}

/** In a job's place, where the server has none to show. */
export function JobRefused({ jobId, failure, onRetry }: JobRefusedProps) {
  const gone = failure instanceof ApiProblem && failure.problem.status === 410;
  const missing = failure instanceof ApiProblem && failure.problem.status === 404;
  if (!gone && !missing) {
    return (
      <>
        <PageHeader title="Job" summary={<span className="break-all font-mono text-xs">{jobId}</span>} />
        <FailureAlert failure={failure} title="The job could not be loaded" onRetry={onRetry} />
      </>
    );
  }
  return (
    <>
      <PageHeader
        title={gone ? "This job belongs to an earlier run of the server" : "There is no such job"}
        summary={<span className="break-all font-mono text-xs">{jobId}</span>}
      />
      <div className="max-w-prose space-y-2">
        <p>
          {gone
            ? "AetherV keeps jobs in memory only, and its server has been restarted since. How the job ended can be seen in what it made: Hyper-V keeps that, and the list of VMs shows it."
            : "It may have been removed since: AetherV keeps a limited number of jobs, for a limited time."}
        </p>
        <p>
          <TextLink href="/vms">Look at the VMs</TextLink> or{" "}
          <TextLink href="/jobs">at the jobs that are kept</TextLink>.
        </p>
      </div>
    </>
  );
}
