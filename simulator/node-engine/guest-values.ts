import {
  constants,
  createCipheriv,
  createHash,
  type KeyObject,
  publicEncrypt,
  randomBytes,
} from "node:crypto";

/** Longest plaintext whose encrypted value fits into one KVP item, in bytes of UTF-8. */
export const UNCHUNKED_BYTES = 719;
const CHUNK_CHARACTERS = 100;
const CHUNKS = 30;
const PREFIX = "hlvmm.data.";

export interface PublishedItems {
  checksum: string;
  wrappedKey: string;
  /** In the order in which they are written. */
  data: [name: string, value: string][];
}

/** Names whose value cannot be published: longer than one item for Windows, than 30 chunks for Linux. */
export function oversized(values: readonly [string, string][], chunking: boolean): string[] {
  return values
    .filter(([, value]) => Buffer.byteLength(value) > UNCHUNKED_BYTES)
    .filter(([, value]) => !chunking || chunksOf(value).length > CHUNKS)
    .map(([name]) => name);
}

/** The values that are published, by name: a blank one is left out. */
export function publishable(config: Readonly<Record<string, string>>): [string, string][] {
  return Object.entries(config)
    .filter(([, value]) => value.trim() !== "")
    .sort(([a], [b]) => (a < b ? -1 : 1));
}

/** Encrypts values for a guest: a fresh AES-256 key for all, a fresh IV for each. */
export function encryptFor(key: KeyObject, values: readonly [string, string][]): PublishedItems {
  const aesKey = randomBytes(32);
  const plaintexts = values.map(([, value]) => value).join("|");
  return {
    checksum: createHash("sha256").update(plaintexts, "utf8").digest("base64"),
    wrappedKey: publicEncrypt({ key, padding: constants.RSA_PKCS1_PADDING }, aesKey).toString("base64"),
    data: values.flatMap(([name, value]) => encryptValue(aesKey, name, value)),
  };
}

function encryptValue(aesKey: Buffer, name: string, value: string): [string, string][] {
  if (Buffer.byteLength(value) <= UNCHUNKED_BYTES) return [[PREFIX + name, encrypt(aesKey, value)]];
  return chunksOf(value).map((text, number) => [`${PREFIX}${name}._${number}`, encrypt(aesKey, text)]);
}

/** Pieces of at most a hundred UTF-16 code units; the two of one character stay together. */
function chunksOf(value: string): string[] {
  const chunks: string[] = [];
  let start = 0;
  while (start < value.length) {
    let end = Math.min(start + CHUNK_CHARACTERS, value.length);
    if (end < value.length && /[\ud800-\udbff]/.test(value.charAt(end - 1))) end -= 1;
    chunks.push(value.slice(start, end));
    start = end;
  }
  return chunks;
}

function encrypt(aesKey: Buffer, text: string): string {
  const iv = randomBytes(16);
  const cipher = createCipheriv("aes-256-cbc", aesKey, iv);
  return Buffer.concat([iv, cipher.update(text, "utf8"), cipher.final()]).toString("base64");
}
