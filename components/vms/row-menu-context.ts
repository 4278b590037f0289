import { createContext } from "react";
import type { VmRow } from "./vm-row";

/** Opens the menu of a row's VM beside the button that was pressed. */
export type OpenRowMenu = (row: VmRow, button: HTMLElement, byKeyboard: boolean) => void;

export const RowMenuContext = createContext<OpenRowMenu>(() => undefined);
