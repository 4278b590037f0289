import { decodeLine } from "../agent-calls/input-lines";
import { type AgentRequest, parseRequest } from "../agent-calls/request";

/** What an agent's request is handed over as: as it is, or as one that the agent cannot read. */
export type Handover = "pass" | "spoil";

/** Longer than the number of calls that a warm process begins with (docs/agent-protocol.md, section 1). */
const LONGEST_NUMBER = 64;
const SPOILT = "W10=\n";

/**
 * Hands a process its input and looks at it in passing: `onRequest` is called with an agent's request before the
 * process gets any of it, and holds it back until it has resolved. Input that is no agent's goes through as it comes.
 *
 * @param onRequest is told too whether the process serves call after call
 */
export async function* watchForRequests(
  stdin: AsyncIterable<Uint8Array>,
  onRequest: (request: AgentRequest, isWarm: boolean) => Promise<Handover>,
): AsyncGenerator<Uint8Array> {
  let number = 1;
  let isWarm = false;
  let line = "";
  for await (const chunk of stdin) {
    let passed = "";
    for (const piece of pieces(chunk)) {
      const isHeld = isRequestLine(number, isWarm);
      if (!isHeld) passed += piece;
      if (isHeld || (number === 2 && line.length < LONGEST_NUMBER)) line += piece;
      if (!piece.endsWith("\n")) continue;
      if (isHeld) {
        if (passed !== "") yield Buffer.from(passed, "latin1");
        passed = "";
        yield Buffer.from(await handOver(line, isWarm, onRequest), "latin1");
      } else if (number === 2) isWarm = /^\d+$/.test(decodeLine(line));
      number += 1;
      line = "";
    }
    if (passed !== "") yield Buffer.from(passed, "latin1");
  }
  if (isRequestLine(number, isWarm) && line !== "") yield Buffer.from(line, "latin1");
}

/** The third line; or the last of the three lines of each call, after the two that a warm process begins with. */
function isRequestLine(number: number, isWarm: boolean): boolean {
  return isWarm ? number > 2 && (number - 2) % 3 === 0 : number === 3;
}

/** What stands in the chunk, each line apart and with its end. */
function pieces(chunk: Uint8Array): string[] {
  return (
    Buffer.from(chunk)
      .toString("latin1")
      .match(/[^\n]*\n|[^\n]+/g) ?? []
  );
}

async function handOver(
  line: string,
  isWarm: boolean,
  onRequest: (request: AgentRequest, isWarm: boolean) => Promise<Handover>,
): Promise<string> {
  const request = readRequest(line);
  if (request === null) return line;
  return (await onRequest(request, isWarm)) === "pass" ? line : SPOILT;
}

function readRequest(line: string): AgentRequest | null {
  try {
    return parseRequest(decodeLine(line));
  } catch {
    return null;
  }
}
