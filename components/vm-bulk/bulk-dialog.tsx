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
  open: boolean;
  /** The action that is asked about; `report`: how the last one goes. */
  shown: BulkAction | "report";
  /** What is selected, as it is known now. */
  vms: readonly BulkVm[];
  /** An action has begun. */
  onReport: () => void;
  onClose: () => void;
  current: { run: BulkRun; snapshot: BulkSnapshot } | null;
  /** What has the focus afterwards. */
  finalFocus: () => HTMLElement | null;
}

/** Asks before an action on many VMs, and then tells how it goes. */
export function BulkDialog(props: BulkDialogProps) {
  const { open, shown, vms, onReport, onClose, current, finalFocus } = props;
  return (
    <Dialog
      title={titleOf()}
      width="wide"
      open={open}
      onOpenChange={(next) => {
        if (!next) onClose();
      }}
      finalFocus={finalFocus}
    >
      {content()}
    </Dialog>
  );

  function titleOf(): string {
    if (shown === "report") return current?.run.order.title ?? "";
    return `${VM_ACTIONS[shown].label} ${counted(vms.length, "selected VM")}?`;
  }

  function content() {
    if (shown === "report") {
      return current === null ? null : (
        <BulkReport run={current.run} snapshot={current.snapshot} onClose={onClose} />
      );
    }
    const begin = (order: Parameters<typeof beginRun>[0]) => {
      beginRun(order);
      onReport();
    };
    return shown === "delete" ? (
      <DeletionQuestion vms={vms} onBegin={begin} onClose={onClose} />
    ) : (
      <PowerQuestion action={shown} vms={vms} onBegin={begin} onClose={onClose} />
    );
  }
}
