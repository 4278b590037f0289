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

/** Typing is over when no key came for this long, in ms: browsers take only so many addresses in a while. */
const TYPING_MS = 200;

/**
 * A parameter that one types: the text is there at once and the address follows; where something else has
 * changed it (Back, a link), the text follows the address.
 */
export function useTypedParameter(name: string): [text: string, type: (text: string) => void] {
  const value = useAddressParameters().get(name);
  const [text, setText] = useState(value);
  /** What the address was last told, or has told. */
  const known = useRef(value);
  useEffect(() => {
    if (value === known.current) return;
    known.current = value;
    setText(value);
  }, [value]);
  useEffect(() => {
    if (text === known.current) return;
    const timer = setTimeout(() => {
      known.current = text;
      put({ [name]: text });
    }, TYPING_MS);
    return () => clearTimeout(timer);
  }, [name, text]);
  return [text, setText];
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
