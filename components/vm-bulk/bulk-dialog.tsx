"use client";

import { Dialog } from "@/components/ui/dialog";
import { counted } from "@/lib/domain/amounts";
import { VM_ACTIONS } from "@/lib/domain/vm-actions";
import type { BulkAction, BulkVm } from "./bulk-plan";
import { BulkReport } from "./bulk-report";
import type { BulkRun, BulkSnapshot } from "./bulk-run";
import { beginRun } from "./current-run";
import { DeletionQuestion } from "./deletion-question";
import { PowerQuestion } from "./power-question";

interface BulkDialogProps {
  /** The action that is asked about; `report`: how the last one goes. null: it is closed. */
  shown: BulkAction | "report" | null;
  /** What is selected, as it is known now. */
  vms: readonly BulkVm[];
  onShow: (shown: "report" | null) => void;
  current: { run: BulkRun; snapshot: BulkSnapshot } | null;
  /** What has the focus afterwards. */
  finalFocus: () => HTMLElement | null;
}

/** Asks before an action on many VMs, and then tells how it goes. */
export function BulkDialog({ shown, vms, onShow, current, finalFocus }: BulkDialogProps) {
  const close = () => onShow(null);
  return (
    <Dialog
      title={titleOf()}
      width="wide"
      open={shown !== null}
      onOpenChange={(open) => {
        if (!open) close();
      }}
      finalFocus={finalFocus}
    >
      {content()}
    </Dialog>
  );

  function titleOf(): string {
    if (shown === null || shown === "report") return current?.run.order.title ?? "";
    return `${VM_ACTIONS[shown].label} ${counted(vms.length, "selected VM")}?`;
  }

  function content() {
    if (shown === "report") {
      return current === null ? null : (
        <BulkReport run={current.run} snapshot={current.snapshot} onClose={close} />
      );
    }
    if (shown === null) return null;
    const begin = (order: Parameters<typeof beginRun>[0]) => {
      beginRun(order);
      onShow("report");
    };
    return shown === "delete" ? (
      <DeletionQuestion vms={vms} onBegin={begin} onClose={close} />
    ) : (
      <PowerQuestion action={shown} vms={vms} onBegin={begin} onClose={close} />
    );
  }
}
