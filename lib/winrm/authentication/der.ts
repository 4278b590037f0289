import { TokenError } from "./token-error";

/** One element of DER (X.690): tag, length, content. */
export interface DerElement {
  /** The identifier octet: class, whether constructed, number. */
  tag: number;
  content: Buffer;
  /** Tag, length and content, as they stood. */
  raw: Buffer;
}

export const TAG = {
  bitString: 0x03,
  octetString: 0x04,
  oid: 0x06,
  enumerated: 0x0a,
  generalString: 0x1b,
  sequence: 0x30,
  /** [APPLICATION 0], constructed: the frame of a first GSS-API token (RFC 2743 3.1). */
  application0: 0x60,
} as const;

/** The tag of an explicit `[n]`. */
export function contextTag(number: number): number {
  return 0xa0 | number;
}

/**
 * The elements that follow one another in `bytes`, all of it. What is inside them is not read.
 * @throws TokenError for tags of more than one byte, indefinite lengths, and lengths past the end.
 */
export function readDer(bytes: Buffer): DerElement[] {
  const elements: DerElement[] = [];
  for (let offset = 0; offset < bytes.length; ) {
    const element = readElement(bytes, offset);
    elements.push(element);
    offset += element.raw.length;
  }
  return elements;
}

/**
 * The one element that `bytes` consist of.
 * @throws TokenError where there are none, several, or one with another tag.
 */
export function readOne(bytes: Buffer, tag: number): DerElement {
  const [only, ...more] = readDer(bytes);
  if (only === undefined || more.length > 0 || only.tag !== tag) throw malformed();
  return only;
}

function readElement(bytes: Buffer, offset: number): DerElement {
  if (bytes.length - offset < 2) throw malformed();
  const tag = bytes.readUInt8(offset);
  if ((tag & 0x1f) === 0x1f) throw malformed();
  const first = bytes.readUInt8(offset + 1);
  const more = first < 0x80 ? 0 : first & 0x7f;
  const start = offset + 2 + more;
  if (first === 0x80 || more > 4 || start > bytes.length) throw malformed();
  const length = more === 0 ? first : bytes.readUIntBE(offset + 2, more);
  if (length > bytes.length - start) throw malformed();
  return { tag, content: bytes.subarray(start, start + length), raw: bytes.subarray(offset, start + length) };
}

export function writeDer(tag: number, ...content: Uint8Array[]): Buffer {
  const length = content.reduce((sum, part) => sum + part.length, 0);
  return Buffer.concat([Buffer.from([tag]), writeLength(length), ...content]);
}

function writeLength(length: number): Buffer {
  if (length < 0x80) return Buffer.from([length]);
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(length);
  const digits = bytes.subarray(bytes.findIndex((byte) => byte !== 0));
  return Buffer.concat([Buffer.from([0x80 | digits.length]), digits]);
}

/** An object identifier in dotted form, such as `1.3.6.1.5.5.2`. */
export function writeOid(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split(".").map(Number);
  return writeDer(TAG.oid, Buffer.from([first * 40 + second, ...rest.flatMap(base128)]));
}

function base128(value: number): number[] {
  const digits = [value & 0x7f];
  for (let left = value >>> 7; left > 0; left >>>= 7) digits.unshift((left & 0x7f) | 0x80);
  return digits;
}

function malformed(): TokenError {
  return new TokenError("The host's token is not well-formed DER.");
}
