import { useSearchParams } from "next/navigation";
import { useCallback, useEffect } from "react";
import { useTypedText } from "./typed-text";

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

/** A parameter that one types: see {@link useTypedText}. It takes the place of the present address. */
export function useTypedParameter(name: string): [text: string, type: (text: string) => void] {
  const { get } = useAddressParameters();
  return useTypedText(get(name), (text) => put({ [name]: text }));
}

/** Which part of a page its address shows (`?tab=`), and how to show another; the first one needs no word in it. */
export function useTabParameter<Tab extends string>(
  tabs: readonly [Tab, ...Tab[]],
): [shown: Tab, show: (tab: string) => void] {
  const asked = useAddressParameters().get("tab");
  const [first] = tabs;
  const shown = tabs.find((tab) => tab === asked) ?? first;
  return [shown, (tab) => put({ tab: tab === first ? "" : tab })];
}

/** Does once what the page's address asks for (`?do=`), now or when it does; the address no longer asks then. */
export function useAskedByAddress(what: string, act: () => void): void {
  useEffect(() => {
    if (new URLSearchParams(window.location.search).get("do") !== what) return;
    put({ do: "" });
    act();
  });
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
