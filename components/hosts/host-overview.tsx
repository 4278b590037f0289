"use client";

import { clusterAddress, hostAddress } from "@/components/shared/addresses";
import { NodeStateBadge } from "@/components/shared/node-state-badge";
import { HostMemory, StorageSpace } from "@/components/shared/space";
import { Age, Time } from "@/components/shared/time";
import { VcpuWords } from "@/components/shared/vcpus";
import { Card } from "@/components/ui/card";
import { Facts } from "@/components/ui/facts";
import { TextLink } from "@/components/ui/text-link";
import { useNow } from "@/lib/client/hooks";
import { formatDuration } from "@/lib/domain/amounts";
import type { ClusterView } from "@/lib/domain/cluster";
import type { HostRecord, HostView } from "@/lib/domain/inventory";
import { readTime, receivedWords } from "./refresh-cost";

interface HostOverviewProps {
  host: HostView;
  record: HostRecord;
  cluster: ClusterView | undefined;
}

/** A host's room, its place in a cluster, and what reading it cost. */
export function HostOverview({ host, record, cluster }: HostOverviewProps) {
  return (
    <div className="grid items-start gap-4 lg:grid-cols-2">
      <Card title="Capacity">
        <Facts
          layout="rows"
          facts={[
            { term: "Memory", value: <HostMemory name={host.name} record={record} /> },
            {
              term: "Processors",
              value: <VcpuWords committed={host.committed_vcpus} logical={record.logical_processors} />,
            },
            ...record.storage_classes.map((storage) => ({
              term: `Storage ${storage.name}`,
              value: <StorageSpace storage={storage} of={host.name} />,
            })),
            {
              term: "New VMs go to",
              value: record.virtual_machines_path ? (
                <span className="font-mono">{record.virtual_machines_path}</span>
              ) : (
                <span className="text-muted">Hyper-V's own folder</span>
              ),
            },
          ]}
        />
      </Card>
      <div className="space-y-4">
        <Card title="Cluster">
          {cluster ? (
            <Membership host={host} cluster={cluster} />
          ) : (
            <p className="text-muted">
              This host stands by itself. Its VMs cannot be made highly available, and stop when it stops.
            </p>
          )}
        </Card>
        <Card title="Last refresh">
          <LastRefresh host={host} />
        </Card>
      </div>
    </div>
  );
}

function Membership({ host, cluster }: { host: HostView; cluster: ClusterView }) {
  return (
    <>
      <p>
        A node of <TextLink href={clusterAddress(cluster.name)}>{cluster.name}</TextLink>
      </p>
      <ul className="mt-2 divide-y divide-line">
        {cluster.nodes.map((node) => (
          <li key={node.name} className="flex min-h-8 flex-wrap items-center justify-between gap-x-3">
            <span className="min-w-0 break-words">
              {node.host === null ? (
                <>
                  {node.name} <span className="text-muted">not configured in AetherV</span>
                </>
              ) : node.host === host.name ? (
                <>
                  {node.host} <span className="text-muted">this host</span>
                </>
              ) : (
                <TextLink href={hostAddress(node.host)} prefetch={false}>
                  {node.host}
                </TextLink>
              )}
            </span>
            <NodeStateBadge state={node.state} />
          </li>
        ))}
      </ul>
    </>
  );
}

function LastRefresh({ host: { as_of, refresh, next_read_at } }: { host: HostView }) {
  return (
    <Facts
      layout="rows"
      facts={[
        {
          term: "Read",
          value:
            as_of === null ? (
              "not yet"
            ) : (
              <>
                <Age iso={as_of} />{" "}
                <span className="text-muted">
                  at <Time iso={as_of} />
                </span>
              </>
            ),
        },
        { term: "Next read", value: next_read_at === null ? "not planned" : <Until iso={next_read_at} /> },
        ...(refresh === null
          ? []
          : [
              { term: "Took", value: readTime(refresh.duration_ms) },
              { term: "WinRM round trips", value: refresh.round_trips },
              { term: "Received", value: receivedWords(refresh.received_bytes) },
            ]),
      ]}
    />
  );
}

/** `in 40 s`; a moment that is over is about to come. */
function Until({ iso }: { iso: string }) {
  const now = useNow();
  if (now === 0) return null;
  const left = Date.parse(iso) - now;
  return left < 1_000 ? "any moment" : `in ${formatDuration(left)}`;
}
