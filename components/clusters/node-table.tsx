import { hostAddress } from "@/components/shared/addresses";
import { HostStateBadge } from "@/components/shared/host-state-badge";
import { NodeStateBadge } from "@/components/shared/node-state-badge";
import { HostMemory } from "@/components/shared/space";
import { Age } from "@/components/shared/time";
import { VcpuFigures } from "@/components/shared/vcpus";
import { VmCount } from "@/components/shared/vm-count";
import { RowHeader, Table, Td, Th } from "@/components/ui/table";
import { TextLink } from "@/components/ui/text-link";
import type { Inventory } from "@/lib/client/inventory";
import { tallyOf } from "@/lib/domain/capacity";
import type { ClusterNodeView, ClusterView } from "@/lib/domain/cluster";
import type { HostView } from "@/lib/domain/inventory";

/** A cluster's nodes: what the cluster says of each, and what AetherV reads from it. */
export function NodeTable({ cluster, inventory }: { cluster: ClusterView; inventory: Inventory }) {
  return (
    <Table
      caption={`Nodes of ${cluster.name}`}
      head={
        <>
          <Th>Node</Th>
          <Th>In the cluster</Th>
          <Th>In AetherV</Th>
          <Th className="text-right">VMs</Th>
          <Th className="w-64">Memory</Th>
          <Th className="text-right">vCPUs on CPUs</Th>
          <Th>As of</Th>
        </>
      }
    >
      {cluster.nodes.map((node) => (
        <NodeRow
          key={node.name}
          node={node}
          host={node.host === null ? undefined : inventory.hostByName.get(node.host)}
        />
      ))}
    </Table>
  );
}

function NodeRow({ node, host }: { node: ClusterNodeView; host: HostView | undefined }) {
  const { name, state } = node;
  if (host === undefined) {
    return (
      <tr className="text-muted">
        <RowHeader>{name}</RowHeader>
        <Td>
          <NodeStateBadge state={state} />
        </Td>
        <Td colSpan={5}>
          Not configured: add it to <code className="font-mono">hosts</code> in the configuration file to see
          its VMs.
        </Td>
      </tr>
    );
  }
  const { record } = host;
  return (
    <tr className={host.state === "online" ? "hover:bg-raised/60" : "text-muted"}>
      <RowHeader className="min-w-28">
        <TextLink href={hostAddress(host.name)} prefetch={false}>
          {host.name}
        </TextLink>
        {name.toLowerCase() === host.name.toLowerCase() ? null : (
          <div className="font-normal text-muted text-xs">{name}</div>
        )}
      </RowHeader>
      <Td>
        <NodeStateBadge state={state} />
      </Td>
      <Td>
        <HostStateBadge state={host.state} />
      </Td>
      <Td className="text-right">{record ? <VmCount {...tallyOf([host])} /> : null}</Td>
      <Td className="min-w-44">{record ? <HostMemory name={host.name} record={record} /> : null}</Td>
      <Td className="whitespace-nowrap text-right">
        {record ? <VcpuFigures committed={host.committed_vcpus} logical={record.logical_processors} /> : null}
      </Td>
      <Td className="text-muted">{host.as_of === null ? "not read yet" : <Age iso={host.as_of} />}</Td>
    </tr>
  );
}
