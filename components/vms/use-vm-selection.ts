import { type RefObject, useMemo, useRef, useState } from "react";
import type { RowSelection } from "@/components/ui/use-row-selection";
import { counted } from "@/lib/domain/amounts";
import { visibleText } from "@/lib/domain/visible-text";
import type { VmRow } from "./vm-row";

const NONE: ReadonlySet<string> = new Set();

/**
 * Which VMs of a list are selected. It is kept while the list is sorted, filtered and read anew; what is gone from
 * it for good is selected no more.
 *
 * @param rows all that the list may show
 * @param shown those that it shows now
 */
export function useVmSelection(
  rows: readonly VmRow[],
  shown: readonly VmRow[],
): {
  selection: RowSelection<VmRow>;
  selected: readonly VmRow[];
  /** How many of them are not shown now. */
  hidden: number;
  clear: () => void;
  /** Where one acts on them. */
  actions: RefObject<HTMLButtonElement | null>;
} {
  const [keys, setKeys] = useState(NONE);
  const actions = useRef<HTMLButtonElement>(null);
  const selected = useMemo(
    () => (keys.size === 0 ? [] : rows.filter(({ vm }) => keys.has(vm.vm_id))),
    [rows, keys],
  );
  const inView = useMemo(
    () => (keys.size === 0 ? 0 : shown.filter(({ vm }) => keys.has(vm.vm_id)).length),
    [shown, keys],
  );
  const selection = useMemo(
    () => ({ keys, onChange: setKeys, labelOf, allLabel, onEnter: () => actions.current?.focus() }),
    [keys],
  );
  return {
    ...{ selection, selected, actions },
    hidden: selected.length - inView,
    clear: () => setKeys(NONE),
  };
}

const labelOf = ({ vm }: VmRow) => `Select ${visibleText(vm.vm_name)}`;
const allLabel = (count: number) => (count === 1 ? "Select the VM" : `Select all ${counted(count, "VM")}`);
