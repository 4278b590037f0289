import { useCallback, useEffect, useState } from "react";
import { type Branches, keepBranches, readBranches } from "./open-branches";

const NO_BRANCHES: Branches = {};

/** What is open. While one filters the tree opens by what it finds, and what one folds then is not kept. */
export function useBranches(filter: string) {
  const [kept, setKept] = useState(readBranches);
  const [filtered, setFiltered] = useState({ filter, branches: NO_BRANCHES });
  const filtering = filter.trim() !== "";
  const meanwhile = filtered.filter === filter ? filtered.branches : NO_BRANCHES;
  useEffect(() => keepBranches(kept), [kept]);
  const setOpen = useCallback(
    (key: string, open: boolean) => {
      if (filtering) setFiltered({ filter, branches: { ...meanwhile, [key]: open } });
      else setKept((before) => ({ ...before, [key]: open }));
    },
    [filtering, filter, meanwhile],
  );
  const reveal = useCallback((keys: readonly string[]) => {
    setKept((before) => {
      const closed = keys.filter((key) => before[key] !== true);
      return closed.length === 0
        ? before
        : { ...before, ...Object.fromEntries(closed.map((key) => [key, true])) };
    });
  }, []);
  return { branches: filtering ? meanwhile : kept, setOpen, reveal };
}
