import { AgentError } from "./agent-error";

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * Reads the flat fields of a request's `spec`. An empty text counts as not given; a field of the wrong kind
 * is `invalid_request`.
 */
export class SpecReader {
  readonly #spec: Record<string, unknown>;

  constructor(spec: Record<string, unknown>) {
    this.#spec = spec;
  }

  text(field: string): string {
    const value = this.optionalText(field);
    if (value === null) throw missing(field);
    return value;
  }

  /** null: the field was not given. */
  optionalText(field: string): string | null {
    const value = this.#value(field);
    if (value === null) return null;
    if (typeof value !== "string") throw wrong(field, "a text");
    return value;
  }

  positiveInteger(field: string): number {
    const value = this.optionalPositiveInteger(field);
    if (value === null) throw missing(field);
    return value;
  }

  /** null: the field was not given. */
  optionalPositiveInteger(field: string): number | null {
    const value = this.#value(field);
    if (value === null) return null;
    if (typeof value !== "number" || !Number.isSafeInteger(value) || value < 1) {
      throw wrong(field, "a whole number above 0");
    }
    return value;
  }

  /** Lower case, without braces. */
  guid(field: string): string {
    const value = this.text(field)
      .toLowerCase()
      .replace(/^\{(.*)\}$/, "$1");
    if (!GUID.test(value)) throw wrong(field, "a GUID");
    return value;
  }

  /** One of `choices`; the first is the default, unless the field is required. */
  choice<T extends string>(field: string, choices: readonly [T, ...T[]], required: boolean): T {
    const value = this.#value(field);
    if (value === null && required) throw missing(field);
    if (value === null) return choices[0];
    const chosen = choices.find((choice) => choice === value);
    if (chosen === undefined) throw wrong(field, `one of ${choices.join(", ")}`);
    return chosen;
  }

  /** Without the field: false. */
  flag(field: string): boolean {
    return this.#value(field) === null ? false : this.requiredFlag(field);
  }

  requiredFlag(field: string): boolean {
    const value = this.#value(field);
    if (value === null) throw missing(field);
    if (typeof value !== "boolean") throw wrong(field, "true or false");
    return value;
  }

  #value(field: string): unknown {
    const value = Object.hasOwn(this.#spec, field) ? this.#spec[field] : null;
    return value === undefined || value === "" ? null : value;
  }
}

function missing(field: string): AgentError {
  return new AgentError("invalid_request", `The field ${field} is missing.`, field);
}

function wrong(field: string, expected: string): AgentError {
  return new AgentError("invalid_request", `The field ${field} must be ${expected}.`, field);
}
