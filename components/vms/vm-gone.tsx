import { vmListAddress } from "@/components/shared/addresses";
import { UnreachableHosts } from "@/components/shared/unreachable-hosts";
import { PageHeader } from "@/components/ui/page-header";
import { TextLink } from "@/components/ui/text-link";
import type { useJobs } from "@/lib/client/job-hooks";
import type { HostView, VmSummary } from "@/lib/domain/inventory";
import { visibleText } from "@/lib/domain/visible-text";
import { VmJobs } from "./vm-jobs";

interface VmGoneProps {
  vmId: string;
  /** What this page knew of it until now. */
  last: Pick<VmSummary, "vm_name" | "host"> | undefined;
  hosts: readonly HostView[];
  jobs: ReturnType<typeof useJobs>;
}

/** In the place of a VM that no host has: why that may be, and where to go on. */
export function VmGone({ vmId, last, hosts, jobs }: VmGoneProps) {
  const named = last?.vm_name ?? jobs.data?.jobs.find(({ vm_name }) => vm_name !== null)?.vm_name ?? null;
  return (
    <>
      <PageHeader
        title={named === null ? "There is no such VM" : `${visibleText(named)} is gone`}
        breadcrumbs={[{ label: "Virtual machines", href: "/vms" }]}
        summary={<span className="break-all font-mono text-xs">{vmId}</span>}
      />
      <div className="space-y-4">
        <div role="alert" className="max-w-prose space-y-2">
          <p>
            {last === undefined
              ? "No host lists a VM with this id: it was deleted, or there never was one."
              : `No host lists it any more. It was last on ${last.host}, and was deleted there, or moved to a host that AetherV is not configured for.`}
          </p>
          <p>
            <TextLink href={named === null ? "/vms" : vmListAddress("q", named)}>
              {named === null ? "All VMs" : `Look for VMs called ${visibleText(named)}`}
            </TextLink>
            {named === null ? null : (
              <>
                {" · "}
                <TextLink href="/vms">All VMs</TextLink>
              </>
            )}
          </p>
        </div>
        <UnreachableHosts hosts={hosts} />
        <section>
          <h2 className="mb-2 font-semibold">Its jobs</h2>
          <VmJobs jobs={jobs} />
        </section>
      </div>
    </>
  );
}
