import { ERROR_CATALOGUE, type ErrorCode } from "./error-codes";
import type { FieldProblem, VmReference } from "./problem";

interface ErrorOptions {
  /** Fields of the request that are to blame. */
  fields?: FieldProblem[];
  /** The raw words of the host or of a library: shown behind a fold, never parsed. */
  detail?: string | null;
  /** More specific than the catalogue's own. */
  next?: string;
  /** The VM that the reader should look at. */
  vm?: VmReference;
  cause?: unknown;
}

const BRAND = Symbol.for("aetherv.error");

/** The one error type that crosses a module's border: a code of the catalogue and a sentence. */
export class AethervError extends Error {
  override readonly name = "AethervError";
  readonly [BRAND] = true;
  readonly code: ErrorCode;
  readonly fields: readonly FieldProblem[];
  readonly detail: string | null;
  readonly next: string;
  readonly vm: VmReference | null;

  constructor(code: ErrorCode, message: string, options: ErrorOptions = {}) {
    super(message, { cause: options.cause });
    this.code = code;
    this.fields = options.fields ?? [];
    this.detail = options.detail ?? null;
    this.next = options.next ?? ERROR_CATALOGUE[code].next;
    this.vm = options.vm ?? null;
  }

  get status(): number {
    return ERROR_CATALOGUE[this.code].status;
  }

  /** Next.js loads modules more than once: what one copy throws, `instanceof` of another must know. */
  static override [Symbol.hasInstance](value: unknown): value is AethervError {
    return typeof value === "object" && value !== null && BRAND in value;
  }
}

/** Anything thrown as an `AethervError`; what is unknown becomes `internal_error` and keeps its cause. */
export function toAethervError(thrown: unknown): AethervError {
  if (thrown instanceof AethervError) return thrown;
  return new AethervError("internal_error", "AetherV made a mistake.", { cause: thrown });
}
