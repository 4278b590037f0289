"use client";

import { Dialog as Base } from "@base-ui/react/dialog";
import { X } from "lucide-react";
import type { ReactElement, ReactNode } from "react";
import { BACKDROP_LOOK, POPUP_LOOK } from "./dialog-look";
import { IconButton } from "./icon-button";

const WIDTHS = {
  normal: "w-[min(30rem,calc(100vw-2rem))]",
  form: "w-[min(37rem,calc(100vw-2rem))]",
  wide: "w-[min(48rem,calc(100vw-2rem))]",
} as const;

interface DialogProps {
  title: string;
  /** A sentence below the title; read out when it opens. */
  description?: ReactNode;
  /** What opens it, a `Button`; without it the caller does, by `open`. */
  trigger?: ReactElement;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  /** Something is typed in it: a press beside it does not close it. */
  holdsInput?: boolean;
  /** It has faded. */
  onClosed?: () => void;
  /** What has the focus afterwards; null: what had it before. */
  finalFocus?: () => HTMLElement | null;
  width?: keyof typeof WIDTHS;
  children: ReactNode;
  /** Buttons at its end, the one that acts last. */
  actions?: ReactNode;
}

/** Something to see to before the page goes on. It keeps the focus, and gives it back when it closes. */
export function Dialog(props: DialogProps) {
  const { title, description, trigger, open, onOpenChange, width = "normal", children, actions } = props;
  const { holdsInput = false, onClosed, finalFocus } = props;
  return (
    <Base.Root
      {...(open === undefined ? {} : { open })}
      onOpenChange={(next) => onOpenChange?.(next)}
      disablePointerDismissal={holdsInput}
      onOpenChangeComplete={(next) => {
        if (!next) onClosed?.();
      }}
    >
      {trigger ? <Base.Trigger render={trigger} /> : null}
      <Base.Portal>
        <Base.Backdrop className={BACKDROP_LOOK} />
        <Base.Popup className={`${POPUP_LOOK} ${WIDTHS[width]}`} {...(finalFocus ? { finalFocus } : {})}>
          <div className="mb-3 flex items-start justify-between gap-4">
            <div className="min-w-0">
              <Base.Title className="font-semibold text-lg">{title}</Base.Title>
              {description ? (
                <Base.Description render={<div />} className="text-muted">
                  {description}
                </Base.Description>
              ) : null}
            </div>
            <Base.Close render={<IconButton label="Close" Icon={X} className="-mt-1 -mr-1.5" />} />
          </div>
          {children}
          {actions ? <div className="mt-5 flex flex-wrap justify-end gap-2">{actions}</div> : null}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
