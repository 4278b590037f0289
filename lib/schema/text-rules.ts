const CONTROL = /[\p{Cc}\p{Zl}\p{Zp}]/u;
const LONE_SURROGATE = /\p{Surrogate}/u;
/** Marks that change the direction of text, and so what a reader sees. */
const BIDI = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;

/**
 * Why no field may hold this text, whatever its schema says; null when it may. Such characters cannot be
 * carried by XML or KVP, split log lines, or show a reader something else than what is there.
 */
export function textProblem(text: string): string | null {
  if (CONTROL.test(text)) return "Remove the line breaks, tabs and other control characters.";
  if (LONE_SURROGATE.test(text)) return "Remove the broken character (half of a surrogate pair).";
  if (BIDI.test(text)) return "Remove the invisible marks that change the direction of the text.";
  return null;
}
