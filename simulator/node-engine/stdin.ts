/** The bootstrap reads this many lines: common part, entry script, request. */
const LINES = 3;

/**
 * Reads the three base64 lines of docs/agent-protocol.md, section 1, as text. Like the bootstrap it does not
 * wait for the end of the input, and takes a third line that does not come for an empty request.
 *
 * @returns the decoded texts; null: the input ended before there was an entry script.
 */
export async function readRequestLines(
  stdin: AsyncIterable<Uint8Array>,
): Promise<[common: string, entry: string, request: string] | null> {
  let pending = "";
  const lines: string[] = [];
  for await (const chunk of stdin) {
    const parts = (pending + Buffer.from(chunk).toString("latin1")).split("\n");
    pending = parts.pop() ?? "";
    for (const part of parts) lines.push(Buffer.from(part.trim(), "base64").toString("utf8"));
    if (lines.length >= LINES) break;
  }
  if (lines.length < LINES && pending.trim() !== "") {
    lines.push(Buffer.from(pending.trim(), "base64").toString("utf8"));
  }
  const [common, entry, request = ""] = lines;
  if (common === undefined || entry === undefined) return null;
  return [common, entry, request];
}
