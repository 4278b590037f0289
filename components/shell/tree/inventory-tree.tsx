"use client";

import { usePathname } from "next/navigation";
import { type RefObject, useDeferredValue, useLayoutEffect, useMemo, useRef, useState } from "react";
import { useRowWindow } from "@/components/ui/row-window";
import { SearchField } from "@/components/ui/search-field";
import { useInventory } from "@/lib/client/hooks";
import type { Inventory } from "@/lib/client/inventory";
import { TreeItem } from "./tree-item";
import { clusterKey, hostKey, type TreeRow, treeRows, vmKey } from "./tree-rows";
import { useBranches } from "./use-branches";
import { useReveal } from "./use-reveal";
import { useTreeKeys } from "./use-tree-keys";

/** A row's height in rem: Tailwind's `h-7`. */
const ROW_REM = 1.75;

/** Clusters, their hosts and their VMs, to walk through; any number of them, for only those in view are drawn. */
export function InventoryTree() {
  const { inventory, error } = useInventory();
  const [filter, setFilter] = useState("");
  const box = useRef<HTMLDivElement>(null);
  return (
    <nav aria-label="Hosts and VMs" className="flex min-h-0 flex-1 flex-col gap-1.5">
      <SearchField
        label="Filter hosts and VMs"
        placeholder="Filter hosts and VMs"
        size="small"
        value={filter}
        onChange={setFilter}
        onKeyDown={(event) => {
          if (event.key !== "ArrowDown") return;
          event.preventDefault();
          box.current?.querySelector<HTMLElement>('[role="treeitem"][tabindex="0"]')?.focus();
        }}
      />
      <div ref={box} className="relative min-h-0 flex-1 overflow-y-auto overflow-x-hidden">
        {inventory ? (
          <Branch inventory={inventory} filter={filter} box={box} />
        ) : (
          <p className="px-2 py-1 text-muted text-xs">{error ? "AetherV does not answer." : "Reading …"}</p>
        )}
      </div>
    </nav>
  );
}

interface BranchProps {
  inventory: Inventory;
  filter: string;
  /** What scrolls. */
  box: RefObject<HTMLDivElement | null>;
}

function Branch({ inventory, filter, box }: BranchProps) {
  const wanted = useDeferredValue(filter);
  const { branches, setOpen, reveal } = useBranches(wanted);
  const rows = useMemo(
    () => treeRows(inventory, (key, byDefault) => branches[key] ?? byDefault, wanted),
    [inventory, branches, wanted],
  );
  const current = keyOf(usePathname());
  const [active, setActive] = useState<string | null>(null);
  const focusNext = useRef(false);
  const activeItem = useRef<HTMLAnchorElement>(null);
  const rowHeight = useRowHeight();

  const indexOf = (key: string | null) => rows.findIndex((row) => row.key === key);
  const found = indexOf(active);
  const at = Math.max(0, found >= 0 ? found : indexOf(current));
  const focusable = rows[at]?.key;

  const onKeyDown = useTreeKeys({
    rows,
    at,
    onMove(row) {
      focusNext.current = true;
      setActive(row.key);
      if (row.key === active) activeItem.current?.focus();
    },
    onOpen: setOpen,
  });
  useLayoutEffect(() => {
    if (!focusNext.current) return;
    focusNext.current = false;
    activeItem.current?.focus();
  });
  useReveal({ current, inventory, rows, reveal, box, rowHeight });

  const { first, end } = useRowWindow(box, rowHeight, rows.length);
  const drawn: [TreeRow, number][] = [];
  for (let index = first; index < end; index += 1) {
    const row = rows[index];
    if (row !== undefined) drawn.push([row, index]);
  }
  // The focus stays where it is, however far one scrolls.
  const kept = rows[at];
  if (kept !== undefined && at < first) drawn.unshift([kept, at]);
  if (kept !== undefined && at >= end) drawn.push([kept, at]);

  if (rows.length === 0) {
    return (
      <p role="status" className="px-2 py-1 text-muted text-xs">
        {wanted.trim() === "" ? "No hosts are configured." : "Nothing has this in its name."}
      </p>
    );
  }
  return (
    <div
      role="tree"
      aria-label="Hosts and VMs"
      className="relative"
      style={{ height: rows.length * rowHeight }}
      onKeyDown={onKeyDown}
    >
      {drawn.map(([row, index]) => (
        <TreeItem
          key={row.key}
          ref={row.key === focusable ? activeItem : undefined}
          row={row}
          top={index * rowHeight}
          current={row.key === current}
          focusable={row.key === focusable}
          onFocus={setActive}
          onOpen={setOpen}
        />
      ))}
    </div>
  );
}

/** The row of a page; null: it has none. */
function keyOf(path: string): string | null {
  const [, place, name, more] = path.split("/");
  if (!name || more !== undefined || path === "/vms/new") return null;
  const id = decodeURIComponent(name);
  if (place === "vms") return vmKey(id);
  if (place === "hosts") return hostKey(id);
  return place === "clusters" ? clusterKey(id) : null;
}

/** In px: it grows with the browser's font size. */
function useRowHeight(): number {
  const [px] = useState(
    () => ROW_REM * Number.parseFloat(getComputedStyle(document.documentElement).fontSize),
  );
  return px;
}
