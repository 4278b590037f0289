/** JSON Pointers (RFC 6901); `""` is the whole document. */

/** `/a~1b/0` for `"a/b", 0`. */
export function pointerTo(...path: readonly PropertyKey[]): string {
  return path.map((token) => `/${String(token).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}

/** `["a/b", "0"]` for `/a~1b/0`. */
export function tokensOf(pointer: string): string[] {
  return pointer
    .split("/")
    .slice(1)
    .map((token) => token.replaceAll("~1", "/").replaceAll("~0", "~"));
}
