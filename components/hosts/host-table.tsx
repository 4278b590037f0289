import { clusterAddress, hostAddress } from "@/components/shared/addresses";
import { HOST_STATES } from "@/components/shared/host-state-badge";
import { NamedSpace, Space } from "@/components/shared/space";
import { Age } from "@/components/shared/time";
import { VcpuFigures } from "@/components/shared/vcpus";
import { NoValue } from "@/components/ui/no-value";
import { StateDot } from "@/components/ui/state-dot";
import { RowLink } from "@/components/ui/text-link";
import { type Column, VirtualTable } from "@/components/ui/virtual-table";
import type { HostRecord, HostView, StorageClassRecord } from "@/lib/domain/inventory";
import { tightestStorage } from "./host-order";
import { costWords } from "./refresh-cost";

interface HostTableProps {
  hosts: readonly HostView[];
  sort: string;
  onSort: (sort: string) => void;
}

/** Hosts, one a line. */
export function HostTable({ hosts, sort, onSort }: HostTableProps) {
  return (
    <VirtualTable
      caption="Hosts"
      columns={COLUMNS}
      rows={hosts}
      rowKey={rowKey}
      isMuted={isMuted}
      sort={sort}
      onSort={onSort}
      className="max-h-[max(20rem,calc(100dvh-14rem))]"
    />
  );
}

const rowKey = (host: HostView) => host.name;
const isMuted = (host: HostView) => host.state !== "online";

/** What its record says, where there is one. */
function known(host: HostView, cell: (record: HostRecord) => React.ReactNode): React.ReactNode {
  return host.record === null ? <NoValue what="not known" /> : cell(host.record);
}

const COLUMNS: readonly Column<HostView>[] = [
  {
    key: "name",
    header: "Host",
    width: 8.5,
    sortable: "ascending",
    cell: ({ name }) => <RowLink href={hostAddress(name)}>{name}</RowLink>,
  },
  { key: "state", header: "State", width: 7.5, sortable: "ascending", cell: (host) => <State host={host} /> },
  {
    key: "cluster",
    header: "Cluster",
    width: 7,
    sortable: "ascending",
    cell: (host) =>
      known(host, ({ cluster }) =>
        cluster === null ? (
          <span className="text-muted">standalone</span>
        ) : (
          <RowLink href={clusterAddress(cluster)}>{cluster}</RowLink>
        ),
      ),
  },
  {
    key: "vms",
    header: "VMs",
    width: 4,
    align: "right",
    sortable: "descending",
    cell: (host) =>
      known(host, () =>
        host.state === "online" ? (
          host.vm_count
        ) : (
          <span title={`${host.vm_count} last known`}>{host.vm_count}</span>
        ),
      ),
  },
  {
    key: "memory",
    header: "Memory free",
    width: 9,
    sortable: "ascending",
    cell: (host) => known(host, (record) => <Memory name={host.name} record={record} />),
  },
  {
    key: "vcpus",
    header: "vCPUs on CPUs",
    width: 10.5,
    align: "right",
    sortable: "descending",
    cell: (host) =>
      known(host, ({ logical_processors }) => (
        <VcpuFigures inline committed={host.committed_vcpus} logical={logical_processors} />
      )),
  },
  {
    key: "storage",
    header: "Least storage free",
    width: 9.5,
    sortable: "ascending",
    cell: (host) => known(host, () => <Storage of={host.name} storage={tightestStorage(host)} />),
  },
  {
    key: "as_of",
    header: "As of",
    width: 6,
    sortable: "ascending",
    cell: ({ as_of }) => (
      <span className="text-muted">{as_of === null ? "not read yet" : <Age iso={as_of} />}</span>
    ),
  },
  {
    key: "cost",
    header: "Last refresh",
    width: 8,
    sortable: "descending",
    cell: ({ refresh }) =>
      refresh === null ? (
        <NoValue what="not known" />
      ) : (
        <span className="text-muted">{costWords(refresh)}</span>
      ),
  },
];

function State({ host }: { host: HostView }) {
  const { tone, word } = HOST_STATES[host.state];
  return (
    <span className="inline-flex items-center gap-2" title={host.error?.message}>
      <StateDot tone={tone} />
      {word}
    </span>
  );
}

function Memory({ name, record }: { name: string; record: HostRecord }) {
  const { memory_available_bytes: free, memory_total_bytes: total } = record;
  return (
    <div className="leading-4">
      <Space brief label={`Memory of ${name}`} free={free} total={total} />
    </div>
  );
}

function Storage({ of, storage }: { of: string; storage: StorageClassRecord | null }) {
  if (storage === null) return <NoValue what="not known" />;
  const { name, free_bytes: free, capacity_bytes: total } = storage;
  if (free === null || total === null) return <span className="text-bad">{name} cannot be read</span>;
  return <NamedSpace name={name} of={of} free={free} total={total} />;
}
