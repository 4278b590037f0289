import { useEffect, useMemo, useRef } from "react";
import { countSelected, marked } from "./row-selection";
import type { RowSelection } from "./use-row-selection";

interface SelectAllProps<Row> {
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  selection: RowSelection<Row>;
  className: string;
}

/** At the head of the column of checkboxes: every row that the table lists, in view or not. */
export function SelectAll<Row>({ rows, rowKey, selection, className }: SelectAllProps<Row>) {
  const { keys, onChange, allLabel } = selection;
  const box = useRef<HTMLInputElement>(null);
  const order = useMemo(() => rows.map(rowKey), [rows, rowKey]);
  const count = useMemo(() => countSelected(keys, order), [keys, order]);
  const all = order.length > 0 && count === order.length;
  useEffect(() => {
    if (box.current !== null) box.current.indeterminate = count > 0 && !all;
  });
  return (
    <th scope="col" className={`left-0 z-20 p-0 ${className}`}>
      <label className={TARGET}>
        <input
          ref={box}
          type="checkbox"
          aria-label={allLabel(order.length)}
          className="size-4"
          checked={all}
          onChange={() => onChange(marked(keys, order, !all))}
        />
      </label>
    </th>
  );
}

interface SelectCellProps {
  id: string;
  label: string;
  selected: boolean;
  onPress: ((key: string, range: boolean) => void) | undefined;
}

/** A row's checkbox. */
export function SelectCell({ id, label, selected, onPress }: SelectCellProps) {
  return (
    <td className="sticky left-0 z-1 h-9 border-line/70 border-b bg-inherit p-0">
      <label className={TARGET}>
        <input
          type="checkbox"
          data-select
          aria-label={label}
          className="size-4"
          checked={selected}
          onChange={({ nativeEvent }) =>
            onPress?.(id, nativeEvent instanceof MouseEvent && nativeEvent.shiftKey)
          }
        />
      </label>
    </td>
  );
}

/** The whole cell takes the press. */
const TARGET = "grid h-9 w-10 cursor-pointer select-none place-items-center pl-1";
