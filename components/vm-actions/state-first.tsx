"use client";

import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import type { VmState } from "@/lib/domain/inventory";
import { POWER_BUTTON_ID } from "./power-menu";

interface StateFirstProps {
  state: VmState;
  /** One goes to change the state. @param to what is to have the focus then */
  onLeave: (to: HTMLElement | null) => void;
}

/** Before one fills anything in: some of it needs another state of the VM, and the way there. Why stands at each field. */
export function StateFirst({ state, onLeave }: StateFirstProps) {
  return (
    <Alert
      tone="warn"
      title={`Not everything can be changed while the VM is ${state}`}
      actions={<Button onClick={() => onLeave(document.getElementById(POWER_BUTTON_ID))}>Go to Power</Button>}
    />
  );
}
