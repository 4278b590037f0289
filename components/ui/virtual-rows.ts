/** What stands in a table's body: a row by its index, or empty space in the place of rows that are not rendered. */
export type Slot = { kind: "row"; index: number } | { kind: "gap"; key: string; height: number };

interface RenderedRow {
  index: number;
  /** Where the row begins and ends in the whole body, in px. */
  start: number;
  end: number;
}

/** The rows that are rendered, in their order, with the space before, between and after them. */
export function slotsOf(rows: readonly RenderedRow[], bodyHeight: number): Slot[] {
  const slots: Slot[] = [];
  let filled = 0;
  const fillUpTo = (end: number, key: string) => {
    if (end > filled) slots.push({ kind: "gap", key, height: end - filled });
  };
  for (const { index, start, end } of rows) {
    fillUpTo(start, `before-${index}`);
    slots.push({ kind: "row", index });
    filled = end;
  }
  fillUpTo(bodyHeight, "after");
  return slots;
}

/** The window's rows, and the one that has the focus wherever it is: what has the focus must not go away. */
export function withFocused(window: number[], focused: number): number[] {
  if (focused < 0 || window.includes(focused)) return window;
  return [...window, focused].sort((a, b) => a - b);
}
