/**
 * What a host or a guest said, without what a terminal that shows it would obey: control characters, and
 * marks that turn the direction of text. Tabs and line ends stay.
 */
export function plainText(text: string): string {
  return text
    .replace(/\r\n?/g, "\n")
    .replace(/[\p{Cc}\p{Bidi_Control}]/gu, (character) => (/[\t\n]/.test(character) ? character : "\uFFFD"));
}
