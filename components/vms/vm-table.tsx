"use client";

import { useMemo, useState } from "react";
import { orderBy } from "@/components/shared/order-by";
import type { RowSelection } from "@/components/ui/use-row-selection";
import { VirtualTable } from "@/components/ui/virtual-table";
import { RowMenuContext } from "./row-menu-context";
import { useRowMenu } from "./use-row-menu";
import { DEFAULT_COLUMNS } from "./vm-column-keys";
import { columnOf, columnsOf } from "./vm-columns";
import type { VmRow } from "./vm-row";

interface VmTableProps {
  /** By name. */
  rows: readonly VmRow[];
  /** Keys of the columns (vm-column-keys.ts), in the order of the table. */
  columns?: readonly string[];
  /** A column's key; with `-` in front: descending. Without it the table keeps its own order. */
  sort?: string;
  onSort?: (sort: string) => void;
  selection: RowSelection<VmRow>;
  className?: string;
}

/** VMs, however many. */
export function VmTable(props: VmTableProps) {
  const { rows, columns = DEFAULT_COLUMNS, sort, onSort, selection, className } = props;
  const [ownSort, setOwnSort] = useState("name");
  const order = sort ?? ownSort;
  const keys = columns.join();
  const shown = useMemo(() => columnsOf(keys.split(",")), [keys]);
  const ordered = useMemo(() => inOrder(rows, order), [rows, order]);
  const { open, menu } = useRowMenu(rows);
  return (
    <RowMenuContext value={open}>
      <VirtualTable
        caption="Virtual machines"
        columns={shown}
        rows={ordered}
        rowKey={keyOf}
        isMuted={isStale}
        sort={order}
        onSort={onSort ?? setOwnSort}
        selection={selection}
        {...(className === undefined ? {} : { className })}
      />
      {menu}
    </RowMenuContext>
  );
}

const keyOf = ({ vm }: VmRow) => vm.vm_id;
const isStale = ({ stale }: VmRow) => stale;

function inOrder(rows: readonly VmRow[], sort: string): readonly VmRow[] {
  if (sort === "name") return rows;
  const column = columnOf(sort.replace(/^-/, ""));
  return column === undefined ? rows : orderBy(rows, column.sortBy, sort.startsWith("-"));
}
