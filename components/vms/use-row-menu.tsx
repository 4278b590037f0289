import { type ReactNode, useCallback, useRef, useState } from "react";
import { OnDemand } from "@/components/shared/on-demand";
import type { VmChosen } from "@/components/vm-actions/act-on-vm";
import type { OpenRowMenu } from "./row-menu-context";
import type { VmRow } from "./vm-row";

/** Nobody needs them on most visits. */
const loadRowMenu = () => import("./row-menu").then((module) => module.RowMenu);
const loadActOnVm = () => import("@/components/vm-actions/act-on-vm").then((module) => module.ActOnVm);

/**
 * One menu for all rows, and what follows from it: as many as there are rows would slow a long list down.
 *
 * @param rows as they are now: an open menu follows them
 */
export function useRowMenu(rows: readonly VmRow[]): {
  open: OpenRowMenu;
  /** To be drawn beside the table. */
  menu: ReactNode;
} {
  const [at, setAt] = useState<{ vmId: string; button: HTMLElement; byKeyboard: boolean } | null>(null);
  const [chosen, setChosen] = useState<VmChosen | null>(null);
  const button = useRef<HTMLElement>(null);
  const count = useRef(0);

  const open = useCallback<OpenRowMenu>((row, pressed, byKeyboard) => {
    button.current = pressed;
    setAt({ vmId: row.vm.vm_id, button: pressed, byKeyboard });
  }, []);

  const row = at === null ? undefined : rows.find(({ vm }) => vm.vm_id === at.vmId);
  const menu = (
    <>
      {at === null || row === undefined ? null : (
        <OnDemand
          load={loadRowMenu}
          props={{
            row,
            anchor: at.button,
            byKeyboard: at.byKeyboard,
            onClose: () => setAt(null),
            onChoose: (choice) => {
              count.current += 1;
              setAt(null);
              setChosen({ choice, vm: row.vm });
            },
          }}
          missing="The menu cannot be shown"
        />
      )}
      {chosen === null ? null : (
        <OnDemand
          key={count.current}
          load={loadActOnVm}
          props={{ chosen, onDone: () => setChosen(null), finalFocus: () => button.current }}
          missing="Nothing was done"
        />
      )}
    </>
  );
  return { open, menu };
}
