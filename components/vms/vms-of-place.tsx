import { useMemo } from "react";
import { Empty } from "@/components/ui/empty";
import { TextLink } from "@/components/ui/text-link";
import type { HostView, VmSummary } from "@/lib/domain/inventory";
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
  if (rows.length === 0) return <Empty title="No VMs" />;
  return (
    <div className="space-y-2">
      <VmTable rows={rows} columns={columns} className="max-h-[max(20rem,calc(100dvh-10rem))]" />
      <TextLink href={listHref} prefetch={false} className="inline-flex min-h-6 items-center text-sm">
        Search and filter them in the list of VMs
      </TextLink>
    </div>
  );
}
