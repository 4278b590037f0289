"use client";

import { Dialog } from "@base-ui/react/dialog";
import { X } from "lucide-react";
import { usePathname } from "next/navigation";
import { useEffect, useRef } from "react";
import { BACKDROP_LOOK } from "@/components/ui/dialog-look";
import { IconButton } from "@/components/ui/icon-button";
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
    <Dialog.Root open={open} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Backdrop className={BACKDROP_LOOK} />
        <Dialog.Popup className="fade fixed inset-y-0 left-0 z-50 flex w-[min(20rem,calc(100vw-3rem))] flex-col gap-3 overflow-y-auto border-line border-r bg-ground p-3 text-ink shadow-float outline-none">
          <div className="flex items-center justify-between pl-2">
            <Dialog.Title className="font-semibold text-lg">Menu</Dialog.Title>
            <Dialog.Close render={<IconButton label="Close the menu" Icon={X} className="size-9" />} />
          </div>
          <Navigation />
          <div className="flex min-h-48 flex-1 flex-col">
            <InventoryTree />
          </div>
          <div>
            <ThemeSwitch initial={theme} />
          </div>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
