"use client";

import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import type { VmState } from "@/lib/domain/inventory";
import { POWER_BUTTON_ID } from "./power-menu";

interface StateFirstProps {
  state: VmState;
  /** What cannot be changed and why, each in a sentence, where no field says it; none: everything can be. */
  reasons?: readonly string[];
  /** One goes to change the state, where the page can do that. @param to what is to have the focus then */
  onLeave?: ((to: HTMLElement | null) => void) | undefined;
}

/** Before one fills anything in: some of it needs another state of the VM, and the way there. */
export function StateFirst({ state, reasons, onLeave }: StateFirstProps) {
  if (reasons?.length === 0) return null;
  return (
    <Alert
      tone="warn"
      title={`Not everything can be changed while the VM is ${state}`}
      actions={
        onLeave ? (
          <Button onClick={() => onLeave(document.getElementById(POWER_BUTTON_ID))}>Go to Power</Button>
        ) : null
      }
    >
      {reasons?.map((reason) => (
        <p key={reason}>{reason}</p>
      ))}
    </Alert>
  );
}
