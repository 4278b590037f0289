"use client";

import { Dialog } from "@base-ui/react/dialog";
import { X } from "lucide-react";
import type { ReactNode } from "react";
import { BACKDROP_LOOK } from "./dialog-look";
import { IconButton } from "./icon-button";

interface DrawerProps {
  title: string;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  children: ReactNode;
}

/** What a narrow page has no room for, over its left side. It keeps the focus, and gives it back. */
export function Drawer({ title, open, onOpenChange, children }: DrawerProps) {
  return (
    <Dialog.Root open={open} onOpenChange={(next) => onOpenChange(next)}>
      <Dialog.Portal>
        <Dialog.Backdrop className={BACKDROP_LOOK} />
        <Dialog.Popup className="fade fixed inset-y-0 left-0 z-50 flex w-[min(20rem,calc(100vw-3rem))] flex-col gap-3 overflow-y-auto border-line border-r bg-ground p-3 text-ink shadow-float outline-none">
          <div className="flex items-center justify-between pl-2">
            <Dialog.Title className="font-semibold text-lg">{title}</Dialog.Title>
            <Dialog.Close render={<IconButton label={`Close: ${title}`} Icon={X} className="size-9" />} />
          </div>
          {children}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
