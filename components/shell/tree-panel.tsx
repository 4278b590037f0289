"use client";

import { lazy, Suspense } from "react";
import { useWide } from "./use-wide";

const InventoryTree = lazy(() =>
  import("./tree/inventory-tree").then((module) => ({ default: module.InventoryTree })),
);

/** The tree beside the page, where there is room for it; a phone has it in its drawer, and loads it there. */
export function TreePanel() {
  return useWide() ? (
    <Suspense>
      <InventoryTree />
    </Suspense>
  ) : null;
}
