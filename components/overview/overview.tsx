"use client";

import Link from "next/link";
import { HostStateBadge } from "@/components/hosts/host-state-badge";
import { UnreachableHosts } from "@/components/hosts/unreachable-hosts";
import { JobTable } from "@/components/jobs/job-table";
import { FailureAlert } from "@/components/shared/failure-alert";
import { Age } from "@/components/shared/time";
import { buttonLook } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import { LoadingRows } from "@/components/ui/loading";
import { Meter } from "@/components/ui/meter";
import { PageHeader } from "@/components/ui/page-header";
import { RowHeader, Table, Td, Th } from "@/components/ui/table";
import { TextLink } from "@/components/ui/text-link";
import { formatBytes } from "@/lib/client/format";
import { useHosts, useJobs } from "@/lib/client/hooks";
import type { HostView } from "@/lib/domain/inventory";

const RECENT = 8;

/** The start page: how the hosts are, and what was done last. */
export function Overview() {
  const hosts = useHosts();
  const jobs = useJobs({ limit: 100 });
  const recent = jobs.data?.jobs.filter((job) => job.parent_job_id === null).slice(0, RECENT);
  return (
    <>
      <PageHeader
        title="Overview"
        actions={
          <Link href="/vms/new" className={buttonLook("primary")}>
            New VM
          </Link>
        }
      />
      <div className="space-y-6">
        {hosts.data ? <UnreachableHosts hosts={hosts.data.hosts} /> : null}
        <section>
          <h2 className="mb-2 font-semibold">Hosts</h2>
          {hosts.error ? <FailureAlert failure={hosts.error} onRetry={() => void hosts.mutate()} /> : null}
          {hosts.data ? (
            <HostTable hosts={hosts.data.hosts} />
          ) : hosts.error ? null : (
            <LoadingRows label="Loading the hosts" />
          )}
        </section>
        <section>
          <h2 className="mb-2 font-semibold">Recent jobs</h2>
          {jobs.error ? <FailureAlert failure={jobs.error} onRetry={() => void jobs.mutate()} /> : null}
          {recent ? (
            recent.length > 0 ? (
              <JobTable jobs={recent} caption="Recent jobs" />
            ) : (
              <Empty title="No jobs since the server started">
                <TextLink href="/vms/new">Create a VM</TextLink> and its job appears here.
              </Empty>
            )
          ) : jobs.error ? null : (
            <LoadingRows label="Loading the jobs" />
          )}
        </section>
      </div>
    </>
  );
}

function HostTable({ hosts }: { hosts: readonly HostView[] }) {
  if (hosts.length === 0) {
    return (
      <Empty title="No hosts are configured">Name them in aetherv.config.json and restart the server.</Empty>
    );
  }
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
