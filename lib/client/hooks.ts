import { useSyncExternalStore } from "react";
import useSWR, { type SWRConfiguration } from "swr";
import { serverNow } from "./api";
import { listHosts, readInventory } from "./resources";

/** How often a view that stays open asks again, in ms. SWR asks nothing in a hidden tab. */
const REFRESH = { inventory: 10_000 } as const;

const keepShowing: SWRConfiguration = { keepPreviousData: true, errorRetryInterval: 5_000 };

export function useHosts() {
  return useSWR("hosts", listHosts, { ...keepShowing, refreshInterval: REFRESH.inventory });
}

export function useInventory() {
  return useSWR("inventory", readInventory, { ...keepShowing, refreshInterval: REFRESH.inventory });
}

/** The server's time in ms, moving once a second while `ticking`. */
export function useNow(ticking = true): number {
  return useSyncExternalStore(ticking ? subscribeToSeconds : subscribeToNothing, currentSecond, () => 0);
}

function currentSecond(): number {
  return Math.floor(serverNow() / 1_000) * 1_000;
}

function subscribeToSeconds(listener: () => void): () => void {
  const timer = setInterval(listener, 1_000);
  return () => clearInterval(timer);
}

function subscribeToNothing(): () => void {
  return () => undefined;
}
