import { vmAddress } from "@/components/shared/addresses";
import type { SortValue } from "@/components/shared/order-by";
import { Age } from "@/components/shared/time";
import { VisibleText } from "@/components/shared/visible-text";
import { NoValue } from "@/components/ui/no-value";
import { RowLink } from "@/components/ui/text-link";
import type { Column } from "@/components/ui/virtual-table";
import { formatBytes, formatDuration } from "@/lib/domain/amounts";
import type { VmState as State, VmSummary } from "@/lib/domain/inventory";
import { visibleText } from "@/lib/domain/visible-text";
import { RowActions } from "./row-actions";
import type { VmRow } from "./vm-row";
import { VmState } from "./vm-state";
import { roleFace } from "./vm-words";

/** A column of VMs: what it sorts by, and how it is drawn. */
export interface VmColumn extends Column<VmRow> {
  sortBy: (row: VmRow) => SortValue;
}

const EVERY: readonly VmColumn[] = [
  {
    ...{ key: "name", header: "Name", width: 13, sortable: "ascending" },
    sortBy: ({ vm }) => vm.vm_name,
    cell: ({ vm }) => (
      <RowLink href={vmAddress(vm.vm_id)} title={visibleText(vm.vm_name)}>
        <VisibleText text={vm.vm_name} />
      </RowLink>
    ),
  },
  {
    ...{ key: "state", header: "State", width: 7.5, sortable: "ascending" },
    sortBy: ({ vm }) => urgencyOf(vm),
    cell: ({ vm, stale }) => <VmState vm={vm} stale={stale} />,
  },
  {
    ...{ key: "host", header: "Host", width: 7.5, sortable: "ascending" },
    sortBy: ({ vm }) => vm.host,
    cell: ({ vm }) => <Text>{vm.host}</Text>,
  },
  {
    ...{ key: "cluster", header: "Cluster", width: 8, sortable: "ascending" },
    sortBy: ({ cluster }) => cluster,
    cell: ({ cluster }) => (cluster === null ? <NoValue what="In no cluster" /> : <Text>{cluster}</Text>),
  },
  {
    ...{ key: "cpus", header: "CPUs", width: 4.75, align: "right", sortable: "descending" },
    sortBy: ({ vm }) => vm.cpu_cores,
    cell: ({ vm }) => vm.cpu_cores,
  },
  {
    ...{ key: "load", header: "CPU load", width: 6, align: "right", sortable: "descending" },
    sortBy: ({ vm }) => vm.cpu_load_percent,
    cell: ({ vm: { cpu_load_percent: load } }) =>
      load === null ? <NoValue what="Does not run" /> : `${load} %`,
  },
  {
    ...{ key: "memory", header: "Memory", width: 5.75, align: "right", sortable: "descending" },
    sortBy: ({ vm }) => memoryOf(vm),
    cell: ({ vm }) => formatBytes(memoryOf(vm)),
  },
  {
    ...{ key: "disks", header: "Disks", width: 7.5, align: "right", sortable: "descending" },
    sortBy: ({ vm }) => vm.disk_bytes,
    cell: ({ vm: { disk_count, disk_bytes } }) =>
      disk_count === 0 ? <NoValue what="No disk" /> : `${disk_count} · ${formatBytes(disk_bytes)}`,
  },
  {
    ...{ key: "networks", header: "Networks", width: 8, sortable: "ascending" },
    sortBy: ({ vm }) => vm.networks.join(", ") || null,
    cell: ({ vm }) => <Several values={vm.networks} none="No network" />,
  },
  {
    ...{ key: "addresses", header: "Addresses", width: 8.5, sortable: "ascending" },
    sortBy: ({ vm }) => reachableAt(vm)[0] ?? null,
    cell: ({ vm }) => <Several values={reachableAt(vm)} none="No address" mono />,
  },
  {
    ...{ key: "os", header: "Guest OS", width: 13, sortable: "ascending" },
    sortBy: ({ vm }) => vm.guest_os,
    cell: ({ vm }) => (vm.guest_os === null ? <NoValue what="Not told" /> : <Text>{vm.guest_os}</Text>),
  },
  {
    ...{ key: "uptime", header: "Uptime", width: 6.5, align: "right", sortable: "descending" },
    sortBy: ({ vm }) => vm.uptime_ms || null,
    cell: ({ vm }) => (vm.uptime_ms > 0 ? formatDuration(vm.uptime_ms) : <NoValue what="Not up" />),
  },
  {
    ...{ key: "checkpoints", header: "Checkpoints", width: 7.25, align: "right", sortable: "descending" },
    sortBy: ({ vm }) => vm.checkpoints,
    cell: ({ vm }) => (vm.checkpoints === 0 ? <NoValue what="None" /> : vm.checkpoints),
  },
  {
    ...{ key: "role", header: "Cluster role", width: 7.5, sortable: "ascending" },
    sortBy: ({ vm }) => vm.cluster_role?.state ?? null,
    cell: ({ vm: { cluster_role: role } }) =>
      role === null ? (
        <NoValue what="None" />
      ) : (
        <span title={visibleText(role.name)}>{roleFace(role.state).word}</span>
      ),
  },
  {
    ...{ key: "note", header: "Note", width: 16, sortable: "ascending" },
    sortBy: ({ vm }) => vm.note || null,
    cell: ({ vm }) => (vm.note === "" ? <NoValue what="None" /> : <Text>{vm.note}</Text>),
  },
  {
    ...{ key: "as_of", header: "As of", width: 6.25, align: "right", sortable: "descending" },
    sortBy: ({ as_of }) => (as_of === null ? null : Date.parse(as_of)),
    cell: ({ as_of, stale }) =>
      as_of === null ? null : (
        <span className={stale ? "text-warn" : "text-muted"}>
          <Age iso={as_of} />
        </span>
      ),
  },
];

