import { createHmac } from "node:crypto";
import { md4 } from "./md4";

export function hmacMd5(key: Uint8Array, ...parts: Uint8Array[]): Buffer {
  const mac = createHmac("md5", key);
  for (const part of parts) mac.update(part);
  return mac.digest();
}

/** NTOWFv2 (MS-NLMP 3.3.2): what stands for the password from here on. */
export function ntowfv2(username: string, domain: string, password: string): Buffer {
  const hash = md4(Buffer.from(password, "utf16le"));
  return hmacMd5(hash, Buffer.from(upperCase(username) + domain, "utf16le"));
}

export interface Ntlmv2Input {
  /** From {@link ntowfv2}. */
  key: Buffer;
  /** 8 bytes each. */
  serverChallenge: Buffer;
  clientChallenge: Buffer;
  /** 100 ns since 1601, as 8 bytes. */
  timestamp: Buffer;
  /** AV pairs as they are sent. */
  targetInfo: Buffer;
}

/** NTLMv2_RESPONSE (2.2.2.8) and the session base key, which is the key exchange key as well (3.3.2, 3.4.5.1). */
export function ntlmv2Response(input: Ntlmv2Input): { response: Buffer; sessionBaseKey: Buffer } {
  const clientChallenge = Buffer.concat([
    Buffer.from("0101000000000000", "hex"),
    input.timestamp,
    input.clientChallenge,
    Buffer.alloc(4),
    input.targetInfo,
    Buffer.alloc(4),
  ]);
  const proof = hmacMd5(input.key, input.serverChallenge, clientChallenge);
  return {
    response: Buffer.concat([proof, clientChallenge]),
    sessionBaseKey: hmacMd5(input.key, proof),
  };
}

/** Windows turns each UTF-16 unit by itself: what would become several letters, as ß, stays. */
function upperCase(text: string): string {
  return text
    .split("")
    .map((unit) => (unit.toUpperCase().length === 1 ? unit.toUpperCase() : unit))
    .join("");
}
