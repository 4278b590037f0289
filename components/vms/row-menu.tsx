"use client";

import { AnchoredMenu, MenuItem, MenuSeparator } from "@/components/ui/menu";
import { type ChosenVm, type VmChoice, whyUnavailable } from "@/components/vm-actions/vm-action";
import { POWER_ACTIONS } from "@/lib/domain/power-actions";
import { visibleText } from "@/lib/domain/visible-text";
import { VM_ACTIONS } from "@/lib/domain/vm-actions";
import type { VmRow } from "./vm-row";

interface RowMenuProps {
  row: VmRow;
  /** The row's button. */
  anchor: HTMLElement;
  byKeyboard: boolean;
  onChoose: (choice: VmChoice) => void;
  onClose: () => void;
}

/** What can be done with the VM of a row; what cannot be done now says why. */
export function RowMenu({ row, anchor, byKeyboard, onChoose, onClose }: RowMenuProps) {
  const vm: ChosenVm = { ...row.vm, cluster: row.cluster, stale: row.stale };
  const item = (choice: VmChoice) => ({
    unavailable: whyUnavailable(choice, vm),
    onSelect: () => onChoose(choice),
  });
  return (
    <AnchoredMenu
      label={`Actions for ${visibleText(vm.vm_name)}`}
      anchor={anchor}
      focusFirst={byKeyboard}
      onClose={onClose}
    >
      <MenuItem {...item("edit")}>Edit …</MenuItem>
      <MenuSeparator />
      {POWER_ACTIONS.map((action) => (
        <MenuItem key={action} {...item(action)}>
          {VM_ACTIONS[action].label}
          {VM_ACTIONS[action].confirm === undefined ? "" : " …"}
        </MenuItem>
      ))}
      <MenuSeparator />
      <MenuItem tone="danger" {...item("delete")}>
        Delete …
      </MenuItem>
    </AnchoredMenu>
  );
}
