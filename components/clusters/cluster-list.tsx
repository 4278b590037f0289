"use client";

import { LoadFailure } from "@/components/shared/load-failure";
import { LoadingRows } from "@/components/ui/loading";
import { PageHeader } from "@/components/ui/page-header";
import { useInventory } from "@/lib/client/hooks";
import { counted } from "@/lib/domain/amounts";
import { clustersOf } from "@/lib/domain/cluster";
import { ClusterTable } from "./cluster-table";
import { NoClusters } from "./no-clusters";

/** The failover clusters that the hosts have told of. */
export function ClusterList() {
  const { inventory, error, refresh } = useInventory();
  const clusters = inventory ? clustersOf(inventory.hosts) : [];
  return (
    <>
      <PageHeader title="Clusters" summary={inventory ? countOf(clusters.length) : null} />
      <div className="space-y-4">
        <LoadFailure
          failure={error}
          what="The clusters"
          shown={inventory !== undefined}
          onRetry={() => void refresh()}
        />
        {inventory === undefined ? (
          error ? null : (
            <LoadingRows label="Loading the clusters" />
          )
        ) : clusters.length === 0 ? (
          <NoClusters hosts={inventory.hosts} />
        ) : (
          <ClusterTable clusters={clusters} inventory={inventory} />
        )}
      </div>
    </>
  );
}

function countOf(clusters: number): string {
  return counted(clusters, "failover cluster");
}
