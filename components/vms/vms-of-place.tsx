import { useMemo } from "react";
import { Empty } from "@/components/ui/empty";
import { TextLink } from "@/components/ui/text-link";
import { BulkBar } from "@/components/vm-bulk/bulk-bar";
import type { HostView, VmSummary } from "@/lib/domain/inventory";
import { useVmSelection } from "./use-vm-selection";
import { rowsOf } from "./vm-row";
import { VmTable } from "./vm-table";

interface VmsOfPlaceProps {
  vms: readonly VmSummary[];
  hosts: ReadonlyMap<string, HostView>;
  /** Keys of the table's columns (components/vms/vm-column-keys.ts). */
  columns: readonly string[];
  /** The list of VMs, narrowed to these. */
  listHref: string;
}

/** The VMs of a host or a cluster. */
export function VmsOfPlace({ vms, hosts, columns, listHref }: VmsOfPlaceProps) {
  const rows = useMemo(() => rowsOf(vms, hosts), [vms, hosts]);
  const { selection, selected, hidden, clear, actions } = useVmSelection(rows, rows);
  return (
    <div className="space-y-2">
      {rows.length === 0 ? <Empty title="No VMs" /> : table()}
      <BulkBar vms={selected} hidden={hidden} first={actions} onClear={clear} />
    </div>
  );

  function table() {
    return (
      <>
        <VmTable
          rows={rows}
          columns={columns}
          selection={selection}
          className="max-h-[max(20rem,calc(100dvh-10rem))]"
        />
        <TextLink href={listHref} prefetch={false} className="inline-flex min-h-6 items-center text-sm">
          Search and filter them in the list of VMs
        </TextLink>
      </>
    );
  }
}
