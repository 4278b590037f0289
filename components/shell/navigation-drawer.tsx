"use client";

import { usePathname } from "next/navigation";
import { useEffect, useRef } from "react";
import { Drawer } from "@/components/ui/drawer";
import type { Theme } from "@/lib/client/theme";
import { Navigation } from "./navigation";
import { ThemeSwitch } from "./theme-switch";
import { InventoryTree } from "./tree/inventory-tree";

interface NavigationDrawerProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  theme: Theme;
}

/** All that the sidebar has, over the page. Another page closes it. */
export function NavigationDrawer({ open, onOpenChange, theme }: NavigationDrawerProps) {
  const path = usePathname();
  const before = useRef(path);
  useEffect(() => {
    if (before.current === path) return;
    before.current = path;
    onOpenChange(false);
  }, [path, onOpenChange]);
  return (
    <Drawer title="Menu" open={open} onOpenChange={onOpenChange}>
      <Navigation />
      <div className="flex min-h-48 flex-1 flex-col">
        <InventoryTree />
      </div>
      <div>
        <ThemeSwitch initial={theme} />
      </div>
    </Drawer>
  );
}
