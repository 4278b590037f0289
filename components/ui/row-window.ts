import { type RefObject, useEffect, useState } from "react";

/** Rows drawn beyond what is in view, so that none is missing while one scrolls. */
const MORE = 8;

interface Span {
  /** The first row drawn. */
  first: number;
  /** The one after the last. */
  end: number;
}

/** Which of the rows, all of one height, are in view, and some more on both sides. */
export function rowsInView(top: number, height: number, rowHeight: number, count: number): Span {
  const first = Math.max(0, Math.floor(top / rowHeight) - MORE);
  const end = Math.min(count, Math.ceil((top + height) / rowHeight) + MORE);
  return { first: Math.min(first, end), end };
}

/**
 * Follows which rows of a box that scrolls are in view. For rows of one height that is a division; what
 * measures each row is for lists whose rows differ.
 *
 * @param rowHeight in px
 */
export function useRowWindow(box: RefObject<HTMLElement | null>, rowHeight: number, count: number): Span {
  const [view, setView] = useState<Span>({ first: 0, end: 0 });
  useEffect(() => {
    const element = box.current;
    if (element === null) return;
    const look = () => {
      const next = rowsInView(element.scrollTop, element.clientHeight, rowHeight, count);
      setView((before) => (before.first === next.first && before.end === next.end ? before : next));
    };
    look();
    element.addEventListener("scroll", look, { passive: true });
    const resizing = new ResizeObserver(look);
    resizing.observe(element);
    return () => {
      element.removeEventListener("scroll", look);
      resizing.disconnect();
    };
  }, [box, rowHeight, count]);
  return view;
}
