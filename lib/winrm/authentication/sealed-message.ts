import type { MessageSealer } from "./security-context";
import { TokenError } from "./token-error";

/** MS-WSMV 2.2.9.1.1.2: SOAP sealed by what the handshake agreed on. */
export const SEALED_TYPE =
  'multipart/encrypted;protocol="application/HTTP-SPNEGO-session-encrypted";boundary="Encrypted Boundary"';

const BOUNDARY = "--Encrypted Boundary";
const ORIGINAL =
  /^--Encrypted Boundary\r\n[\t ]*Content-Type:[\t ]*application\/HTTP-SPNEGO-session-encrypted\r\n[\t ]*OriginalContent:[\t ]*type=application\/soap\+xml;[\t ]*charset=UTF-8;[\t ]*Length=(\d{1,10})\r\n--Encrypted Boundary\r\n[\t ]*Content-Type:[\t ]*application\/octet-stream\r\n/i;
const CLOSE = /^(?:\r\n)?--Encrypted Boundary--(?:\r\n)?$/;
/** The two heads together are some 240 bytes. */
const MAX_HEADS = 1024;
const SIGNATURE_BYTES = 16;

/** The body of a sealed request. */
export function sealMessage(sealer: MessageSealer, plain: Buffer): Buffer {
  const { signature, sealed } = sealer.seal(plain);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(signature.length);
  return Buffer.concat([
    Buffer.from(
      `${BOUNDARY}\r\n` +
        "\tContent-Type: application/HTTP-SPNEGO-session-encrypted\r\n" +
        `\tOriginalContent: type=application/soap+xml;charset=UTF-8;Length=${plain.length}\r\n` +
        `${BOUNDARY}\r\n` +
        "\tContent-Type: application/octet-stream\r\n",
      "latin1",
    ),
    length,
    signature,
    sealed,
    Buffer.from(`${BOUNDARY}--\r\n`, "latin1"),
  ]);
}

export function isSealed(contentType: string | string[] | undefined): boolean {
  return /^multipart\/(?:x-multi-)?encrypted\b/i.test([contentType ?? ""].flat()[0]?.trim() ?? "");
}

/**
 * What a sealed answer holds. It is cut by the lengths that it names, never by a search: ciphertext may look like
 * anything.
 *
 * @throws TokenError
 */
export function unsealMessage(sealer: MessageSealer, body: Buffer): Buffer {
  const heads = ORIGINAL.exec(body.subarray(0, MAX_HEADS).toString("latin1"));
  if (heads === null) throw new TokenError("A sealed answer does not begin as one.");
  const start = heads[0].length;
  const length = Number(heads[1]);
  const end = start + 4 + SIGNATURE_BYTES + length;
  if (end > body.length || body.readUInt32LE(start) !== SIGNATURE_BYTES) {
    throw new TokenError("A sealed answer is not as long as it says.");
  }
  if (!CLOSE.test(body.subarray(end).toString("latin1", 0, 64))) {
    throw new TokenError("A sealed answer does not end as one.");
  }
  const data = body.subarray(start + 4);
  return sealer.unseal(
    data.subarray(0, SIGNATURE_BYTES),
    data.subarray(SIGNATURE_BYTES, SIGNATURE_BYTES + length),
  );
}