const ACTIONS: Column<VmRow> = {
  ...{ key: "actions", header: "Actions", headerHidden: true, width: 5, align: "right", stays: true },
  cell: (row) => <RowActions row={row} />,
};

const BY_KEY: ReadonlyMap<string, VmColumn> = new Map(EVERY.map((column) => [column.key, column]));

export const VM_COLUMNS: readonly VmColumn[] = EVERY;

/** The column with this key, by which one sorts. */
export function columnOf(key: string): VmColumn | undefined {
  return BY_KEY.get(key);
}

/** The columns with these keys, and what can be done with a VM at the end. */
export function columnsOf(keys: readonly string[]): readonly Column<VmRow>[] {
  return [...keys.flatMap((key) => BY_KEY.get(key) ?? []), ACTIONS];
}

/** What a VM holds of its host's memory; while it does not run, what it starts with. */
function memoryOf({ memory_assigned_bytes: assigned, memory_startup_bytes: startup }: VmSummary): number {
  return assigned || startup;
}

/** Its addresses; those of the link alone (RFC 4291, section 2.5.6) count where there is no other. */
function reachableAt({ ip_addresses: addresses }: VmSummary): readonly string[] {
  const reachable = addresses.filter((address) => !/^fe[89ab]/i.test(address));
  return reachable.length > 0 ? reachable : addresses;
}

/** What needs a look comes first, then what is on its way, what runs, and what rests. */
const BY_URGENCY: readonly State[] = [
  ...(["critical", "other", "paused"] as const),
  ...(["starting", "stopping", "saving", "pausing", "resuming", "reset"] as const),
  ...(["running", "saved", "off"] as const),
];

function urgencyOf({ state, activity, missing_since }: VmSummary): number {
  if (missing_since !== null) return -1;
  return BY_URGENCY.indexOf(state) - (activity === null ? 0 : 0.5);
}

function Text({ children }: { children: string }) {
  return (
    <span title={visibleText(children)}>
      <VisibleText text={children} />
    </span>
  );
}

function Several({
  values,
  none,
  mono = false,
}: {
  values: readonly string[];
  none: string;
  mono?: boolean;
}) {
  if (values.length === 0) return <NoValue what={none} />;
  const text = values.map((value) => visibleText(value)).join(", ");
  return (
    <span title={text} className={mono ? "font-mono text-xs" : ""}>
      {text}
    </span>
  );
}
