"use client";

import { AlertDialog } from "@base-ui/react/alert-dialog";
import type { ReactNode, RefObject } from "react";
import { Button } from "./button";
import { BACKDROP_LOOK, POPUP_LOOK } from "./dialog-look";

interface ConfirmDialogProps {
  /** On the button that opens it; without one the caller opens it, by `open`. */
  label?: string;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  /** What has the focus afterwards, where no button of its own opens it. */
  finalFocus?: RefObject<HTMLElement | null>;
  title: string;
  /** The button that does it, and the one that does not. */
  confirm: string;
  dismiss: string;
  children: ReactNode;
  /** Below the buttons: what few look at. */
  foot?: ReactNode;
  pending?: boolean;
  onConfirm: () => void;
}

/** A button that asks before it acts. A press beside it is no answer; Escape is: no. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { label, title, confirm, dismiss, children, foot, pending = false, onConfirm } = props;
  const { open, onOpenChange, finalFocus } = props;
  return (
    <AlertDialog.Root {...(open === undefined ? {} : { open })} onOpenChange={(next) => onOpenChange?.(next)}>
      {label === undefined ? null : (
        <AlertDialog.Trigger render={<Button tone="danger" pending={pending} />}>{label}</AlertDialog.Trigger>
      )}
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className={BACKDROP_LOOK} />
        <AlertDialog.Popup
          className={`${POPUP_LOOK} w-[min(28rem,calc(100vw-2rem))]`}
          {...(finalFocus ? { finalFocus } : {})}
        >
          <AlertDialog.Title className="mb-2 font-semibold text-lg">{title}</AlertDialog.Title>
          <AlertDialog.Description render={<div />}>{children}</AlertDialog.Description>
          <div className="mt-5 flex flex-wrap justify-end gap-2">
            <AlertDialog.Close render={<Button />}>{dismiss}</AlertDialog.Close>
            <AlertDialog.Close render={<Button tone="danger" />} onClick={onConfirm}>
              {confirm}
            </AlertDialog.Close>
          </div>
          {foot ? <div className="mt-4">{foot}</div> : null}
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
