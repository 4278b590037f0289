/** What changed: a host by its name, a VM by its id. */
export interface Changed {
  kind: "host" | "vm";
  id: string;
}

/** Enough for some minutes of the largest fleets; who was away longer is told everything. */
const KEPT = 100_000;

/** Numbers every change, and says what has changed since a number, at a cost that grows with those changes alone. */
export class RevisionLog {
  readonly #kept: number;
  #entries: (Changed & { revision: number })[] = [];
  /** What came before is forgotten. */
  #floor = 0;
  #current = 0;

  constructor(kept = KEPT) {
    this.#kept = kept;
  }

  /** The number of the latest change; 0: nothing has changed so far. */
  get current(): number {
    return this.#current;
  }

  /** Everything that changed in one go has one number: it is given. */
  add(changes: Iterable<Changed>): number {
    this.#current += 1;
    for (const { kind, id } of changes) this.#entries.push({ kind, id, revision: this.#current });
    if (this.#entries.length > 2 * this.#kept) {
      const dropped = this.#entries.length - this.#kept;
      this.#floor = this.#entries[dropped - 1]?.revision ?? this.#floor;
      this.#entries = this.#entries.slice(dropped);
    }
    return this.#current;
  }

  /** The ids of what changed after that number, each once; null: that is not known any more, or never was. */
  since(revision: number): { hosts: Set<string>; vms: Set<string> } | null {
    if (!Number.isInteger(revision) || revision < this.#floor || revision > this.#current) return null;
    const hosts = new Set<string>();
    const vms = new Set<string>();
    for (let index = this.#firstAfter(revision); index < this.#entries.length; index += 1) {
      const entry = this.#entries[index];
      if (entry !== undefined) (entry.kind === "host" ? hosts : vms).add(entry.id);
    }
    return { hosts, vms };
  }

  #firstAfter(revision: number): number {
    let low = 0;
    let high = this.#entries.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#entries[middle]?.revision ?? 0) > revision) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}
