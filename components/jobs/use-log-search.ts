import { useDeferredValue, useMemo, useState } from "react";
import type { LogLine } from "@/lib/domain/job";
import { matchingLines, step } from "./log-search";

export interface LogSearch {
  /** As it stands in the field. */
  text: string;
  /** What the matches are of: it follows `text`, and typing waits for nothing. */
  query: string;
  /** The numbers of the lines that match. */
  matches: readonly number[];
  /** The line that one is at. */
  current: number | null;
  setText: (text: string) => void;
  /** Gives the line that is current now. */
  go: (by: 1 | -1) => number | null;
}

export function useLogSearch(lines: readonly LogLine[]): LogSearch {
  const [text, setText] = useState("");
  const [current, setCurrent] = useState<number | null>(null);
  const query = useDeferredValue(text);
  const matches = useMemo(() => matchingLines(lines, query), [lines, query]);
  return {
    text,
    query,
    matches,
    current: current !== null && matches.includes(current) ? current : null,
    setText: (next) => {
      setText(next);
      setCurrent(null);
    },
    go: (by) => {
      // Enter may come before the matches of what was typed.
      const next = step(text === query ? matches : matchingLines(lines, text), current, by);
      setCurrent(next);
      return next;
    },
  };
}
