"use client";

import { useDeferredValue, useMemo } from "react";
import { LoadFailure } from "@/components/shared/load-failure";
import { NewVmLink } from "@/components/shared/new-vm-link";
import { Button } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import { LoadingRows } from "@/components/ui/loading";
import { PageHeader } from "@/components/ui/page-header";
import { BulkBar } from "@/components/vm-bulk/bulk-bar";
import { useInventory } from "@/lib/client/hooks";
import type { Inventory } from "@/lib/client/inventory";
import { counted, formatCount } from "@/lib/domain/amounts";
import { NoVms } from "./no-vms";
import { StaleVms } from "./stale-vms";
import { useVmQuery } from "./use-vm-query";
import { useVmSelection } from "./use-vm-selection";
import { narrow } from "./vm-facets";
import { VmFilters } from "./vm-filters";
import { NOTHING_CHOSEN, narrows } from "./vm-query";
import { rowsOf } from "./vm-row";
import { searchOf } from "./vm-search";
import { VmTable } from "./vm-table";

const NO_ROWS: ReturnType<typeof rowsOf> = [];

/** Every VM that the hosts told of, as the address asks for them: search, filter, order and columns. */
export function VmList() {
  const { inventory, error, refresh } = useInventory();
  const { query, text, setText, change } = useVmQuery();
  const rows = useMemo(
    () => (inventory ? rowsOf(inventory.vms, inventory.hostByName) : NO_ROWS),
    [inventory],
  );
  const sought = useDeferredValue(text);
  const found = useMemo(() => searchOf(sought), [sought]);
  const { rows: shown, values } = useMemo(
    () => narrow(rows, found, query.chosen),
    [rows, found, query.chosen],
  );
  const { selection, selected, hidden, clear, actions } = useVmSelection(rows, shown);
  const narrowed = narrows({ q: sought, chosen: query.chosen });

  return (
    <>
      <PageHeader
        title="Virtual machines"
        summary={
          inventory ? <span role="status">{summaryOf(inventory, narrowed ? shown.length : null)}</span> : null
        }
        actions={<NewVmLink />}
      />
      <div className="space-y-3">
        <LoadFailure
          failure={error}
          what="The VMs"
          shown={inventory !== undefined}
          onRetry={() => void refresh()}
        />
        {inventory ? (
          <StaleVms
            hosts={inventory.hosts}
            onShow={(host) => change({ chosen: { ...NOTHING_CHOSEN, host } })}
          />
        ) : null}
        {content()}
        <BulkBar vms={selected} hidden={hidden} first={actions} onClear={clear} />
      </div>
    </>
  );

  function content() {
    if (!inventory) return error ? null : <LoadingRows label="Loading the VMs" rows={12} />;
    if (inventory.vms.length === 0) return <NoVms hosts={inventory.hosts} />;
    return (
      <>
        <VmFilters query={query} text={text} onText={setText} values={values} onChange={change} />
        {shown.length === 0 ? (
          <Empty title="No VM matches">
            <Button onClick={() => change({ q: "", chosen: NOTHING_CHOSEN })}>Show all VMs</Button>
          </Empty>
        ) : (
          <VmTable
            rows={shown}
            columns={query.columns}
            sort={query.sort}
            onSort={(sort) => change({ sort })}
            selection={selection}
            className={
              selected.length === 0
                ? "max-h-[max(20rem,calc(100dvh-6rem))] sm:max-h-[max(20rem,calc(100dvh-11rem))]"
                : "max-h-[max(20rem,calc(100dvh-11rem))] sm:max-h-[max(20rem,calc(100dvh-15rem))]"
            }
          />
        )}
      </>
    );
  }
}

/** @param shown how many are left where the list is narrowed; null: it is not */
function summaryOf({ vms, hosts }: Inventory, shown: number | null): string {
  const where = `on ${counted(hosts.length, "host")}`;
  const all = counted(vms.length, "VM");
  const unread = hosts.filter(({ state }) => state === "pending").length;
  const rest = unread === 0 ? "" : `; ${unread} ${unread === 1 ? "is" : "are"} still read for the first time`;
  return `${shown === null ? "" : `${formatCount(shown)} of `}${all} ${where}${rest}`;
}
