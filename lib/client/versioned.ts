import { type AnswerOf, call, type InputOf, type OperationName } from "./call";

/** What was answered, and the version to name in `If-Match`; null: it has none. */
export interface Versioned<Content> {
  content: Content;
  version: string | null;
}

/** {@link call}, with the version of what it gives. */
export async function callVersioned<Name extends OperationName>(
  name: Name,
  input: InputOf<Name>,
): Promise<Versioned<AnswerOf<Name>>> {
  let version: string | null = null;
  const onVersion = (found: string | null) => {
    version = found;
  };
  const content = await call(name, input, { onVersion });
  return { content, version };
}

/**
 * The headers of a change.
 *
 * @param idempotencyKey one per intent to submit (submit-intent.ts)
 * @param version that what is changed must still have; null: any
 */
export function changeHeaders(idempotencyKey: string, version: string | null = null): Record<string, string> {
  return { "Idempotency-Key": idempotencyKey, ...(version === null ? {} : { "If-Match": version }) };
}
