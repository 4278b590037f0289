import { cutText } from "./cut-text";
import { secretForms } from "./secret-forms";

const MARK = "[secret]";

type Range = [start: number, end: number];

/** Replaces secrets in whatever an agent or a guest says, in each form in which they could be said. */
export class Redactor {
  readonly #needles: readonly string[];
  readonly #longest: number;

  constructor(secrets: Iterable<string>) {
    this.#needles = [...new Set([...secrets].flatMap(secretForms))];
    this.#longest = this.#needles.reduce((longest, needle) => Math.max(longest, needle.length), 0);
  }

  redact(text: string): string {
    return this.redactAndCut(text, Number.POSITIVE_INFINITY).text;
  }

  /**
   * At most `limit` characters of the original, redacted; a secret that the cut would divide is replaced as
   * a whole.
   *
   * @returns `cut`: how many characters of the original are left out.
   */
  redactAndCut(text: string, limit: number): { text: string; cut: number } {
    const head = cutText(text, limit + this.#longest);
    const ranges = merge(find(head, this.#needles));
    const divided = ranges.find(([start, end]) => start < limit && limit < end);
    const end = divided ? divided[1] : Math.min(limit, text.length);
    return { text: replace(head.slice(0, end), ranges), cut: text.length - end };
  }

  /** Like {@link redact}, for text that a console has wrapped: a secret is found across line ends too. */
  redactWrapped(text: string): string {
    const positions: number[] = [];
    let joined = "";
    for (const { 0: piece, index } of text.matchAll(/[^\r\n]+/g)) {
      for (let offset = 0; offset < piece.length; offset++) positions.push(index + offset);
      joined += piece;
    }
    const wrapped = find(joined, this.#needles).map(([start, end]): Range => {
      return [positions[start] ?? 0, (positions[end - 1] ?? 0) + 1];
    });
    return replace(text, merge([...wrapped, ...find(text, this.#needles)]));
  }
}

function find(text: string, needles: readonly string[]): Range[] {
  const ranges: Range[] = [];
  for (const needle of needles) {
    for (let at = text.indexOf(needle); at >= 0; at = text.indexOf(needle, at + 1)) {
      ranges.push([at, at + needle.length]);
    }
  }
  return ranges;
}

function merge(ranges: Range[]): Range[] {
  const merged: Range[] = [];
  for (const [start, end] of ranges.sort((left, right) => left[0] - right[0])) {
    const last = merged.at(-1);
    if (last && start < last[1]) last[1] = Math.max(last[1], end);
    else merged.push([start, end]);
  }
  return merged;
}

/** @param ranges in order, apart from each other; those beyond the text are ignored. */
function replace(text: string, ranges: readonly Range[]): string {
  let result = "";
  let position = 0;
  for (const [start, end] of ranges) {
    if (start >= text.length) break;
    result += text.slice(position, start) + MARK;
    position = end;
  }
  return result + text.slice(position);
}
