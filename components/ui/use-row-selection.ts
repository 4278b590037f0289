import { type KeyboardEvent, type RefObject, useCallback, useEffect, useRef } from "react";
import { between, marked, pressed } from "./row-selection";

/** Which rows of a table are selected, by their keys. */
export interface RowSelection<Row> {
  keys: ReadonlySet<string>;
  onChange: (keys: ReadonlySet<string>) => void;
  /** What a row's checkbox is called. Keep its identity: each row is drawn anew with another. */
  labelOf: (row: Row) => string;
  /** What the one at the head is called. */
  allLabel: (count: number) => string;
  /** What Enter on a checkbox leads to: where one acts on what is selected. */
  onEnter?: () => void;
}

interface RowSelectionInput<Row> {
  selection: RowSelection<Row> | undefined;
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  /** What the table scrolls in. */
  region: RefObject<HTMLElement | null>;
  scrollTo: (index: number) => void;
}

/**
 * Selecting rows: a press, with Shift a range from the press before; between checkboxes the arrows move, and with
 * Shift they select what they pass.
 */
export function useRowSelection<Row>(input: RowSelectionInput<Row>): {
  press: (key: string, range: boolean) => void;
  onKeyDown: (event: KeyboardEvent<HTMLElement>) => void;
} {
  const latest = useRef(input);
  /** The row that was pressed last. */
  const anchor = useRef<string | null>(null);
  /** The row whose checkbox gets the focus once it is drawn. */
  const awaited = useRef<string | null>(null);
  useEffect(() => {
    latest.current = input;
    const key = awaited.current;
    if (key === null) return;
    const box = boxOf(input.region.current, key);
    if (box === null) return;
    awaited.current = null;
    box.focus();
  });

  const press = useCallback((key: string, range: boolean) => {
    const { selection, rows, rowKey } = latest.current;
    if (selection === undefined) return;
    selection.onChange(pressed(selection.keys, rows.map(rowKey), key, range ? anchor.current : null));
    anchor.current = key;
  }, []);

  const onKeyDown = useCallback((event: KeyboardEvent<HTMLElement>) => {
    const { selection, rows, rowKey, region, scrollTo } = latest.current;
    const target = event.target;
    if (selection === undefined || !(target instanceof HTMLInputElement) || !("select" in target.dataset))
      return;
    if (event.key === "Enter") {
      event.preventDefault();
      selection.onEnter?.();
      return;
    }
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    const here = target.closest<HTMLElement>("tr[data-key]")?.dataset.key;
    if (step === 0 || here === undefined) return;
    event.preventDefault();
    const order = rows.map(rowKey);
    const index = order.indexOf(here) + step;
    const next = order[index];
    if (next === undefined) return;
    if (event.shiftKey) {
      selection.onChange(marked(selection.keys, between(order, here, next), true));
      anchor.current = next;
    }
    scrollTo(index);
    const box = boxOf(region.current, next);
    if (box === null) awaited.current = next;
    else box.focus();
  }, []);

  return { press, onKeyDown };
}

function boxOf(region: HTMLElement | null, key: string): HTMLInputElement | null {
  return region?.querySelector(`tr[data-key="${CSS.escape(key)}"] input[data-select]`) ?? null;
}
