/** The field of a flat request that a JSON pointer (RFC 6901) leads to or into; null: the whole request. */
export function fieldAt(pointer: string): string | null {
  const token = pointer.split("/")[1];
  return token === undefined || token === "" ? null : token.replaceAll("~1", "/").replaceAll("~0", "~");
}
