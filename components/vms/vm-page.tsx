"use client";

import { Copy } from "lucide-react";
import Link from "next/link";
import { duplicateAddress } from "@/components/shared/addresses";
import { FailureAlert } from "@/components/shared/failure-alert";
import { LoadFailure } from "@/components/shared/load-failure";
import { usePageTitle } from "@/components/shared/use-page-title";
import { VisibleText } from "@/components/shared/visible-text";
import { buttonLook } from "@/components/ui/button";
import { LoadingRows } from "@/components/ui/loading";
import { PageHeader } from "@/components/ui/page-header";
import { Tabs } from "@/components/ui/tabs";
import { usePower } from "@/components/vm-actions/use-power";
import { useRefreshAfterJobs } from "@/components/vm-actions/use-refresh-after-jobs";
import { VmActions } from "@/components/vm-actions/vm-actions";
import { useTabParameter } from "@/lib/client/address";
import { isLasting } from "@/lib/client/api";
import { useInventory, useVm } from "@/lib/client/hooks";
import { useJobs } from "@/lib/client/job-hooks";
import type { HostView, VmView } from "@/lib/domain/inventory";
import type { JobView } from "@/lib/domain/job";
import { visibleText } from "@/lib/domain/visible-text";
import { VmDisks } from "./vm-disks";
import { VmGone } from "./vm-gone";
import { VmMarks, VmPlace } from "./vm-header";
import { VmJobs } from "./vm-jobs";
import { VmNics } from "./vm-nics";
import { VmNotes } from "./vm-notes";
import { VmNotices } from "./vm-notices";
import { VmOverview } from "./vm-overview";
import { VmUnfinished } from "./vm-unfinished";

/** How many of a VM's jobs its page lists. */
const JOBS_SHOWN = 100;
const NO_JOBS: readonly JobView[] = [];
const CRUMBS = [{ label: "Virtual machines", href: "/vms" }];

/** One VM, as its host last told of it. */
export function VmPage({ vmId }: { vmId: string }) {
  const { data: vm, error, mutate } = useVm(vmId);
  const { inventory } = useInventory();
  const jobs = useJobs(`vm:${vmId}`, () => ({ vm_id: vmId, top_level: true, limit: JOBS_SHOWN }));
  // What the lists know of it stands there at once, until all that is known has come.
  const known = vm ?? inventory?.vmById.get(vmId);
  const power = usePower(vm);
  usePageTitle(known && visibleText(known.vm_name));
  useRefreshAfterJobs(jobs.data?.jobs ?? NO_JOBS, mutate);

  if (isLasting(error)) {
    return <VmGone vmId={vmId} last={known} hosts={inventory?.hosts ?? []} jobs={jobs} />;
  }
  const host = known === undefined ? undefined : inventory?.hostByName.get(known.host);
  return (
    <>
      <PageHeader
        title={known ? <VisibleText text={known.vm_name} /> : "VM"}
        breadcrumbs={CRUMBS}
        meta={known ? <VmMarks vm={known} stale={vm?.stale ?? host?.state === "unreachable"} /> : null}
        summary={known ? <VmPlace hostName={known.host} host={host} asOf={vm?.as_of ?? host?.as_of} /> : vmId}
        actions={
          <>
            {known ? (
              <Link href={duplicateAddress(vmId)} prefetch={false} className={buttonLook()}>
                <Copy aria-hidden="true" className="size-4 text-muted" />
                Duplicate
              </Link>
            ) : null}
            {vm ? <VmActions vm={vm} power={power} /> : null}
          </>
        }
      />
      <div className="space-y-4">
        <LoadFailure failure={error} what="The VM" shown={vm !== undefined} onRetry={() => void mutate()} />
        {power.failure ? <FailureAlert failure={power.failure} /> : null}
        {vm ? (
          <>
            <VmUnfinished vmId={vmId} />
            <VmNotices vm={vm} hosts={inventory?.hosts ?? []} jobs={jobs.data?.jobs ?? []} />
            <VmParts vm={vm} host={host} jobs={jobs} />
          </>
        ) : error ? null : (
          <LoadingRows label="Loading the VM" rows={8} />
        )}
      </div>
    </>
  );
}

const TABS = ["overview", "disks", "nics", "notes", "jobs"] as const;

interface VmPartsProps {
  vm: VmView;
  host: HostView | undefined;
  jobs: ReturnType<typeof useJobs>;
}

function VmParts({ vm, host, jobs }: VmPartsProps) {
  const [tab, show] = useTabParameter(TABS);
  return (
    <Tabs
      label={`Parts of ${visibleText(vm.vm_name)}`}
      value={tab}
      onChange={show}
      tabs={[
        {
          name: "Overview",
          value: "overview",
          content: <VmOverview vm={vm} host={host} jobs={jobs.data?.jobs ?? []} />,
        },
        { name: "Disks", value: "disks", count: vm.disks.length, content: <VmDisks vm={vm} host={host} /> },
        { name: "Network adapters", value: "nics", count: vm.nics.length, content: <VmNics vm={vm} /> },
        { name: "Notes", value: "notes", content: <VmNotes notes={vm.notes} /> },
        { name: "Jobs", value: "jobs", count: jobs.data?.total, content: <VmJobs jobs={jobs} /> },
      ]}
    />
  );
}
