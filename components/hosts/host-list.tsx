"use client";

import { RefreshCw } from "lucide-react";
import { useState } from "react";
import { LoadFailure } from "@/components/shared/load-failure";
import { Button } from "@/components/ui/button";
import { LoadingRows } from "@/components/ui/loading";
import { PageHeader } from "@/components/ui/page-header";
import { useHosts } from "@/lib/client/hooks";
import { refreshInventory } from "@/lib/client/resources";
import { HostCard } from "./host-card";
import { NoHosts } from "./no-hosts";

export function HostList() {
  const { data, error, mutate } = useHosts();
  const [refreshing, setRefreshing] = useState(false);
  const [refreshError, setRefreshError] = useState<unknown>(null);

  async function refresh() {
    setRefreshing(true);
    try {
      await refreshInventory();
      await mutate();
      setRefreshError(null);
    } catch (failure) {
      setRefreshError(failure);
    } finally {
      setRefreshing(false);
    }
  }

  const failure = refreshError ?? error;
  return (
    <>
      <PageHeader
        title="Hosts"
        summary={data ? summaryOf(data.hosts.map((host) => host.state)) : null}
        actions={
          <Button pending={refreshing} onClick={() => void refresh()}>
            <RefreshCw
              aria-hidden="true"
              className={`size-4 ${refreshing ? "motion-safe:animate-spin" : ""}`}
            />
            Refresh
          </Button>
        }
      />
      <div className="space-y-4">
        <LoadFailure
          failure={failure}
          what="The hosts"
          shown={data !== undefined}
          onRetry={() => void mutate()}
        />
        {data || failure ? null : <LoadingRows label="Loading the hosts" />}
        {data?.hosts.length === 0 ? <NoHosts /> : null}
        {data?.hosts.map((host) => (
          <HostCard key={host.name} host={host} />
        ))}
      </div>
    </>
  );
}

function summaryOf(states: readonly string[]): string {
  const online = states.filter((state) => state === "online").length;
  return `${online} of ${states.length} online`;
}
