import { useSearchParams } from "next/navigation";
import { useCallback, useEffect, useRef, useState } from "react";

/** A page's questions and answers as they stand in its address. An empty value goes from it. */
export interface AddressParameters {
  /** Empty where it is not there. */
  get: (name: string) => string;
  /** Takes the place of the present address. */
  put: (changes: Record<string, string>) => void;
  /** Is an address of its own: Back leads to the one before. */
  go: (changes: Record<string, string>) => void;
}

/** What stands behind the `?` of the page's address. */
export function useAddressParameters(): AddressParameters {
  const parameters = useSearchParams();
  const get = useCallback((name: string) => parameters.get(name) ?? "", [parameters]);
  return { get, put, go };
}

/**
 * A parameter that one types. The text is there at once; the address, which a transition brings up to date,
 * follows, and comes back as text only where something else changed it (Back, a link).
 */
export function useTypedParameter(name: string): [text: string, type: (text: string) => void] {
  const value = useAddressParameters().get(name);
  const [text, setText] = useState(value);
  const onTheirWay = useRef(new Set<string>());
  useEffect(() => {
    if (onTheirWay.current.has(value)) return;
    setText(value);
  }, [value]);
  useEffect(() => {
    if (text === value) onTheirWay.current.clear();
  }, [text, value]);
  const type = useCallback(
    (next: string) => {
      onTheirWay.current.add(next);
      setText(next);
      put({ [name]: next });
    },
    [name],
  );
  return [text, type];
}

function put(changes: Record<string, string>): void {
  window.history.replaceState(null, "", changed(changes));
}

function go(changes: Record<string, string>): void {
  const next = changed(changes);
  if (next.href !== window.location.href) window.history.pushState(null, "", next);
}

function changed(changes: Record<string, string>): URL {
  const address = new URL(window.location.href);
  for (const [name, value] of Object.entries(changes)) {
    if (value === "") address.searchParams.delete(name);
    else address.searchParams.set(name, value);
  }
  return address;
}
