import type { JsonObject } from "@/lib/domain/json";

const PREFIX = "aetherv.draft.";
/** How long after the last change the draft is written, in ms: not at every key. */
const DELAY = 250;

export interface Draft {
  values: JsonObject;
  /** UTC, ISO 8601. */
  saved_at: string;
}

/**
 * What was typed into a form, kept in this tab's session storage so that it survives reload, navigation and
 * every failure. The caller leaves the secrets out. A browser that keeps nothing is no reason to fail.
 */
export class FormDraft {
  readonly #key: string;
  #waiting: { values: JsonObject; timer: ReturnType<typeof setTimeout> } | null = null;

  /** @param name of the form, and of what it was filled from */
  constructor(name: string) {
    this.#key = `${PREFIX}${name}`;
  }

  /** null: there is none. */
  read(): Draft | null {
    try {
      const draft: unknown = JSON.parse(sessionStorage.getItem(this.#key) ?? "null");
      return isDraft(draft) ? draft : null;
    } catch {
      return null;
    }
  }

  /** Writes the values soon; see {@link flush}. */
  keep(values: JsonObject): void {
    if (this.#waiting !== null) clearTimeout(this.#waiting.timer);
    this.#waiting = { values, timer: setTimeout(() => this.flush(), DELAY) };
  }

  /** Writes at once what waits to be written. */
  flush(): void {
    if (this.#waiting === null) return;
    const { values, timer } = this.#waiting;
    clearTimeout(timer);
    this.#waiting = null;
    const draft: Draft = { values, saved_at: new Date().toISOString() };
    try {
      sessionStorage.setItem(this.#key, JSON.stringify(draft));
    } catch {
      // Full, or forbidden.
    }
  }

  /** Forgets it, also what waits to be written. */
  clear(): void {
    if (this.#waiting !== null) clearTimeout(this.#waiting.timer);
    this.#waiting = null;
    try {
      sessionStorage.removeItem(this.#key);
    } catch {
      // Then nothing was written either.
    }
  }
}

function isDraft(value: unknown): value is Draft {
  if (typeof value !== "object" || value === null) return false;
  const { values, saved_at } = value as Partial<Draft>;
  return typeof values === "object" && values !== null && typeof saved_at === "string";
}
