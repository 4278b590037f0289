import { createHash, createPublicKey, type KeyObject } from "node:crypto";

/** The guest's key in bytes, with the fingerprint that names it. */
export interface PublishedKey {
  bytes: Buffer;
  /** SHA-256, hexadecimal, lower case. */
  fingerprint: string;
}

const KEY_ITEM = "hlvmm.meta.guest_provisioning_public_key";
const SHORTEST_BITS = 2048;
const LONGEST_BITS = 4096;

/** Reads the guest's key from its items, chunks (`._0` …) joined; null: it has published none, or not all of it. */
export function publishedKey(guestItems: ReadonlyMap<string, string>): PublishedKey | null {
  const text = (guestItems.get(KEY_ITEM) || joinChunks(guestItems)).replaceAll(/\s/g, "");
  if (text === "" || !isBase64(text)) return null;
  const bytes = Buffer.from(text, "base64");
  return { bytes, fingerprint: createHash("sha256").update(bytes).digest("hex") };
}

/** As `Convert.FromBase64String` takes it, which Node's decoder does not insist on. */
function isBase64(text: string): boolean {
  return text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text);
}

function joinChunks(items: ReadonlyMap<string, string>): string {
  let joined = "";
  for (let number = 0; ; number += 1) {
    const chunk = items.get(`${KEY_ITEM}._${number}`);
    if (chunk === undefined) return joined;
    joined += chunk;
  }
}

/**
 * Makes an RSA key of whichever format the guest chose: PKCS#1 DER, SubjectPublicKeyInfo, a CAPI
 * `PUBLICKEYBLOB` or a CNG `BCRYPT_RSAPUBLIC_BLOB`; null: none of them, or a key that is too short or too
 * long.
 */
export function importGuestKey(bytes: Buffer): KeyObject | null {
  const key = importAny(bytes);
  const bits = key?.asymmetricKeyDetails?.modulusLength ?? 0;
  return bits >= SHORTEST_BITS && bits <= LONGEST_BITS ? key : null;
}

function importAny(bytes: Buffer): KeyObject | null {
  try {
    if (bytes[0] === 0x30) return importDer(bytes);
    if (bytes[0] === 0x06 && bytes[1] === 0x02) return importCapi(bytes);
    if (bytes.subarray(0, 4).toString("latin1") === "RSA1") return importCng(bytes);
  } catch {
    return null;
  }
  return null;
}

/** Both DER formats are a SEQUENCE; the tag inside tells: an INTEGER (PKCS#1) or another SEQUENCE. */
function importDer(bytes: Buffer): KeyObject | null {
  const first = bytes[1] ?? 0;
  const headerBytes = 2 + (first >= 0x80 ? first - 0x80 : 0);
  if (bytes[headerBytes] === 0x02) return createPublicKey({ key: bytes, format: "der", type: "pkcs1" });
  if (bytes[headerBytes] === 0x30) return createPublicKey({ key: bytes, format: "der", type: "spki" });
  return null;
}

/** PUBLICKEYSTRUC (8 bytes), RSAPUBKEY (magic, bits, exponent: 12 bytes), modulus; all little-endian. */
function importCapi(bytes: Buffer): KeyObject | null {
  if (bytes.subarray(8, 12).toString("latin1") !== "RSA1") return null;
  const length = bytes.readUInt32LE(12) / 8;
  const exponent = Buffer.alloc(4);
  exponent.writeUInt32BE(bytes.readUInt32LE(16));
  const modulus = Buffer.from(bytes.subarray(20, 20 + length)).reverse();
  return modulus.length === length ? fromNumbers(modulus, exponent) : null;
}

/** BCRYPT_RSAKEY_BLOB (six little-endian 32-bit numbers), then exponent and modulus, big-endian. */
function importCng(bytes: Buffer): KeyObject | null {
  const exponentBytes = bytes.readUInt32LE(8);
  const modulusBytes = bytes.readUInt32LE(12);
  const exponent = bytes.subarray(24, 24 + exponentBytes);
  const modulus = bytes.subarray(24 + exponentBytes, 24 + exponentBytes + modulusBytes);
  return modulus.length === modulusBytes ? fromNumbers(modulus, exponent) : null;
}

function fromNumbers(modulus: Buffer, exponent: Buffer): KeyObject {
  const significant = exponent.subarray(exponent.findIndex((byte) => byte !== 0));
  return createPublicKey({
    key: { kty: "RSA", n: modulus.toString("base64url"), e: significant.toString("base64url") },
    format: "jwk",
  });
}
