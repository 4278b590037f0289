"use client";

import { useMemo } from "react";
import { AttentionList } from "@/components/attention/attention-list";
import { JobTable } from "@/components/jobs/job-table";
import { NoJobs } from "@/components/jobs/no-jobs";
import { LoadFailure } from "@/components/shared/load-failure";
import { NewVmLink } from "@/components/shared/new-vm-link";
import { NoHosts } from "@/components/shared/no-hosts";
import { Age } from "@/components/shared/time";
import { LoadingRows } from "@/components/ui/loading";
import { PageHeader } from "@/components/ui/page-header";
import { TextLink } from "@/components/ui/text-link";
import { serverNow } from "@/lib/client/api";
import { useInventory } from "@/lib/client/hooks";
import type { Inventory } from "@/lib/client/inventory";
import { useRecentJobs, useTroubledJobs } from "@/lib/client/job-hooks";
import { useUnfinished } from "@/lib/client/unfinished";
import { attentionOf } from "@/lib/domain/attention";
import { type Capacity, capacityOf } from "@/lib/domain/capacity";
import { clustersOf } from "@/lib/domain/cluster";
import type { JobView } from "@/lib/domain/job";
import type { UnfinishedDeployment } from "@/lib/domain/unfinished-deployment";
import { CapacityTable } from "./capacity-table";
import { FleetFigures } from "./fleet-figures";

/** The start page: what needs attention, where there is room, and what was done last. */
export function Overview() {
  const { inventory, error, refresh } = useInventory();
  return (
    <>
      <PageHeader title="Overview" actions={<NewVmLink />} />
      <div className="space-y-6">
        <LoadFailure
          failure={error}
          what="The hosts"
          shown={inventory !== undefined}
          onRetry={() => void refresh()}
        />
        {inventory ? (
          <Fleet inventory={inventory} />
        ) : error ? null : (
          <LoadingRows label="Loading the hosts" rows={8} />
        )}
        <RecentJobs />
      </div>
    </>
  );
}

function Fleet({ inventory }: { inventory: Inventory }) {
  const { hosts, vms } = inventory;
  const jobs = useTroubledJobs().data ?? NONE;
  const unfinished = useUnfinished().data?.deployments ?? NONE_LEFT;
  const capacity = useMemo(() => capacityOf(hosts), [hosts]);
  const items = useMemo(
    () => attentionOf({ hosts, clusters: clustersOf(hosts), vms, jobs, unfinished, now: serverNow() }),
    [hosts, vms, jobs, unfinished],
  );
  if (hosts.length === 0) return <NoHosts />;
  return (
    <>
      {capacity.as_of === null && items.length === 0 ? (
        <p role="status" className="rounded-lg border border-line bg-surface px-4 py-3 text-muted">
          The hosts are being read for the first time.
        </p>
      ) : (
        <AttentionList items={items} calm={<Calm capacity={capacity} />} />
      )}
      <FleetFigures hosts={hosts} vms={vms} capacity={capacity} />
      <section>
        <div className="mb-2 flex flex-wrap items-baseline gap-x-3">
          <h2 className="font-semibold">Capacity</h2>
          <p className="text-muted text-sm">
            <Counted capacity={capacity} />
          </p>
        </div>
        <CapacityTable hosts={hosts} total={capacity} />
      </section>
    </>
  );
}

const NONE: readonly JobView[] = [];
const NONE_LEFT: readonly UnfinishedDeployment[] = [];

function Calm({ capacity: { hosts, hosts_counted: counted, as_of } }: { capacity: Capacity }) {
  if (as_of === null) return null;
  const who =
    counted < hosts ? `${counted} of ${hosts} hosts` : hosts === 1 ? "The host" : `All ${hosts} hosts`;
  return (
    <>
      {who} answered, the oldest answer <Age iso={as_of} />.
    </>
  );
}

function Counted({ capacity: { hosts, hosts_counted: counted, as_of } }: { capacity: Capacity }) {
  return (
    <>
      {counted < hosts ? `${counted} of ${hosts} hosts` : "all hosts"}
      {as_of === null ? null : (
        <>
          , as of <Age iso={as_of} />
        </>
      )}
      ; a volume that hosts share counts once
    </>
  );
}

function RecentJobs() {
  const { data, error, mutate } = useRecentJobs();
  const jobs = data?.jobs;
  return (
    <section>
      <div className="mb-2 flex items-baseline justify-between gap-x-3">
        <h2 className="font-semibold">Recent jobs</h2>
        <TextLink href="/jobs" className="text-sm">
          All jobs
        </TextLink>
      </div>
      <LoadFailure failure={error} what="The jobs" shown={jobs !== undefined} onRetry={() => void mutate()} />
      {jobs === undefined ? (
        error ? null : (
          <LoadingRows label="Loading the jobs" />
        )
      ) : jobs.length === 0 ? (
        <NoJobs />
      ) : (
        <JobTable jobs={jobs} caption="Jobs at work, then the latest" />
      )}
    </section>
  );
}
