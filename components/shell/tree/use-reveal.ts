import { type RefObject, useEffect, useRef } from "react";
import type { Inventory } from "@/lib/client/inventory";
import { clusterKey, hostKey, type TreeRow } from "./tree-rows";

interface Reveal {
  current: string | null;
  inventory: Inventory;
  rows: readonly TreeRow[];
  reveal: (keys: readonly string[]) => void;
  box: RefObject<HTMLDivElement | null>;
  rowHeight: number;
}

/** When another page is shown: unfolds the way to its row, and brings it into view. */
export function useReveal({ current, inventory, rows, reveal, box, rowHeight }: Reveal): void {
  const unfolded = useRef<string | null>(null);
  const shown = useRef<string | null>(null);
  useEffect(() => {
    if (current === null || unfolded.current === current) return;
    const above = keysAbove(inventory, current);
    if (above === null) return;
    unfolded.current = current;
    reveal(above);
  }, [current, inventory, reveal]);
  useEffect(() => {
    const element = box.current;
    if (current === null || shown.current === current || element === null) return;
    const index = rows.findIndex(({ key }) => key === current);
    if (index < 0) return;
    shown.current = current;
    const top = index * rowHeight;
    const seen = top >= element.scrollTop && top + rowHeight <= element.scrollTop + element.clientHeight;
    if (!seen) element.scrollTop = top - element.clientHeight / 2;
  }, [current, rows, box, rowHeight]);
}

/** The branches that a row is in; null: there is no such row. */
function keysAbove(inventory: Inventory, key: string): string[] | null {
  const vm = key.startsWith("v:") ? inventory.vmById.get(key.slice(2)) : undefined;
  const name = vm?.host ?? (key.startsWith("h:") ? key.slice(2) : null);
  if (name === null) return key.startsWith("c:") ? [] : null;
  const host = inventory.hostByName.get(name);
  if (host === undefined) return null;
  const cluster = host.record?.cluster ?? null;
  return [...(cluster === null ? [] : [clusterKey(cluster)]), ...(vm ? [hostKey(name)] : [])];
}
