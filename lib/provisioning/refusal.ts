import type { ErrorCode } from "@/lib/domain/error-codes";
import { AethervError } from "@/lib/domain/errors";

/** One reason against a request, found before anything is created. */
export interface Refusal {
  code: ErrorCode;
  /** JSON pointer of the field that is to blame. */
  pointer: string;
  message: string;
}

/**
 * @throws AethervError if there is any refusal: a single reason keeps its own code; several make one
 *   `invalid_request` that names every field, so that a form can show them all at once
 */
export function refuse(refusals: readonly Refusal[]): void {
  const [first] = refusals;
  if (first === undefined) return;
  const fields = refusals.map(({ pointer, message }) => ({ pointer, message }));
  const alike = refusals.every(({ code }) => code === first.code);
  if (alike) throw new AethervError(first.code, first.message, { fields });
  throw new AethervError("invalid_request", `${refusals.length} fields cannot be accepted.`, { fields });
}
