"use client";

import { useSearchParams } from "next/navigation";
import { useDeferredValue } from "react";
import { UnreachableHosts } from "@/components/hosts/unreachable-hosts";
import { LoadFailure } from "@/components/shared/load-failure";
import { NewVmLink } from "@/components/shared/new-vm-link";
import { Empty } from "@/components/ui/empty";
import { LoadingRows } from "@/components/ui/loading";
import { PageHeader } from "@/components/ui/page-header";
import { TextLink } from "@/components/ui/text-link";
import { useInventory } from "@/lib/client/hooks";
import type { HostView } from "@/lib/domain/inventory";
import { filterVms } from "./filter-vms";
import { VmTable } from "./vm-table";

/** Every VM that the hosts told of, filtered as one types; the filter is part of the address. */
export function VmList() {
  const { inventory: data, error, refresh } = useInventory();
  const query = useSearchParams().get("q") ?? "";
  const shown = filterVms(data?.vms ?? [], useDeferredValue(query));

  return (
    <>
      <PageHeader
        title="Virtual machines"
        summary={data ? summaryOf(data.vms.length, data.hosts.length) : null}
        actions={<NewVmLink />}
      />
      <div className="space-y-4">
        <LoadFailure
          failure={error}
          what="The VMs"
          shown={data !== undefined}
          onRetry={() => void refresh()}
        />
        {data ? <UnreachableHosts hosts={data.hosts} /> : null}
        {data && data.vms.length > 0 ? (
          <div className="flex flex-wrap items-center gap-3">
            <input
              type="search"
              aria-label="Filter VMs"
              placeholder="Filter by name, host, state, address …"
              autoComplete="off"
              spellCheck={false}
              className="min-h-9 w-full max-w-sm rounded-md border border-edge bg-surface px-2.5 placeholder:text-muted"
              defaultValue={query}
              onChange={(event) => keepInAddress(event.target.value)}
            />
            <p role="status" className="text-muted">
              {query.trim() === "" ? null : `${shown.length} of ${data.vms.length}`}
            </p>
          </div>
        ) : null}
        {content()}
      </div>
    </>
  );

  function content() {
    if (!data) return error ? null : <LoadingRows label="Loading the VMs" rows={6} />;
    if (data.vms.length === 0) {
      return (
        <Empty title="No virtual machines">
          {whyNone(data.hosts)} <TextLink href="/vms/new">Create the first</TextLink>
        </Empty>
      );
    }
    if (shown.length === 0) return <Empty title={`No VM matches “${query}”`} />;
    return <VmTable vms={shown} hosts={data.hostByName} />;
  }
}

function keepInAddress(query: string): void {
  const address = new URL(window.location.href);
  if (query === "") address.searchParams.delete("q");
  else address.searchParams.set("q", query);
  window.history.replaceState(null, "", address);
}

function whyNone(hosts: readonly HostView[]): string {
  if (hosts.length === 0) return "No hosts are configured.";
  if (hosts.some((host) => host.state === "pending")) return "The hosts are being read for the first time.";
  if (hosts.every((host) => host.as_of === null)) return "None of the hosts could be read so far.";
  return "None of the hosts has one.";
}

function summaryOf(vms: number, hosts: number): string {
  return `${vms} ${vms === 1 ? "VM" : "VMs"} on ${hosts} ${hosts === 1 ? "host" : "hosts"}`;
}
