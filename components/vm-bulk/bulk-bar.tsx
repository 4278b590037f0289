"use client";

import { ChevronDown, Power, Trash2 } from "lucide-react";
import { type RefObject, useRef, useState } from "react";
import { OnDemand } from "@/components/shared/on-demand";
import { Button } from "@/components/ui/button";
import { Menu, MenuItem } from "@/components/ui/menu";
import { counted, formatCount } from "@/lib/domain/amounts";
import { POWER_ACTIONS } from "@/lib/domain/power-actions";
import { VM_ACTIONS } from "@/lib/domain/vm-actions";
import { type BulkAction, type BulkVm, planOf } from "./bulk-plan";
import { useCurrentRun } from "./current-run";
import { isOver, summaryOf } from "./report-words";

/** Nobody needs it on most visits. */
const loadBulkDialog = () => import("./bulk-dialog").then((module) => module.BulkDialog);

interface BulkBarProps {
  /** What is selected, whether the list shows it now or not. */
  vms: readonly BulkVm[];
  /** How many of them the list does not show now. */
  hidden: number;
  /** Its first button: where Enter in the list leads to. */
  first: RefObject<HTMLButtonElement | null>;
  onClear: () => void;
}

/** What can be done with the selected VMs of a list, and how the last such action goes. */
export function BulkBar({ vms, hidden, first, onClear }: BulkBarProps) {
  // What was shown stays readable while the dialog fades. null: none was opened yet.
  const [shown, setShown] = useState<BulkAction | "report" | null>(null);
  const [open, setOpen] = useState(false);
  const current = useCurrentRun();
  const opener = useRef<HTMLElement>(null);
  const report = useRef<HTMLButtonElement>(null);

  function show(next: BulkAction | "report") {
    opener.current = next === "report" ? report.current : first.current;
    setShown(next);
    setOpen(true);
  }

  return (
    <>
      {vms.length === 0 && current === null ? null : (
        <section
          aria-label="Selected VMs"
          className="sticky bottom-3 z-20 mt-3 flex flex-wrap items-center gap-x-3 gap-y-2 rounded-lg border border-edge bg-surface px-3 py-2 shadow-float"
        >
          <p role="status" className="min-w-0 text-sm">
            {vms.length === 0 ? (
              <span className="sr-only">No VM selected</span>
            ) : (
              <>
                <span className="font-medium">{counted(vms.length, "VM")} selected</span>
                {hidden === 0 ? "" : `, ${formatCount(hidden)} of them not shown`}
                <span className="sr-only">. Enter leads to what can be done with them.</span>
              </>
            )}
          </p>
          {vms.length === 0 ? null : (
            <>
              <Menu
                trigger={
                  <Button ref={first}>
                    <Power aria-hidden="true" className="size-4 text-muted" />
                    Power
                    <ChevronDown aria-hidden="true" className="size-4 text-muted" />
                  </Button>
                }
              >
                <PowerItems vms={vms} onAsk={show} />
              </Menu>
              <Button tone="danger" onClick={() => show("delete")}>
                <Trash2 aria-hidden="true" className="size-4" />
                Delete
              </Button>
              <Button tone="quiet" onClick={onClear}>
                Clear selection
              </Button>
            </>
          )}
          {current === null ? null : (
            <Button ref={report} tone="quiet" className="ml-auto" onClick={() => show("report")}>
              <span className="text-left font-normal">
                <span className="font-medium">{current.run.order.title}</span>:{" "}
                {isOver(current.snapshot) ? "report" : summaryOf(current.snapshot)}
              </span>
            </Button>
          )}
        </section>
      )}
      {shown === null ? null : (
        <OnDemand
          load={loadBulkDialog}
          props={{
            open,
            shown,
            vms,
            onReport: () => show("report"),
            onClose: () => setOpen(false),
            current,
            finalFocus: () => opener.current,
          }}
          missing="The dialog cannot be shown"
        />
      )}
    </>
  );
}

/** Counted when the menu opens, and not with each VM that is selected. */
function PowerItems({ vms, onAsk }: { vms: readonly BulkVm[]; onAsk: (action: BulkAction) => void }) {
  return POWER_ACTIONS.map((action) => {
    const { able, left } = planOf(action, vms);
    const only =
      left.length === 1 ? left[0]?.why : "None of them can take it now, each for a reason of its own.";
    return (
      <MenuItem
        key={action}
        unavailable={able.length === 0 ? only : undefined}
        onSelect={() => onAsk(action)}
      >
        {VM_ACTIONS[action].label} …
        {able.length === 0 || able.length === vms.length ? null : (
          <span className="text-muted">
            {" "}
            {formatCount(able.length)} of {formatCount(vms.length)}
          </span>
        )}
      </MenuItem>
    );
  });
}
