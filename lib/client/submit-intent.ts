/**
 * The Idempotency-Key of one intent to submit. A request that got no answer may have been accepted all
 * the same: repeating the same body repeats the key, so that the server gives the job it already made.
 * Once the server has answered, or the body has changed, the next submit is a new intent.
 */
export class SubmitIntent {
  #body: string | null = null;
  #key = "";

  keyFor(body: unknown): string {
    const text = JSON.stringify(body);
    if (this.#body !== text) {
      this.#body = text;
      this.#key = randomKey();
    }
    return this.#key;
  }

  /** The server has answered, whatever it said. */
  settled(): void {
    this.#body = null;
  }
}

/** 128 random bits in hex; `crypto.randomUUID` is missing where a page comes over plain HTTP. */
function randomKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, "0"),
  ).join("");
}
