/** Something that can be found. */
export interface Findable {
  /** What it is called, in lower case. */
  name: string;
  /** What else it is known by, in lower case: addresses, ids, where it is. */
  also: string;
}

/** How well a text is met: lower is better. */
const EXACT = 0;
const BEGINS = 1;
const WORD_BEGINS = 2;
const WITHIN = 3;
const ALSO = 4;

/** How many degrees there are of being met. */
export const DEGREES = 5;

/** The words of a query, in lower case; none: nothing is asked. */
export function wordsOf(query: string): string[] {
  return query
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");
}

/** How well all of the words are met, 0 to 4 as the one that is met worst; null: one of them is not. */
export function degreeOf({ name, also }: Findable, words: readonly string[]): number | null {
  let worst = EXACT;
  for (const word of words) {
    const degree = degreeOfWord(name, also, word);
    if (degree === null) return null;
    worst = Math.max(worst, degree);
  }
  return worst;
}

function degreeOfWord(name: string, also: string, word: string): number | null {
  const at = name.indexOf(word);
  if (at < 0) return also.includes(word) ? ALSO : null;
  if (at === 0) return name.length === word.length ? EXACT : BEGINS;
  return beginsWordAt(name, word, at) ? WORD_BEGINS : WITHIN;
}

/** Whether the word begins a part of the name (`sql` in `prod-sql01`), there or later. */
function beginsWordAt(name: string, word: string, first: number): boolean {
  for (let at = first; at > 0; at = name.indexOf(word, at + 1)) {
    if (" -_.".includes(name.charAt(at - 1))) return true;
  }
  return false;
}

/** The best of them, those that are met alike in their order, and how many there are in all. */
export function best<Item extends Findable>(
  items: Iterable<Item>,
  words: readonly string[],
  limit: number,
): { found: Item[]; total: number; degree: number } {
  const byDegree: Item[][] = Array.from({ length: DEGREES }, () => []);
  let total = 0;
  let degree = DEGREES;
  for (const item of items) {
    const met = degreeOf(item, words);
    if (met === null) continue;
    total += 1;
    degree = Math.min(degree, met);
    const alike = byDegree[met];
    if (alike !== undefined && alike.length < limit) alike.push(item);
  }
  return { found: byDegree.flat().slice(0, limit), total, degree };
}
