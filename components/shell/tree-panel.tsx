"use client";

import { OnDemand } from "@/components/shared/on-demand";
import { useWide } from "./use-wide";

const loadTree = () => import("./tree/inventory-tree").then((module) => module.InventoryTree);

/** The tree beside the page, where there is room for it; a phone has it in its drawer, and loads it there. */
export function TreePanel() {
  return useWide() ? <OnDemand load={loadTree} props={{}} missing="The tree cannot be shown" /> : null;
}
