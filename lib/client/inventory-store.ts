import type { InventoryChanges } from "@/lib/domain/inventory";
import { type Inventory, takeIn } from "./inventory";
import { pause, untilVisible } from "./page-activity";
import { readInventory, refreshInventory } from "./resources";

/** How often a page that is looked at asks what has changed, in ms. */
const PERIOD_MS = 5_000;
/** How often, in ms, and how many times one looks whether a host was read again. */
const SOON_MS = 500;
const LOOKS = 40;

export interface InventorySnapshot {
  /** The last good answer; undefined: none yet. */
  inventory: Inventory | undefined;
  /** Why the last request failed; undefined: it did not. */
  error: unknown;
}

const NOTHING: InventorySnapshot = { inventory: undefined, error: undefined };

/** What a page knows of the inventory: asked for once for all who look, again and again while somebody does. */
export class InventoryStore {
  readonly #read: (since: string | undefined) => Promise<InventoryChanges>;
  readonly #listeners = new Set<() => void>();
  #snapshot = NOTHING;
  #polling: AbortController | null = null;
  #asking: Promise<void> | null = null;
  #next: Promise<void> | null = null;

  constructor(read: (since: string | undefined) => Promise<InventoryChanges>) {
    this.#read = read;
  }

  readonly snapshot = (): InventorySnapshot => this.#snapshot;

  /** For `useSyncExternalStore`: the first listener begins to poll, the last one ends it. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    if (this.#polling === null) {
      this.#polling = new AbortController();
      void this.#poll(this.#polling.signal);
    }
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size > 0) return;
      this.#polling?.abort();
      this.#polling = null;
    };
  };

  /** Resolves after an answer to a request that began after this call; the snapshot says whether it was a good one. */
  readonly refresh = (): Promise<void> => {
    if (this.#asking === null) return this.#ask();
    this.#next ??= this.#asking.then(() => {
      this.#next = null;
      return this.#ask();
    });
    return this.#next;
  };

  /** Resolves once each of these hosts (all, without a name) was read again, well or badly, or after a while. */
  async untilReadAgain(host?: string): Promise<void> {
    const before = this.#snapshot.inventory;
    const names = host === undefined ? [...(before?.hostByName.keys() ?? [])] : [host];
    const { signal } = new AbortController();
    const readAgain = (name: string) =>
      this.#snapshot.inventory?.hostByName.get(name) !== before?.hostByName.get(name);
    for (let look = 1; look <= LOOKS; look += 1) {
      await this.refresh();
      if (this.#snapshot.error !== undefined || names.every(readAgain)) return;
      await pause(SOON_MS, signal);
    }
  }

  async #poll(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await untilVisible(signal);
      if (signal.aborted) return;
      await this.refresh();
      await pause(PERIOD_MS, signal);
    }
  }

  #ask(): Promise<void> {
    const known = this.#snapshot.inventory;
    this.#asking = this.#read(known?.revision).then(
      (changes) => this.#tell({ inventory: next(known, changes), error: undefined }),
      (error: unknown) => this.#tell({ inventory: known, error }),
    );
    return this.#asking;
  }

  #tell(snapshot: InventorySnapshot): void {
    this.#asking = null;
    const { inventory, error } = this.#snapshot;
    if (snapshot.inventory === inventory && snapshot.error === error) return;
    this.#snapshot = snapshot;
    for (const listener of this.#listeners) listener();
  }
}

/** The very same where nothing has changed. */
function next(known: Inventory | undefined, changes: InventoryChanges): Inventory {
  return known?.revision === changes.revision ? known : takeIn(known, changes);
}

/** The page's one store. */
export const inventoryStore = new InventoryStore(readInventory);

/**
 * Has a host (all hosts, without a name) read again, and resolves once the page shows what it said.
 * @throws ApiProblem, ConnectionFailed
 */
export async function readHostsAgain(host?: string): Promise<void> {
  await refreshInventory(host);
  await inventoryStore.untilReadAgain(host);
}
