"use client";

import dynamic from "next/dynamic";
import { useWide } from "./use-wide";

const InventoryTree = dynamic(() => import("./tree/inventory-tree").then((module) => module.InventoryTree), {
  ssr: false,
});

/** The tree beside the page, where there is room for it; a phone has it in its drawer, and loads it there. */
export function TreePanel() {
  return useWide() ? <InventoryTree /> : null;
}
