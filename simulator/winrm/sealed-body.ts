import type { SealedMessage, SecurityContext } from "./authentication/authentication-scheme";

// The HTTP body of a sealed message: `multipart/encrypted` as Windows has it (MS-WSMV 2.2.9.1).

const BOUNDARY = "--Encrypted Boundary";
const CONTENT_TYPE = /^multipart\/encrypted\s*;/i;
const OCTETS = "\tContent-Type: application/octet-stream\r\n";

/** A body that is no sealed message. */
export class SealedBodyError extends Error {
  override readonly name = "SealedBodyError";
}

export interface SealedBody {
  protocol: string;
  /** Bytes of the message before it was sealed, as the client says. */
  length: number;
  sealed: SealedMessage;
}

/** Whether a body of this content type is sealed. */
export function isSealed(contentType: string | undefined): boolean {
  return CONTENT_TYPE.test(contentType ?? "");
}

/** Takes a body apart, by lengths alone: ciphertext may look like a boundary. Throws {@link SealedBodyError}. */
export function readSealedBody(contentType: string, body: Buffer): SealedBody {
  const protocol = parameter(contentType, "protocol");
  if (`--${parameter(contentType, "boundary")}` !== BOUNDARY)
    throw new SealedBodyError("The boundary is another.");
  const begin = body.indexOf(OCTETS, 0, "latin1");
  const header = body.subarray(0, Math.max(begin, 0)).toString("latin1");
  const [, ofPart = "", length = ""] =
    /^--Encrypted Boundary\r\n\s*Content-Type: *(\S+?)\r\n\s*OriginalContent: *type=application\/soap\+xml;charset=UTF-8;Length=(\d{1,9})\r\n--Encrypted Boundary\r\n$/i.exec(
      header,
    ) ?? [];
  if (ofPart.toLowerCase() !== protocol.toLowerCase()) throw new SealedBodyError("The first part is none.");
  const end = body.length - `${BOUNDARY}--\r\n`.length;
  if (body.subarray(end).toString("latin1") !== `${BOUNDARY}--\r\n`)
    throw new SealedBodyError("It has no end.");
  return { protocol, length: Number(length), sealed: readToken(body.subarray(begin + OCTETS.length, end)) };
}

/** Seals a message into a body, for a test perhaps with a wrong signature. */
export function writeSealedBody(context: SecurityContext, message: Buffer, isSpoilt = false): Buffer {
  const { signature, ciphertext } = context.seal(message);
  if (isSpoilt) signature.writeUInt8(signature.readUInt8(signature.length / 2) ^ 1, signature.length / 2);
  const signatureLength = Buffer.alloc(4);
  signatureLength.writeUInt32LE(signature.length);
  return Buffer.concat([
    Buffer.from(
      `${BOUNDARY}\r\n\tContent-Type: ${context.protocol}\r\n` +
        `\tOriginalContent: type=application/soap+xml;charset=UTF-8;Length=${message.length}\r\n` +
        `${BOUNDARY}\r\n${OCTETS}`,
    ),
    signatureLength,
    signature,
    ciphertext,
    Buffer.from(`${BOUNDARY}--\r\n`),
  ]);
}

/** The content type of a body that this context sealed. */
export function sealedContentType({ protocol }: SecurityContext): string {
  return `multipart/encrypted;protocol="${protocol}";boundary="Encrypted Boundary"`;
}

/** The signature, its length before it, and all that is left. */
function readToken(part: Buffer): SealedMessage {
  const length = part.length < 4 ? Number.POSITIVE_INFINITY : part.readUInt32LE();
  if (4 + length > part.length) throw new SealedBodyError("The signature is longer than what holds it.");
  return { signature: part.subarray(4, 4 + length), ciphertext: part.subarray(4 + length) };
}

function parameter(contentType: string, name: string): string {
  return new RegExp(`;\\s*${name}="([^"]*)"`, "i").exec(contentType)?.[1] ?? "";
}
