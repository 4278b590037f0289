import type { IncomingMessage, ServerResponse } from "node:http";

/** A SOAP message with its HTTP status, before it is written. */
export interface Answer {
  status: number;
  body: string;
}

const SERVER = "Microsoft-HTTPAPI/2.0";

export function sendAnswer(response: ServerResponse, { status, body }: Answer): void {
  response.writeHead(status, {
    "Content-Type": "application/soap+xml;charset=UTF-8",
    "Content-Length": Buffer.byteLength(body),
    Server: SERVER,
  });
  response.end(body);
}

/** An answer without a body: the request did not reach WS-Management. */
export function refuse(response: ServerResponse, status: number): void {
  response.writeHead(status, {
    "Content-Length": 0,
    Server: SERVER,
    ...(status === 401 && { "WWW-Authenticate": 'Basic realm="WSMAN"' }),
    ...(status === 405 && { Allow: "POST" }),
    ...(status === 413 && { Connection: "close" }),
  });
  response.end();
}

/**
 * The body of a request. A larger one is read to its end, so that the client gets to see the answer, and not
 * kept.
 */
export async function readBody(
  request: IncomingMessage,
  limit: number,
): Promise<Buffer | "too_large" | "broken_off"> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      length += chunk.length;
      if (length <= limit) chunks.push(chunk);
    }
  } catch {
    return "broken_off";
  }
  return length > limit ? "too_large" : Buffer.concat(chunks);
}
