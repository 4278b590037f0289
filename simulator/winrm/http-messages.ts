import type { IncomingMessage, ServerResponse } from "node:http";
import type { SecurityContext } from "./authentication/authentication-scheme";
import { sealedContentType, writeSealedBody } from "./sealed-body";

/** A SOAP message with its HTTP status, before it is written. */
export interface Answer {
  status: number;
  body: string;
}

/** How an answer goes out to one client. */
export interface Envelope {
  /** Seals the answer; null: it goes as it is. */
  context: SecurityContext | null;
  /** Lines of `WWW-Authenticate`: the end of a handshake. */
  challenges: string[];
  /** As it is, where there is none. */
  delivery?: Delivery | undefined;
}

/** What a planned fault does to an answer on its way. */
export interface Delivery {
  /** The connection ends in the middle of the body. */
  isCutOff: boolean;
  /** The signature of a sealed answer is that of another. */
  hasWrongSignature: boolean;
  /** In small pieces, so many milliseconds apart; null: at once. */
  dripMs: number | null;
}

const AS_IT_IS: Delivery = { isCutOff: false, hasWrongSignature: false, dripMs: null };
const DRIP_BYTES = 64;
const SERVER = "Microsoft-HTTPAPI/2.0";
const SOAP_CONTENT_TYPE = "application/soap+xml;charset=UTF-8";

export function sendAnswer(
  response: ServerResponse,
  { status, body }: Answer,
  { context, challenges, delivery = AS_IT_IS }: Envelope,
): void {
  const message = Buffer.from(body, "utf8");
  const isSealed = context !== null && message.length > 0;
  const bytes = isSealed ? writeSealedBody(context, message, delivery.hasWrongSignature) : message;
  response.writeHead(status, {
    "Content-Type": isSealed ? sealedContentType(context) : SOAP_CONTENT_TYPE,
    "Content-Length": bytes.length,
    Server: SERVER,
    ...(challenges.length > 0 && { "WWW-Authenticate": challenges }),
  });
  if (delivery.isCutOff) {
    response.write(bytes.subarray(0, bytes.length / 2), () => response.socket?.end());
  } else if (delivery.dripMs !== null) drip(response, bytes, delivery.dripMs);
  else response.end(bytes);
}

/** Writes until all is written or the client is gone. */
function drip(response: ServerResponse, bytes: Buffer, milliseconds: number): void {
  let written = 0;
  const timer = setInterval(() => {
    if (written < bytes.length) response.write(bytes.subarray(written, written + DRIP_BYTES));
    else response.end();
    written += DRIP_BYTES;
  }, milliseconds);
  response.once("close", () => clearInterval(timer));
}

/** An answer without a body: the request did not reach WS-Management. */
export function refuse(response: ServerResponse, status: number, challenges: string[] = []): void {
  response.writeHead(status, {
    "Content-Length": 0,
    Server: SERVER,
    ...(challenges.length > 0 && { "WWW-Authenticate": challenges }),
    ...(status === 405 && { Allow: "POST" }),
    ...((status === 413 || status === 400) && { Connection: "close" }),
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
