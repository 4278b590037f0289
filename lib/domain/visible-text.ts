import { OBEYED } from "./plain-text";

/**
 * Characters that nobody sees, or sees as a plain space: what `plainText` takes from what a terminal shows, the rest
 * of the format characters (zero-width ones, tags), line and paragraph separators, spaces other than the plain one,
 * what a font need not draw (Default_Ignorable_Code_Point), half a surrogate pair, and the blank pattern of Braille.
 */
const HIDDEN = String.raw`[${OBEYED}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]|(?! )\p{Zs}`;
/** Spaces that HTML drops: at either end, and after another. */
const DROPPED = "^ | $|(?<= ) ";
/** Within an emoji, joiners and selectors say how it is drawn. */
const EMOJI = String.raw`\p{Extended_Pictographic}[\p{Emoji_Modifier}\uFE0F]*(?:\u200D\p{Extended_Pictographic}[\p{Emoji_Modifier}\uFE0F]*)*`;

const IN_NAME = new RegExp(`(${EMOJI})|${HIDDEN}|${DROPPED}`, "gu");
const IN_LINES = new RegExp(`(${EMOJI}|[\\t\\n])|${HIDDEN}`, "gu");

/** A stretch of a text, or characters of it that are not seen, as their code points. */
export interface TextPart {
  text: string;
  hidden: boolean;
}

/** What most names are made of: they are shown as they are. */
const PLAIN = /^[!-~]+(?: [!-~]+)*$/;

/** @param lines it is shown with its line ends, tabs and spaces as they are */
export function textParts(text: string, lines = false): TextPart[] {
  if (PLAIN.test(text)) return [{ text, hidden: false }];
  const parts: TextPart[] = [];
  let end = 0;
  const add = (stretch: string, hidden: boolean) => {
    const last = parts.at(-1);
    if (stretch === "") return;
    if (last?.hidden === true && hidden) last.text += stretch;
    else parts.push({ text: stretch, hidden });
  };
  for (const found of text.matchAll(lines ? IN_LINES : IN_NAME)) {
    if (found[1] !== undefined) continue;
    add(text.slice(end, found.index), false);
    add(escaped(found[0]), true);
    end = found.index + found[0].length;
  }
  add(text.slice(end), false);
  return parts;
}

/**
 * A name as it can be told from every other: `a[U+202E]gnp.exe` where a mark that turns the direction of text makes
 * it read as `aexe.png`. It can be typed; what is copied or sent is the name itself.
 *
 * @param lines as of {@link textParts}; for a sentence that holds names
 */
export function visibleText(name: string, lines = false): string {
  if (PLAIN.test(name)) return name;
  return name.replace(lines ? IN_LINES : IN_NAME, (found: string, seen?: string) => seen ?? escaped(found));
}

/** A JSON text in which what nobody would see is written as `\u202e`: it says the same, and shows what it says. */
export function visibleJson(json: string): string {
  return json.replace(IN_LINES, (found: string, seen?: string) => seen ?? jsonEscapes(found));
}

function jsonEscapes(character: string): string {
  return character
    .split("")
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)
    .join("");
}

function escaped(character: string): string {
  return `[U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}]`;
}

/** Whether somebody has typed a name to confirm: one with characters that nobody can type, as it is shown. */
export function isTypedAs(typed: string, name: string): boolean {
  return typed === name || typed.trim() === name || typed.trim() === visibleText(name);
}
