import { decodeLine } from "../agent-calls/input-lines";

/** The bootstrap reads this many lines: common part, entry script, request. */
const LINES = 3;

/**
 * Reads the three base64 lines of docs/agent-protocol.md, section 1, as text. Like the bootstrap it does not
 * wait for the end of the input, and takes a third line that does not come for an empty request.
 *
 * @returns the decoded texts; null: the input ended before there was an entry script.
 */
export async function readRequestLines(
  input: AsyncGenerator<string>,
): Promise<[common: string, entry: string, request: string] | null> {
  const [common, entry, request = ""] = (await takeLines(input, LINES)).map(decodeLine);
  if (common === undefined || entry === undefined) return null;
  return [common, entry, request];
}

/** The next lines, as many as there are up to `count`. */
export async function takeLines(input: AsyncGenerator<string>, count: number): Promise<string[]> {
  const lines: string[] = [];
  while (lines.length < count) {
    const next = await input.next();
    if (next.done === true) break;
    lines.push(next.value);
  }
  return lines;
}
