import { type AgentRequest, parseRequest } from "../agent-calls/request";

/** The request is the third line of an agent's standard input (docs/agent-protocol.md, section 1). */
const REQUEST_LINE = 3;

/**
 * Hands a process its input and looks at it in passing: `onRequest` is called with an agent's request before
 * the process gets the last of it, and holds the input back until it has resolved. Input that is no agent's
 * goes through as it comes.
 */
export async function* watchForRequest(
  stdin: AsyncIterable<Uint8Array>,
  onRequest: (request: AgentRequest) => Promise<void>,
): AsyncGenerator<Uint8Array> {
  let lines: string[] | null = [""];
  for await (const chunk of stdin) {
    if (lines !== null) {
      lines = append(lines, Buffer.from(chunk).toString("latin1"));
      if (lines.length > REQUEST_LINE) {
        const request = readRequest(lines[REQUEST_LINE - 1] ?? "");
        lines = null;
        if (request !== null) await onRequest(request);
      }
    }
    yield chunk;
  }
}

function append(lines: string[], text: string): string[] {
  const [first = "", ...rest] = text.split("\n");
  return [...lines.slice(0, -1), `${lines.at(-1) ?? ""}${first}`, ...rest];
}

function readRequest(line: string): AgentRequest | null {
  try {
    return parseRequest(Buffer.from(line, "base64").toString("utf8"));
  } catch {
    return null;
  }
}
