"use client";

import { type ReactNode, useId, useRef } from "react";
import { Button } from "./button";

interface ConfirmDialogProps {
  /** What opens it. */
  label: string;
  title: string;
  /** The button that does it, and the one that does not. */
  confirm: string;
  dismiss: string;
  children: ReactNode;
  pending?: boolean;
  onConfirm: () => void;
}

/** A button that asks before it acts. The browser's own modal dialog keeps the focus and gives it back. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { label, title, confirm, dismiss, children, pending = false, onConfirm } = props;
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  return (
    <>
      <Button tone="danger" pending={pending} onClick={() => dialog.current?.showModal()}>
        {label}
      </Button>
      <dialog
        ref={dialog}
        aria-labelledby={titleId}
        className="m-auto w-[min(28rem,calc(100vw-2rem))] rounded-lg border border-line bg-surface p-5 text-ink shadow-xl backdrop:bg-black/50"
      >
        <h2 id={titleId} className="mb-2 font-semibold text-base">
          {title}
        </h2>
        {children}
        <div className="mt-4 flex flex-wrap justify-end gap-2">
          <Button onClick={() => dialog.current?.close()}>{dismiss}</Button>
          <Button
            tone="danger"
            onClick={() => {
              dialog.current?.close();
              onConfirm();
            }}
          >
            {confirm}
          </Button>
        </div>
      </dialog>
    </>
  );
}
