"use client";

import { ChevronDown, Power } from "lucide-react";
import { useRef, useState } from "react";
import { RequestTextsFold } from "@/components/shared/request-texts-fold";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Menu, MenuItem } from "@/components/ui/menu";
import type { VmView } from "@/lib/domain/inventory";
import { POWER_ACTIONS, type PowerAction } from "@/lib/domain/power-actions";
import { visibleText } from "@/lib/domain/visible-text";
import { VM_ACTIONS } from "@/lib/domain/vm-actions";
import { questionOf } from "./question-words";
import { unavailable } from "./unavailable";

/** What cannot be done in the VM's state leads there. */
export const POWER_BUTTON_ID = "vm-power";

interface PowerMenuProps {
  vm: VmView;
  pending: boolean;
  onPower: (action: PowerAction) => void;
}

/** What can be done with a VM's power: what is lost by it is said before it is done. */
export function PowerMenu({ vm, pending, onPower }: PowerMenuProps) {
  const button = useRef<HTMLButtonElement>(null);
  const [asked, setAsked] = useState<PowerAction | null>(null);
  // What was asked stays readable while the dialog fades.
  const [subject, setSubject] = useState<PowerAction>("turn_off");
  const { label, confirm } = VM_ACTIONS[subject];

  function choose(action: PowerAction) {
    if (VM_ACTIONS[action].confirm === undefined) return onPower(action);
    setSubject(action);
    setAsked(action);
  }

  return (
    <>
      <Menu
        align="end"
        trigger={
          <Button ref={button} id={POWER_BUTTON_ID} pending={pending}>
            <Power aria-hidden="true" className="size-4 text-muted" />
            Power
            <ChevronDown aria-hidden="true" className="size-4 text-muted" />
          </Button>
        }
      >
        {POWER_ACTIONS.map((action) => (
          <MenuItem key={action} unavailable={unavailable(action, vm)} onSelect={() => choose(action)}>
            {VM_ACTIONS[action].label}
            {VM_ACTIONS[action].confirm === undefined ? "" : " …"}
          </MenuItem>
        ))}
      </Menu>
      <ConfirmDialog
        open={asked !== null}
        onOpenChange={(open) => {
          if (!open) setAsked(null);
        }}
        finalFocus={button}
        title={`${label} ${visibleText(vm.vm_name)}?`}
        confirm={label}
        dismiss="Leave it as it is"
        onConfirm={() => onPower(subject)}
        foot={<RequestTextsFold request={questionOf(subject, vm).request} />}
      >
        <p>{confirm}</p>
      </ConfirmDialog>
    </>
  );
}
