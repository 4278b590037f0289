/** One element of DER (X.690 8.1): tag, content, and where the next one begins. */
export interface DerElement {
  tag: number;
  content: Buffer;
  /** The element itself, tag and length included. */
  whole: Buffer;
}

/** Bytes that are no DER, or none of the expected kind. */
export class DerError extends Error {
  override readonly name = "DerError";
}

/** The elements one after the other in `bytes`, to its end. Throws {@link DerError}. */
export function readDer(bytes: Buffer): DerElement[] {
  const elements: DerElement[] = [];
  for (let offset = 0; offset < bytes.length; ) {
    const element = readElement(bytes, offset);
    elements.push(element);
    offset += element.whole.length;
  }
  return elements;
}

/** The one element that `bytes` holds, which has this tag. Throws {@link DerError}. */
export function readOne(bytes: Buffer, tag: number): Buffer {
  const [only, ...more] = readDer(bytes);
  if (only === undefined || more.length > 0 || only.tag !== tag) {
    throw new DerError(`There is not one element with the tag ${tag}.`);
  }
  return only.content;
}

function readElement(bytes: Buffer, offset: number): DerElement {
  const [tag, first] = [bytes[offset], bytes[offset + 1]];
  if (tag === undefined || first === undefined) throw new DerError("An element breaks off.");
  const lengthBytes = first < 0x80 ? 0 : first & 0x7f;
  const start = offset + 2 + lengthBytes;
  if (first === 0x80 || lengthBytes > 4 || start > bytes.length) throw new DerError("A length is none.");
  const length = lengthBytes === 0 ? first : bytes.readUIntBE(offset + 2, lengthBytes);
  if (start + length > bytes.length) throw new DerError("An element is longer than what holds it.");
  return {
    tag,
    content: bytes.subarray(start, start + length),
    whole: bytes.subarray(offset, start + length),
  };
}

/** An element with this tag, made of its parts. */
export function der(tag: number, ...parts: Uint8Array[]): Buffer {
  const content = Buffer.concat(parts);
  if (content.length < 0x80) return Buffer.concat([Buffer.from([tag, content.length]), content]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(content.length);
  const significant = length.subarray(length.findIndex((byte) => byte !== 0));
  return Buffer.concat([Buffer.from([tag, 0x80 | significant.length]), significant, content]);
}
