import type { LogLine } from "@/lib/domain/job";

/** The numbers of the lines that contain `query`, in whatever case; none for an empty one. */
export function matchingLines(lines: readonly LogLine[], query: string): number[] {
  const wanted = query.toLowerCase();
  if (wanted === "") return [];
  return lines.filter(({ text }) => text.toLowerCase().includes(wanted)).map(({ n }) => n);
}

/** The text in pieces: every second one is what was looked for. */
export function piecesOf(text: string, query: string): string[] {
  const wanted = query.toLowerCase();
  const lower = text.toLowerCase();
  // A few letters change their length with their case: then nothing is marked, and the line is still found.
  if (wanted === "" || lower.length !== text.length) return [text];
  const pieces: string[] = [];
  let from = 0;
  for (let at = lower.indexOf(wanted); at >= 0; at = lower.indexOf(wanted, from)) {
    pieces.push(text.slice(from, at), text.slice(at, at + wanted.length));
    from = at + wanted.length;
  }
  return [...pieces, text.slice(from)];
}

/** The next match in reading order, from the first again after the last. `by` is 1 or -1. */
export function step(matches: readonly number[], current: number | null, by: 1 | -1): number | null {
  if (matches.length === 0) return null;
  const at = current === null ? -1 : matches.indexOf(current);
  if (at < 0) return (by === 1 ? matches[0] : matches.at(-1)) ?? null;
  return matches[(at + by + matches.length) % matches.length] ?? null;
}
