import { useSearchParams } from "next/navigation";
import { useMemo } from "react";
import { useTypedText } from "@/lib/client/typed-text";
import { readQuery, type VmQuery, withQuery } from "./vm-query";

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
  const [text, setText] = useTypedText(query.q, (q) => {
    // By the address itself: what was chosen meanwhile may stand in it already, and not yet in `query`.
    const address = here();
    window.history.replaceState(null, "", withQuery(address, { ...readQuery(address.searchParams), q }));
  });

  function change(changes: Partial<VmQuery>): void {
    const next = { ...query, q: text.trim(), ...changes };
    const address = withQuery(here(), next);
    setText(next.q);
    if (address.href !== window.location.href) window.history.pushState(null, "", address);
  }
  return { query, text, setText, change };
}

const here = () => new URL(window.location.href);
