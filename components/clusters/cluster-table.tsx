import { clusterAddress } from "@/components/shared/addresses";
import { Space } from "@/components/shared/space";
import { Age } from "@/components/shared/time";
import { VcpuFigures } from "@/components/shared/vcpus";
import { VmCount } from "@/components/shared/vm-count";
import { RowHeader, Table, Td, Th } from "@/components/ui/table";
import { RowLink } from "@/components/ui/text-link";
import type { Inventory } from "@/lib/client/inventory";
import { capacityOf, memoryWithOneNodeLost } from "@/lib/domain/capacity";
import type { ClusterView } from "@/lib/domain/cluster";
import { membersOf } from "./cluster-members";
import { HeadroomWords } from "./headroom";
import { NodesBadge } from "./nodes-badge";

interface ClusterTableProps {
  clusters: readonly ClusterView[];
  inventory: Inventory;
}

export function ClusterTable({ clusters, inventory }: ClusterTableProps) {
  return (
    <Table
      caption="Clusters"
      head={
        <>
          <Th>Cluster</Th>
          <Th>Nodes</Th>
          <Th className="text-right">VMs</Th>
          <Th className="w-56">Memory</Th>
          <Th>With one node lost</Th>
          <Th className="text-right">vCPUs on CPUs</Th>
          <Th className="w-56">Shared storage</Th>
          <Th>As of</Th>
        </>
      }
    >
      {clusters.map((cluster) => (
        <ClusterRow key={cluster.name} cluster={cluster} inventory={inventory} />
      ))}
    </Table>
  );
}

function ClusterRow({ cluster, inventory }: { cluster: ClusterView; inventory: Inventory }) {
  const { name, as_of } = cluster;
  const members = membersOf(cluster, inventory.hostByName);
  const capacity = capacityOf(members);
  return (
    <tr className="hover:bg-raised/60">
      <RowHeader>
        <RowLink href={clusterAddress(name)}>{name}</RowLink>
      </RowHeader>
      <Td>
        <NodesBadge cluster={cluster} />
      </Td>
      <Td className="text-right">
        <VmCount {...capacity} />
      </Td>
      <Td className="min-w-44">
        {capacity.hosts_counted === 0 ? (
          <span className="text-muted">no node answers</span>
        ) : (
          <Space
            label={`Memory of ${name}`}
            free={capacity.memory_available_bytes}
            total={capacity.memory_total_bytes}
          />
        )}
      </Td>
      <Td>
        <HeadroomWords failover={memoryWithOneNodeLost(members, inventory.vms)} />
      </Td>
      <Td className="whitespace-nowrap text-right">
        <VcpuFigures committed={capacity.committed_vcpus} logical={capacity.logical_processors} />
      </Td>
      <Td className="min-w-44">
        <SharedStorage cluster={cluster} />
      </Td>
      <Td className="text-muted">{as_of === null ? "not read yet" : <Age iso={as_of} />}</Td>
    </tr>
  );
}

/** All shared volumes together. */
function SharedStorage({ cluster: { name, storage_classes } }: { cluster: ClusterView }) {
  if (storage_classes.length === 0) return <span className="text-muted">none</span>;
  const { free, total } = storage_classes.reduce(
    (sum, { free_bytes, capacity_bytes }) => ({
      free: sum.free + (free_bytes ?? 0),
      total: sum.total + (capacity_bytes ?? 0),
    }),
    { free: 0, total: 0 },
  );
  const unread = storage_classes.filter(({ free_bytes }) => free_bytes === null).length;
  return (
    <>
      {total > 0 ? <Space label={`Shared storage of ${name}`} free={free} total={total} /> : null}
      {unread > 0 ? <div className="text-bad text-xs">{unread} cannot be read</div> : null}
    </>
  );
}
