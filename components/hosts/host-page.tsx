"use client";

import { useMemo, useState } from "react";
import { AttentionList } from "@/components/attention/attention-list";
import { vmListAddress } from "@/components/shared/addresses";
import { FailureAlert } from "@/components/shared/failure-alert";
import { HostStateBadge } from "@/components/shared/host-state-badge";
import { LoadFailure } from "@/components/shared/load-failure";
import { NodeStateBadge } from "@/components/shared/node-state-badge";
import { OnDemand } from "@/components/shared/on-demand";
import { StorageClassTable } from "@/components/shared/storage-class-table";
import { Age } from "@/components/shared/time";
import { Empty } from "@/components/ui/empty";
import { LoadingRows } from "@/components/ui/loading";
import { PageHeader } from "@/components/ui/page-header";
import { type Tab, Tabs } from "@/components/ui/tabs";
import { TextLink } from "@/components/ui/text-link";
import { VmsOfPlace } from "@/components/vms/vms-of-place";
import { useTabParameter } from "@/lib/client/address";
import { serverNow } from "@/lib/client/api";
import { useInventory, useLookAtHost } from "@/lib/client/hooks";
import { useHostCheck } from "@/lib/client/host-checks";
import type { Inventory } from "@/lib/client/inventory";
import { attentionOnHost } from "@/lib/domain/attention";
import { type ClusterView, clustersOf } from "@/lib/domain/cluster";
import type { HostRecord, HostView, VmSummary } from "@/lib/domain/inventory";
import { HostFacts } from "./host-facts";
import { HostImages } from "./host-images";
import { HostNetworks } from "./host-networks";
import { HostOverview } from "./host-overview";
import { RefreshButton } from "./refresh-button";
import { TestButton } from "./test-button";

const loadTest = () => import("./connection-test").then((module) => module.ConnectionTest);

/** One host: how it is, what it has, and what runs on it. */
export function HostPage({ name }: { name: string }) {
  const { inventory, error, refresh } = useInventory();
  const [refreshFailure, setRefreshFailure] = useState<unknown>(null);
  const host = inventory?.hostByName.get(name);
  const test = useHostCheck(name);
  useLookAtHost(host?.name ?? null);
  const cluster = host && inventory ? clusterOf(host, inventory.hosts) : undefined;
  return (
    <>
      <PageHeader
        breadcrumbs={[{ label: "Hosts", href: "/hosts" }]}
        title={name}
        meta={host ? <States host={host} cluster={cluster} /> : null}
        summary={host ? <AsOf host={host} /> : null}
        actions={
          host ? (
            <>
              <TestButton
                pending={test.pending}
                urgent={host.state === "unreachable"}
                onClick={() => void test.start()}
              />
              <RefreshButton host={name} onOutcome={setRefreshFailure}>
                Refresh now
              </RefreshButton>
            </>
          ) : null
        }
      />
      <div className="space-y-4">
        <LoadFailure
          failure={refreshFailure ?? error}
          what="The host"
          shown={host !== undefined}
          onRetry={() => {
            setRefreshFailure(null);
            void refresh();
          }}
        />
        {test.failure === null ? null : (
          <FailureAlert
            failure={test.failure}
            title="The connection could not be tested"
            onRetry={() => void test.start()}
          />
        )}
        {test.job === undefined ? null : (
          <OnDemand
            load={loadTest}
            props={{ job: test.job, asked: test.asked }}
            missing="The test of the connection cannot be shown"
          />
        )}
        {inventory && host ? (
          <KnownHost host={host} cluster={cluster} inventory={inventory} />
        ) : inventory ? (
          <Empty title={`No host is called ${name}`}>
            The configuration does not name it. <TextLink href="/hosts">See the hosts that it does</TextLink>
          </Empty>
        ) : error ? null : (
          <LoadingRows label="Loading the host" rows={8} />
        )}
      </div>
    </>
  );
}

function clusterOf(host: HostView, hosts: readonly HostView[]): ClusterView | undefined {
  return clustersOf(hosts).find(({ nodes }) => nodes.some((node) => node.host === host.name));
}

interface KnownHostProps {
  host: HostView;
  cluster: ClusterView | undefined;
  inventory: Inventory;
}

function KnownHost({ host, cluster, inventory }: KnownHostProps) {
  const vms = useMemo(() => inventory.vms.filter((vm) => vm.host === host.name), [inventory.vms, host.name]);
  const { record } = host;
  return (
    <>
      <AttentionList ofHost items={attentionOnHost({ host, cluster, vms, now: serverNow() })} />
      <HostFacts host={host} />
      {record === null ? null : (
        <Parts host={host} record={record} cluster={cluster} vms={vms} hosts={inventory.hostByName} />
      )}
    </>
  );
}

/** The host itself is said already. */
const VM_COLUMNS = [
  "name",
  "state",
  "cpus",
  "load",
  "memory",
  "disks",
  "networks",
  "addresses",
  "os",
  "uptime",
];

const TABS = ["overview", "storage", "networks", "images", "vms"] as const;

interface PartsProps {
  host: HostView;
  record: HostRecord;
  cluster: ClusterView | undefined;
  vms: readonly VmSummary[];
  hosts: Inventory["hostByName"];
}

function Parts({ host, record, cluster, vms, hosts }: PartsProps) {
  const [tab, show] = useTabParameter(TABS);
  const { storage_classes: storage, networks, images } = record;
  const tabs: readonly Tab[] = [
    {
      name: "Overview",
      value: "overview",
      content: <HostOverview host={host} record={record} cluster={cluster} />,
    },
    {
      name: "Storage classes",
      value: "storage",
      count: storage.length,
      content: <StorageClassTable of={host.name} storage={storage} />,
    },
    {
      name: "Networks",
      value: "networks",
      count: networks.length,
      content: <HostNetworks networks={networks} />,
    },
    { name: "Images", value: "images", count: images.length, content: <HostImages images={images} /> },
    {
      name: "VMs",
      value: "vms",
      count: vms.length,
      content: (
        <VmsOfPlace
          vms={vms}
          hosts={hosts}
          columns={VM_COLUMNS}
          listHref={vmListAddress("host", host.name)}
        />
      ),
    },
  ];
  return <Tabs label={`What ${host.name} has`} tabs={tabs} value={tab} onChange={show} />;
}

function States({ host, cluster }: { host: HostView; cluster: ClusterView | undefined }) {
  const node = cluster?.nodes.find((each) => each.host === host.name);
  return (
    <>
      <HostStateBadge state={host.state} />
      {node && node.state !== "up" ? <NodeStateBadge state={node.state} ofNode /> : null}
    </>
  );
}

function AsOf({ host }: { host: HostView }) {
  if (host.as_of === null) return "not read yet";
  const lead = host.state === "unreachable" ? "what was known last, as of" : "as of";
  return (
    <>
      {lead} <Age iso={host.as_of} />
    </>
  );
}
