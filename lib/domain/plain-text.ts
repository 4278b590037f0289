/** Control characters, and marks that turn the direction of text: within a character class (`u`). */
export const OBEYED = String.raw`\p{Cc}\p{Bidi_Control}`;

const EVERY_OBEYED = new RegExp(`[${OBEYED}]`, "gu");

/**
 * What a host or a guest said, without what a terminal that shows it would obey: control characters, and
 * marks that turn the direction of text. Tabs and line ends stay.
 */
export function plainText(text: string): string {
  return text
    .replace(/\r\n?/g, "\n")
    .replace(EVERY_OBEYED, (character) => (/[\t\n]/.test(character) ? character : "\uFFFD"));
}
