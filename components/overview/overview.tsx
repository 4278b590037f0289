"use client";

import { HostStateBadge } from "@/components/hosts/host-state-badge";
import { NoHosts } from "@/components/hosts/no-hosts";
import { UnreachableHosts } from "@/components/hosts/unreachable-hosts";
import { JobTable } from "@/components/jobs/job-table";
import { NoJobs } from "@/components/jobs/no-jobs";
import { LoadFailure } from "@/components/shared/load-failure";
import { NewVmLink } from "@/components/shared/new-vm-link";
import { Age } from "@/components/shared/time";
import { LoadingRows } from "@/components/ui/loading";
import { Meter } from "@/components/ui/meter";
import { PageHeader } from "@/components/ui/page-header";
import { RowHeader, Table, Td, Th } from "@/components/ui/table";
import { TextLink } from "@/components/ui/text-link";
import { formatBytes } from "@/lib/client/format";
import { useHosts } from "@/lib/client/hooks";
import { useRecentJobs } from "@/lib/client/job-hooks";
import type { HostView } from "@/lib/domain/inventory";
import type { JobView } from "@/lib/domain/job";

/** The start page: how the hosts are, and what was done last. */
export function Overview() {
  const hosts = useHosts();
  const jobs = useRecentJobs();
  const recent = jobs.data?.jobs;
  return (
    <>
      <PageHeader title="Overview" actions={<NewVmLink />} />
      <div className="space-y-6">
        {hosts.data ? <UnreachableHosts hosts={hosts.data.hosts} /> : null}
        <section>
          <h2 className="mb-2 font-semibold">Hosts</h2>
          <LoadFailure
            failure={hosts.error}
            what="The hosts"
            shown={hosts.data !== undefined}
            onRetry={() => void hosts.mutate()}
          />
          {hosts.data ? (
            <HostTable hosts={hosts.data.hosts} />
          ) : hosts.error ? null : (
            <LoadingRows label="Loading the hosts" />
          )}
        </section>
        <section>
          <h2 className="mb-2 font-semibold">Recent jobs</h2>
          <LoadFailure
            failure={jobs.error}
            what="The jobs"
            shown={recent !== undefined}
            onRetry={() => void jobs.mutate()}
          />
          {recent ? (
            <RecentJobs jobs={recent} />
          ) : jobs.error ? null : (
            <LoadingRows label="Loading the jobs" />
          )}
        </section>
      </div>
    </>
  );
}

function RecentJobs({ jobs }: { jobs: readonly JobView[] }) {
  return jobs.length === 0 ? <NoJobs /> : <JobTable jobs={jobs} caption="Jobs at work, then the latest" />;
}

function HostTable({ hosts }: { hosts: readonly HostView[] }) {
  if (hosts.length === 0) return <NoHosts />;
  return (
    <Table
      caption="Hosts"
      head={
        <>
          <Th>Host</Th>
          <Th>State</Th>
          <Th>Cluster</Th>
          <Th className="text-right">VMs</Th>
          <Th className="w-56">Memory</Th>
          <Th>As of</Th>
        </>
      }
    >
      {hosts.map((host) => (
        <tr key={host.name} className="hover:bg-raised/60">
          <RowHeader>
            <TextLink href="/hosts">{host.name}</TextLink>
          </RowHeader>
          <Td>
            <HostStateBadge state={host.state} />
          </Td>
          <Td>{host.record ? (host.record.cluster ?? "standalone") : null}</Td>
          <Td className="text-right">{host.record ? host.vm_count : null}</Td>
          <Td>{host.record ? <Memory record={host.record} /> : null}</Td>
          <Td className="text-muted">{host.as_of ? <Age iso={host.as_of} /> : "not read yet"}</Td>
        </tr>
      ))}
    </Table>
  );
}

function Memory({ record }: { record: NonNullable<HostView["record"]> }) {
  const { memory_total_bytes: total, memory_available_bytes: free } = record;
  const text = `${formatBytes(free)} free of ${formatBytes(total)}`;
  return (
    <div className="min-w-40">
      {text}
      <Meter label="Memory in use" used={total - free} total={total} text={text} />
    </div>
  );
}
