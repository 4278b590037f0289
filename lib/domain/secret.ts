const REDACTED = "[secret]";

/**
 * A value that must not be shown: it prints as `[secret]` wherever it is turned into text
 * (templates, JSON, `util.inspect`, errors). Only {@link Secret.reveal} gives the text. It is called
 * where the text leaves for a host, and where what comes back is searched for it.
 */
export class Secret {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  reveal(): string {
    return this.#text;
  }

  toString(): string {
    return REDACTED;
  }

  toJSON(): string {
    return REDACTED;
  }

  [Symbol.toPrimitive](): string {
    return REDACTED;
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return REDACTED;
  }
}
