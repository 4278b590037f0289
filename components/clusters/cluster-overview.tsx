import { Space, StorageSpace } from "@/components/shared/space";
import { VcpuWords } from "@/components/shared/vcpus";
import { Card } from "@/components/ui/card";
import { Facts } from "@/components/ui/facts";
import type { Inventory } from "@/lib/client/inventory";
import { capacityOf, memoryWithOneNodeLost } from "@/lib/domain/capacity";
import type { ClusterView } from "@/lib/domain/cluster";
import { membersOf } from "./cluster-members";
import { HeadroomSum, HeadroomWords } from "./headroom";
import { NodeTable } from "./node-table";

interface ClusterOverviewProps {
  cluster: ClusterView;
  inventory: Inventory;
}

export function ClusterOverview({ cluster, inventory }: ClusterOverviewProps) {
  const members = membersOf(cluster, inventory.hostByName);
  const capacity = capacityOf(members);
  const failover = memoryWithOneNodeLost(members, inventory.vms);
  const { name, storage_classes } = cluster;
  return (
    <div className="space-y-4">
      <NodeTable cluster={cluster} inventory={inventory} />
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <Card title="Capacity" meta={countedOf(capacity.hosts_counted, cluster.nodes.length)}>
          <Facts
            layout="rows"
            facts={[
              {
                term: "Memory",
                value: (
                  <Space
                    label={`Memory of ${name}`}
                    free={capacity.memory_available_bytes}
                    total={capacity.memory_total_bytes}
                  />
                ),
              },
              {
                term: "Processors",
                value: (
                  <VcpuWords committed={capacity.committed_vcpus} logical={capacity.logical_processors} />
                ),
              },
              ...storage_classes.map((storage) => ({
                term: `Storage ${storage.name}`,
                value: <StorageSpace storage={storage} of={name} />,
              })),
            ]}
          />
        </Card>
        <Card title="Memory with one node lost">
          <p className="font-semibold text-lg">
            <HeadroomWords failover={failover} />
          </p>
          <div className="mt-1 text-sm">
            <HeadroomSum failover={failover} />
          </div>
        </Card>
      </div>
    </div>
  );
}

function countedOf(counted: number, nodes: number): string {
  return counted === nodes ? "all nodes together" : `the ${counted} of ${nodes} nodes that AetherV reads`;
}
