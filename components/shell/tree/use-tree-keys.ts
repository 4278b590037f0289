import { type KeyboardEvent, useRef } from "react";
import type { TreeRow } from "./tree-rows";

/** Letters that come faster than this, in ms, spell one beginning of a name. */
const SPELLING_MS = 700;

interface TreeKeys {
  rows: readonly TreeRow[];
  /** The index of the row that has the focus. */
  at: number;
  onMove: (row: TreeRow) => void;
  onOpen: (key: string, open: boolean) => void;
}

/**
 * The keys of a tree (ARIA Authoring Practices, Tree View): arrows, Home, End, and the first letters of a name; Space
 * folds and unfolds. Enter is the link's own.
 */
export function useTreeKeys({ rows, at, onMove, onOpen }: TreeKeys) {
  const spelled = useRef({ text: "", at: 0 });

  function spell(letter: string, time: number): TreeRow | undefined {
    const { text, at: last } = spelled.current;
    const next = (time - last < SPELLING_MS ? text : "") + letter.toLowerCase();
    spelled.current = { text: next, at: time };
    // A first letter leads on to the next such row; more letters may still mean this one.
    const start = next.length === 1 ? at + 1 : at;
    const around = [...rows.slice(start), ...rows.slice(0, start)];
    return around.find(({ name }) => name.toLowerCase().startsWith(next));
  }

  function target(event: KeyboardEvent, row: TreeRow): TreeRow | undefined {
    switch (event.key) {
      case "ArrowDown":
        return rows[at + 1];
      case "ArrowUp":
        return rows[at - 1];
      case "Home":
        return rows[0];
      case "End":
        return rows.at(-1);
      case "ArrowRight":
        if (row.open === false) onOpen(row.key, true);
        return row.open === true ? rows[at + 1] : undefined;
      case "ArrowLeft":
        if (row.open === true) onOpen(row.key, false);
        return row.open === true ? undefined : rows.find(({ key }) => key === row.parent);
      case " ":
        if (row.open !== null) onOpen(row.key, !row.open);
        return undefined;
      default:
        return event.key.length === 1 ? spell(event.key, event.timeStamp) : undefined;
    }
  }

  return (event: KeyboardEvent) => {
    const row = rows[at];
    if (row === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    const next = target(event, row);
    if (next !== undefined) onMove(next);
    if (next !== undefined || HANDLED.has(event.key)) event.preventDefault();
  };
}

/** Would scroll the box, and at the tree's end too. */
const HANDLED = new Set([" ", "ArrowDown", "ArrowUp", "ArrowRight", "ArrowLeft", "Home", "End"]);
