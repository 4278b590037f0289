"use client";

import { useMemo } from "react";
import { AttentionList } from "@/components/attention/attention-list";
import { vmListAddress } from "@/components/shared/addresses";
import { LoadFailure } from "@/components/shared/load-failure";
import { StorageClassTable } from "@/components/shared/storage-class-table";
import { Age } from "@/components/shared/time";
import { Empty } from "@/components/ui/empty";
import { LoadingRows } from "@/components/ui/loading";
import { PageHeader } from "@/components/ui/page-header";
import { Tabs } from "@/components/ui/tabs";
import { TextLink } from "@/components/ui/text-link";
import { VmsOfPlace } from "@/components/vms/vms-of-place";
import { useTabParameter } from "@/lib/client/address";
import { serverNow } from "@/lib/client/api";
import { useInventory } from "@/lib/client/hooks";
import type { Inventory } from "@/lib/client/inventory";
import { attentionOf } from "@/lib/domain/attention";
import { type ClusterView, clustersOf } from "@/lib/domain/cluster";
import type { VmSummary } from "@/lib/domain/inventory";
import { membersOf } from "./cluster-members";
import { ClusterOverview } from "./cluster-overview";
import { NodesBadge } from "./nodes-badge";

/** One failover cluster: its nodes, their room together, and what runs on it. */
export function ClusterPage({ name }: { name: string }) {
  const { inventory, error, refresh } = useInventory();
  const wanted = name.toLowerCase();
  const cluster = inventory && clustersOf(inventory.hosts).find((each) => each.name.toLowerCase() === wanted);
  return (
    <>
      <PageHeader
        breadcrumbs={[{ label: "Clusters", href: "/clusters" }]}
        title={cluster?.name ?? name}
        meta={cluster ? <NodesBadge cluster={cluster} /> : null}
        summary={cluster ? <AsOf cluster={cluster} /> : null}
      />
      <div className="space-y-4">
        <LoadFailure
          failure={error}
          what="The cluster"
          shown={cluster !== undefined}
          onRetry={() => void refresh()}
        />
        {inventory && cluster ? (
          <KnownCluster cluster={cluster} inventory={inventory} />
        ) : inventory ? (
          <Empty title={`No cluster is called ${name}`}>
            None of the hosts that were read belongs to it.{" "}
            <TextLink href="/clusters">See all clusters</TextLink>
          </Empty>
        ) : error ? null : (
          <LoadingRows label="Loading the cluster" rows={8} />
        )}
      </div>
    </>
  );
}

function AsOf({ cluster: { as_of, nodes } }: { cluster: ClusterView }) {
  const known = nodes.filter(({ host }) => host !== null).length;
  const who = known === nodes.length ? "all nodes" : `${known} of ${nodes.length} nodes`;
  return (
    <>
      {who} configured in AetherV
      {as_of === null ? null : (
        <>
          , the oldest read <Age iso={as_of} />
        </>
      )}
    </>
  );
}

/** The cluster itself is said already. */
const VM_COLUMNS = ["name", "state", "role", "host", "cpus", "memory", "disks", "networks", "os", "uptime"];

const TABS = ["overview", "storage", "vms"] as const;

interface ClusterProps {
  cluster: ClusterView;
  inventory: Inventory;
}

function KnownCluster({ cluster, inventory }: ClusterProps) {
  const hosts = membersOf(cluster, inventory.hostByName);
  const vms = useMemo(() => {
    const names = new Set(cluster.nodes.map(({ host }) => host));
    return inventory.vms.filter((vm) => names.has(vm.host));
  }, [inventory.vms, cluster]);
  return (
    <>
      <AttentionList
        items={attentionOf({ hosts, clusters: [cluster], vms, jobs: [], unfinished: [], now: serverNow() })}
      />
      <Parts cluster={cluster} inventory={inventory} vms={vms} />
    </>
  );
}

function Parts({ cluster, inventory, vms }: ClusterProps & { vms: readonly VmSummary[] }) {
  const [tab, show] = useTabParameter(TABS);
  return (
    <Tabs
      label={`What ${cluster.name} has`}
      value={tab}
      onChange={show}
      tabs={[
        {
          name: "Overview",
          value: "overview",
          content: <ClusterOverview cluster={cluster} inventory={inventory} />,
        },
        {
          name: "Shared storage",
          value: "storage",
          count: cluster.storage_classes.length,
          content: <StorageClassTable of={cluster.name} storage={cluster.storage_classes} />,
        },
        {
          name: "VMs and roles",
          value: "vms",
          count: vms.length,
          content: (
            <VmsOfPlace
              vms={vms}
              hosts={inventory.hostByName}
              columns={VM_COLUMNS}
              listHref={vmListAddress("cluster", cluster.name)}
            />
          ),
        },
      ]}
    />
  );
}
