import { useSyncExternalStore } from "react";
import useSWR from "swr";
import type { HostView } from "@/lib/domain/inventory";
import { serverNow } from "./api";
import type { Inventory } from "./inventory";
import { inventoryStore } from "./inventory-store";
import { readHost, readVm } from "./resources";

/** How often a page of one VM or one host that stays open asks again, in ms. SWR asks nothing in a hidden tab. */
const PERIOD_MS = 5_000;

/**
 * Hosts and VMs, kept current while the page is looked at; every caller shares the same answers.
 * `refresh` asks at once.
 */
export function useInventory(): {
  inventory: Inventory | undefined;
  /** Why the last request failed; undefined: it did not. What was known is shown all the same. */
  error: unknown;
  refresh: () => Promise<void>;
} {
  const { inventory, error } = useSyncExternalStore(
    inventoryStore.subscribe,
    inventoryStore.snapshot,
    inventoryStore.snapshot,
  );
  return { inventory, error, refresh: inventoryStore.refresh };
}

/** The hosts alone, as {@link useInventory} has them: what uses them is drawn again only when one of them has changed. */
export function useHosts(): {
  hosts: readonly HostView[] | undefined;
  error: unknown;
  refresh: () => Promise<void>;
} {
  const hosts = useSyncExternalStore(inventoryStore.subscribe, currentHosts, currentHosts);
  const error = useSyncExternalStore(inventoryStore.subscribe, currentError, currentError);
  return { hosts, error, refresh: inventoryStore.refresh };
}

const currentHosts = () => inventoryStore.snapshot().inventory?.hosts;
const currentError = () => inventoryStore.snapshot().error;

/** All that is known of one VM, kept current. `error` is an `ApiProblem` with status 404 once it is gone. */
export function useVm(vmId: string) {
  return useSWR(["vm", vmId], () => readVm(vmId), {
    refreshInterval: PERIOD_MS,
    errorRetryInterval: PERIOD_MS,
  });
}

/** Lets the server know that somebody looks at this host, so that it reads it more often; null: nobody does. */
export function useLookAtHost(name: string | null): void {
  useSWR(name === null ? null : ["host", name], () => readHost(name ?? ""), {
    refreshInterval: PERIOD_MS,
    errorRetryInterval: PERIOD_MS,
  });
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
