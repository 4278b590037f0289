/** The first lines of a text, up to a number of them and of UTF-16 units; no character is cut in half. */
export function startOf(text: string, { characters, lines }: { characters: number; lines: number }): string {
  let end = Math.min(text.length, characters);
  if (end < text.length && /[\uD800-\uDBFF]/.test(text.charAt(end - 1))) end -= 1;
  const start = text.slice(0, end);
  let at = -1;
  for (let line = 0; line < lines; line += 1) {
    at = start.indexOf("\n", at + 1);
    if (at === -1) return start;
  }
  return start.slice(0, at);
}
