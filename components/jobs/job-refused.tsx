import { vmAddress } from "@/components/shared/addresses";
import { LoadFailure } from "@/components/shared/load-failure";
import { VisibleText } from "@/components/shared/visible-text";
import { PageHeader } from "@/components/ui/page-header";
import { TextLink } from "@/components/ui/text-link";
import { isLasting } from "@/lib/client/api";

interface JobRefusedProps {
  jobId: string;
  failure: unknown;
  onRetry: () => void;
}

/** In a job's place, where the server has none to show. */
export function JobRefused({ jobId, failure, onRetry }: JobRefusedProps) {
  const summary = <span className="break-all font-mono text-xs">{jobId}</span>;
  if (!isLasting(failure)) {
    return (
      <>
        <PageHeader title="Job" summary={summary} />
        <LoadFailure failure={failure} what="The job" shown={false} onRetry={onRetry} />
      </>
    );
  }
  const { vm } = failure.problem;
  return (
    <>
      <PageHeader title={failure.problem.title} summary={summary} />
      <div className="max-w-prose space-y-2 [overflow-wrap:anywhere]">
        <p>{failure.problem.detail}</p>
        {vm ? (
          <p>
            <TextLink href={vmAddress(vm.vm_id)}>
              Look at VM <VisibleText text={vm.vm_name} />
            </TextLink>{" "}
            as Hyper-V on {vm.host} says it is.
          </p>
        ) : null}
        <p>
          AetherV keeps jobs in memory: until the server restarts, and a limited number of them for a limited
          time. What a job made is kept by Hyper-V.
        </p>
        <p>
          <TextLink href="/vms">All VMs</TextLink> · <TextLink href="/jobs">The jobs that are kept</TextLink>
        </p>
      </div>
    </>
  );
}
