import { createHmac, randomBytes } from "node:crypto";
import { AethervError } from "@/lib/domain/errors";
import { canonicalJson } from "./canonical-json";

/** Keys kept at most; the oldest goes first. */
const CAPACITY = 10_000;
/** Visible ASCII, so that no key is equal to another only after some normalization. */
const KEY = /^[\x21-\x7e]{1,255}$/;

interface Entry {
  fingerprint: string;
  jobId: string;
}

/**
 * `Idempotency-Key`: within one run of the server, the same key and request give the same job.
 * Bodies are compared by HMAC under a key of this run: they hold passwords, and a plain hash would
 * be a way to test guesses.
 */
export class IdempotencyStore {
  readonly #secret = randomBytes(32);
  readonly #entries = new Map<string, Entry>();
  readonly #capacity: number;

  constructor(capacity: number = CAPACITY) {
    this.#capacity = capacity;
  }

  /**
   * The id of the job that this key made, or of the one that `start` makes now. Nothing is waited for in
   * between, so that requests at the same time make one job. After a start that fails the key is free again.
   *
   * @param key the header's value; null: there is none, and every request is its own
   * @param actor whose key it is
   * @param request all that makes the request what it is
   * @throws AethervError `idempotency_conflict` when the key came with another request
   */
  once(
    key: string | null,
    actor: string,
    request: Readonly<Record<string, unknown>>,
    start: () => string,
  ): string {
    if (key === null) return start();
    if (!KEY.test(key)) {
      throw new AethervError("invalid_request", "Idempotency-Key must be 1 to 255 visible ASCII characters.");
    }
    const id = JSON.stringify([actor, key]);
    const fingerprint = createHmac("sha256", this.#secret).update(canonicalJson(request)).digest("base64");
    const known = this.#entries.get(id);
    if (known !== undefined) {
      if (known.fingerprint === fingerprint) return known.jobId;
      throw new AethervError(
        "idempotency_conflict",
        "This Idempotency-Key came with another request before.",
      );
    }
    const jobId = start();
    this.#entries.set(id, { fingerprint, jobId });
    this.#evict();
    return jobId;
  }

  #evict(): void {
    for (const oldest of this.#entries.keys()) {
      if (this.#entries.size <= this.#capacity) return;
      this.#entries.delete(oldest);
    }
  }
}
