import { constants, createDecipheriv, createHash, type KeyObject, privateDecrypt } from "node:crypto";
import { NAME } from "./kvp-names";

const AES_KEY_BYTES = 32;
const IV_BYTES = 16;

/** What the host sent cannot be used; the message has the form that guests report: `error <verb>:<thing>`. */
export class UnsealError extends Error {
  override readonly name = "UnsealError";
}

/**
 * Decrypts everything that the host published and checks it against the checksum.
 *
 * @returns name (without `hlvmm.data.`) to plaintext, sorted by name.
 */
export function unseal(hostItems: ReadonlyMap<string, string>, key: KeyObject): Record<string, string> {
  const aesKey = unwrapKey(hostItems.get(NAME.wrappedKey) ?? "", key);
  const names = dataNames(hostItems);
  const values = names.map((name) => [name, readValue(hostItems, name, aesKey)] as const);
  const joined = values.map(([, value]) => value).join("|");
  const checksum = createHash("sha256").update(joined, "utf8").digest("base64");
  if (checksum !== hostItems.get(NAME.checksum)) throw new UnsealError("error verify:checksum");
  return Object.fromEntries(values);
}

/** Names of all values, chunk numbers removed, in the order that the checksum goes by. */
function dataNames(hostItems: ReadonlyMap<string, string>): string[] {
  const names = new Set<string>();
  for (const item of hostItems.keys()) {
    if (item.startsWith(NAME.dataPrefix)) {
      names.add(item.slice(NAME.dataPrefix.length).replace(/\._\d+$/, ""));
    }
  }
  return [...names].sort();
}

/** A value that stands unchunked wins over its chunks. */
function readValue(hostItems: ReadonlyMap<string, string>, name: string, aesKey: Buffer): string {
  const whole = hostItems.get(NAME.dataPrefix + name);
  if (whole !== undefined) return decrypt(whole, aesKey, name);
  let value = "";
  for (let number = 0; ; number += 1) {
    const chunk = hostItems.get(`${NAME.dataPrefix}${name}._${number}`);
    if (chunk === undefined) return value;
    value += decrypt(chunk, aesKey, name);
  }
}

function decrypt(item: string, aesKey: Buffer, name: string): string {
  const bytes = Buffer.from(item, "base64");
  try {
    const decipher = createDecipheriv("aes-256-cbc", aesKey, bytes.subarray(0, IV_BYTES));
    return Buffer.concat([decipher.update(bytes.subarray(IV_BYTES)), decipher.final()]).toString("utf8");
  } catch {
    throw new UnsealError(`error decrypt:${name}`);
  }
}

/**
 * RSA PKCS#1 v1.5. Node refuses that padding for private keys (CVE-2023-46809, an oracle for whoever can send
 * many ciphertexts and watch the answers), so the bare RSA operation is done and the padding of RFC 8017,
 * section 7.2.2, taken off here. A guest decrypts once per key: there is no oracle to ask.
 */
function unwrapKey(wrapped: string, key: KeyObject): Buffer {
  let block: Buffer;
  try {
    block = privateDecrypt({ key, padding: constants.RSA_NO_PADDING }, Buffer.from(wrapped, "base64"));
  } catch {
    throw new UnsealError("error decrypt:shared_aes_key");
  }
  const separator = block.indexOf(0x00, 2);
  const valid = block[0] === 0x00 && block[1] === 0x02 && separator >= 10;
  const message = block.subarray(separator + 1);
  if (!valid || message.length !== AES_KEY_BYTES) throw new UnsealError("error decrypt:shared_aes_key");
  return message;
}
