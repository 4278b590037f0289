import { clusterAddress, hostAddress } from "@/components/shared/addresses";
import { NamedSpace, Space } from "@/components/shared/space";
import { VcpuFigures } from "@/components/shared/vcpus";
import { VmCount } from "@/components/shared/vm-count";
import { RowHeader, Table, Td, Th } from "@/components/ui/table";
import { TextLink } from "@/components/ui/text-link";
import { formatBytes } from "@/lib/domain/amounts";
import {
  type Capacity,
  type CapacityPlace,
  capacityOf,
  placesOf,
  type StorageCapacity,
} from "@/lib/domain/capacity";
import type { HostView } from "@/lib/domain/inventory";

/** With more hosts outside a cluster than that, they are one row: their own list tells them apart. */
const SINGLE_HOSTS = 6;
interface Row {
  key: string;
  name: string;
  href: string;
  /** What kind of place it is, below its name. */
  about: string;
  capacity: Capacity;
}

/** Where there is room: all together, by cluster, and outside of clusters. */
export function CapacityTable({ hosts, total }: { hosts: readonly HostView[]; total: Capacity }) {
  const rows = rowsOf(hosts);
  const all = { key: "all", name: "All hosts", href: "/hosts", about: hostsOf(total), capacity: total };
  return (
    <Table
      caption="Capacity"
      head={
        <>
          <Th>Where</Th>
          <Th className="text-right">VMs</Th>
          <Th className="w-44">Memory free</Th>
          <Th className="text-right">vCPUs on CPUs</Th>
          <Th>Storage free</Th>
        </>
      }
    >
      {rows.map((row) => (
        <CapacityRow key={row.key} row={row} />
      ))}
      {rows.length > 1 ? <CapacityRow row={all} /> : null}
    </Table>
  );
}

function CapacityRow({ row }: { row: Row }) {
  const { name, href, about, capacity } = row;
  const none = capacity.hosts_counted === 0;
  return (
    <tr className={`hover:bg-raised/60 ${none ? "text-muted" : ""}`}>
      <RowHeader className="min-w-36">
        <TextLink href={href} prefetch={false}>
          {name}
        </TextLink>
        <div className="font-normal text-muted text-xs">{about}</div>
      </RowHeader>
      <Td className="text-right">
        {none && capacity.vms_last_known === 0 ? null : <VmCount {...capacity} />}
      </Td>
      <Td className="min-w-36">
        {none ? null : (
          <>
            <Space
              brief
              label={`Memory of ${name}`}
              free={capacity.memory_available_bytes}
              total={capacity.memory_total_bytes}
            />
            {capacity.hosts_counted > 1 ? (
              <div className="mt-0.5 whitespace-nowrap text-muted text-xs">
                at most {formatBytes(capacity.largest_available_bytes)} on one host
              </div>
            ) : null}
          </>
        )}
      </Td>
      <Td className="whitespace-nowrap text-right">
        {none ? null : (
          <VcpuFigures committed={capacity.committed_vcpus} logical={capacity.logical_processors} />
        )}
      </Td>
      <Td className="min-w-80">
        {capacity.storage.length === 0 ? null : (
          <ul className="grid grid-cols-[repeat(auto-fill,minmax(6.75rem,1fr))] gap-x-5 gap-y-2">
            {capacity.storage.map((storage) => (
              <StorageClass key={storage.name} of={name} storage={storage} />
            ))}
          </ul>
        )}
      </Td>
    </tr>
  );
}

/** The volumes of one storage class together. */
function StorageClass({ of, storage }: { of: string; storage: StorageCapacity }) {
  const { name, volumes, unreadable, free_bytes: free, capacity_bytes: capacity } = storage;
  return (
    <li className="min-w-0">
      {volumes > 0 ? (
        <NamedSpace name={name} of={of} free={free} total={capacity} />
      ) : (
        <div className="truncate text-muted">{name}</div>
      )}
      {unreadable > 0 ? (
        <div className="text-bad text-xs">
          {unreadable === 1 ? "a volume cannot be read" : `${unreadable} volumes cannot be read`}
        </div>
      ) : null}
    </li>
  );
}

function rowsOf(hosts: readonly HostView[]): Row[] {
  const places = placesOf(hosts);
  const clusters = places.filter(({ kind }) => kind === "cluster");
  const single = places.filter(({ kind }) => kind === "host");
  if (single.length <= SINGLE_HOSTS) return [...clusters, ...single].map(rowOf);
  const outside = hosts.filter(({ record }) => (record?.cluster ?? null) === null);
  const capacity = capacityOf(outside);
  const together = { key: "outside", name: "Outside a cluster", href: "/hosts?cluster=-" };
  return [...clusters.map(rowOf), { ...together, about: hostsOf(capacity), capacity }];
}

function rowOf({ kind, name, capacity }: CapacityPlace): Row {
  const isCluster = kind === "cluster";
  return {
    key: `${kind}/${name}`,
    name,
    href: isCluster ? clusterAddress(name) : hostAddress(name),
    about: isCluster ? `cluster, ${hostsOf(capacity)}` : hostsOf(capacity, "standalone"),
    capacity,
  };
}

/** `4 hosts`, `3 of 4 hosts answer`; what is written of one host that answers is `single`. */
function hostsOf({ hosts, hosts_counted: counted }: Capacity, single = "1 host"): string {
  if (hosts === 1) return counted === 1 ? single : "does not answer";
  return counted === hosts ? `${hosts} hosts` : `${counted} of ${hosts} hosts answer`;
}
