import { useSearchParams } from "next/navigation";
import { useEffect, useMemo, useRef, useState } from "react";
import { readQuery, type VmQuery, withQuery } from "./vm-query";

/** Typing is over when no key came for this long, in ms: browsers take only so many addresses in a while. */
const TYPING_MS = 200;

/**
 * The list's query, as the address asks for it. The search text is ahead of the address while somebody types,
 * and follows it on Back. Any other answer is an address of its own, so that Back leads to the one before.
 */
export function useVmQuery(): {
  query: VmQuery;
  text: string;
  setText: (text: string) => void;
  change: (change: Partial<VmQuery>) => void;
} {
  const parameters = useSearchParams();
  const query = useMemo(() => readQuery(parameters), [parameters]);
  const [text, setText] = useState(query.q);
  /** What the address was last told, or has told: another text in it comes from Back or a link. */
  const known = useRef(query.q);
  useEffect(() => {
    if (query.q === known.current) return;
    known.current = query.q;
    setText(query.q);
  }, [query.q]);
  useEffect(() => {
    const wanted = text.trim();
    if (wanted === known.current) return;
    const timer = setTimeout(() => {
      known.current = wanted;
      window.history.replaceState(null, "", withQuery(here(), { ...query, q: wanted }));
    }, TYPING_MS);
    return () => clearTimeout(timer);
  }, [text, query]);

  function change(changes: Partial<VmQuery>): void {
    const next = { ...query, q: text.trim(), ...changes };
    const address = withQuery(here(), next);
    known.current = next.q;
    setText(next.q);
    if (address.href !== window.location.href) window.history.pushState(null, "", address);
  }
  return { query, text, setText, change };
}

const here = () => new URL(window.location.href);
