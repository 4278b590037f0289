const REDACTED = "[secret]";

/**
 * A value that must not be shown: it prints as `[secret]` wherever it is turned into text
 * (templates, JSON, `util.inspect`, errors). Only {@link Secret.reveal} gives the text, and only
 * the code that hands it to the host or to a TLS connection calls that.
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
