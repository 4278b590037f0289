import { createContext } from "react";
import type { VmRow } from "./vm-row";

/** Opens the menu of a row's VM beside the button that was pressed. */
export const RowMenuContext = createContext<(row: VmRow, button: HTMLElement) => void>(() => undefined);
