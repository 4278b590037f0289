import dynamic from "next/dynamic";
import { type ReactNode, useCallback, useRef, useState } from "react";
import type { VmChosen } from "@/components/vm-actions/act-on-vm";
import type { OpenRowMenu } from "./row-menu-context";
import type { VmRow } from "./vm-row";

/** Nobody needs them on most visits. */
const RowMenu = dynamic(() => import("./row-menu").then((module) => module.RowMenu), { ssr: false });
const ActOnVm = dynamic(() => import("@/components/vm-actions/act-on-vm").then((module) => module.ActOnVm), {
  ssr: false,
});

/** One menu for all rows, and what follows from it: as many as there are rows would slow a long list down. */
export function useRowMenu(): {
  open: OpenRowMenu;
  /** To be drawn beside the table. */
  menu: ReactNode;
} {
  const [at, setAt] = useState<{ row: VmRow; button: HTMLElement; byKeyboard: boolean } | null>(null);
  const [chosen, setChosen] = useState<VmChosen | null>(null);
  const button = useRef<HTMLElement>(null);
  const count = useRef(0);

  const open = useCallback<OpenRowMenu>((row, pressed, byKeyboard) => {
    button.current = pressed;
    setAt({ row, button: pressed, byKeyboard });
  }, []);

  const menu = (
    <>
      {at === null ? null : (
        <RowMenu
          row={at.row}
          anchor={at.button}
          byKeyboard={at.byKeyboard}
          onClose={() => setAt(null)}
          onChoose={(choice) => {
            count.current += 1;
            setAt(null);
            setChosen({ choice, vm: at.row.vm });
          }}
        />
      )}
      {chosen === null ? null : (
        <ActOnVm
          key={count.current}
          chosen={chosen}
          onDone={() => setChosen(null)}
          finalFocus={() => button.current}
        />
      )}
    </>
  );
  return { open, menu };
}
