"use client";

import { useDeferredValue, useState } from "react";
import { HOST_STATES } from "@/components/shared/host-state-badge";
import { LoadFailure } from "@/components/shared/load-failure";
import { NoHosts } from "@/components/shared/no-hosts";
import { UnreachableHosts } from "@/components/shared/unreachable-hosts";
import { Button } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import { LoadingRows } from "@/components/ui/loading";
import { PageHeader } from "@/components/ui/page-header";
import { SearchField } from "@/components/ui/search-field";
import { Select } from "@/components/ui/select";
import { useAddressParameters, useTypedParameter } from "@/lib/client/address";
import { useHosts } from "@/lib/client/hooks";
import { counted } from "@/lib/domain/amounts";
import { clustersOf } from "@/lib/domain/cluster";
import type { HostView } from "@/lib/domain/inventory";
import { filterHosts, STANDALONE, sortHosts } from "./host-order";
import { HostTable } from "./host-table";
import { RefreshButton } from "./refresh-button";

/** Every configured host; filter and order are part of the address. */
export function HostList() {
  const { hosts, error, refresh } = useHosts();
  const [refreshFailure, setRefreshFailure] = useState<unknown>(null);
  return (
    <>
      <PageHeader
        title="Hosts"
        summary={hosts ? summaryOf(hosts) : null}
        actions={
          hosts?.length ? <RefreshButton onOutcome={setRefreshFailure}>Refresh all</RefreshButton> : null
        }
      />
      <div className="space-y-4">
        <LoadFailure
          failure={refreshFailure ?? error}
          what="The hosts"
          shown={hosts !== undefined}
          onRetry={() => {
            setRefreshFailure(null);
            void refresh();
          }}
        />
        {hosts ? <Hosts hosts={hosts} /> : error ? null : <LoadingRows label="Loading the hosts" rows={8} />}
      </div>
    </>
  );
}

const EVERYTHING = { q: "", state: "", cluster: "" };

function Hosts({ hosts }: { hosts: readonly HostView[] }) {
  const { get, go } = useAddressParameters();
  const [q, typeQ] = useTypedParameter("q");
  const asked = { q: useDeferredValue(q), state: get("state"), cluster: get("cluster") };
  if (hosts.length === 0) return <NoHosts />;
  const found = filterHosts(hosts, asked);
  const filtered = Object.values(asked).some((value) => value !== "");
  return (
    <>
      <UnreachableHosts hosts={hosts} />
      <search aria-label="Hosts" className="flex flex-wrap items-center gap-2">
        <SearchField
          label="Filter hosts"
          placeholder="Filter by name, cluster, state, address"
          className="w-full max-w-sm"
          value={q}
          onChange={typeQ}
        />
        <Select
          aria-label="State"
          className="min-h-8! w-auto! py-0.5! text-sm"
          value={asked.state}
          onChange={(state) => go({ state })}
        >
          <option value="">All states</option>
          {Object.entries(HOST_STATES).map(([state, { word }]) => (
            <option key={state} value={state}>
              {word}
            </option>
          ))}
        </Select>
        <Select
          aria-label="Cluster"
          className="min-h-8! w-auto! max-w-56 py-0.5! text-sm"
          value={asked.cluster}
          onChange={(cluster) => go({ cluster })}
        >
          <option value="">All clusters</option>
          {withChosen(hosts, asked.cluster).map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
          <option value={STANDALONE}>standalone</option>
        </Select>
        <p role="status" className="text-muted text-sm">
          {filtered ? `${found.length} of ${hosts.length}` : null}
        </p>
      </search>
      {found.length === 0 ? (
        <Empty title="No host matches">
          <Button
            onClick={() => {
              // What is typed stands in the address only once typing is over.
              typeQ("");
              go(EVERYTHING);
            }}
          >
            Show all hosts
          </Button>
        </Empty>
      ) : (
        <HostTable hosts={sortHosts(found, get("sort"))} sort={get("sort")} onSort={(sort) => go({ sort })} />
      )}
    </>
  );
}

/** A cluster of the address that no host names any more stays a choice: the list must say what it shows. */
function withChosen(hosts: readonly HostView[], chosen: string): readonly string[] {
  const names = clustersOf(hosts).map(({ name }) => name);
  return chosen === "" || chosen === STANDALONE || names.includes(chosen) ? names : [...names, chosen];
}

function summaryOf(hosts: readonly HostView[]): string {
  const online = hosts.filter(({ state }) => state === "online").length;
  const clusters = clustersOf(hosts).length;
  const ofClusters = clusters === 0 ? "" : `, ${counted(clusters, "cluster")}`;
  return `${online} of ${hosts.length} online${ofClusters}`;
}
