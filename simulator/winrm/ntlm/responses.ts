import { timingSafeEqual } from "node:crypto";
import { readAvPairs } from "./av-pairs";
import { hmacMd5 } from "./hmac-md5";
import { md4 } from "./md4";

/** NTOWFv2 (MS-NLMP 3.3.2): the key that a password gives for a user of a domain, each as the client named it. */
export function ntowfv2(password: string, user: string, domain: string): Buffer {
  const hash = md4(Buffer.from(password, "utf16le"));
  return hmacMd5(hash, Buffer.from(upperCase(user) + domain, "utf16le"));
}

/** Upper case as Windows has it: one character for one, whatever a language would write. */
function upperCase(text: string): string {
  return Array.from(text, (character) => {
    const upper = character.toUpperCase();
    return upper.length === character.length ? upper : character;
  }).join("");
}

/** What a client says in an NTLMv2 response (NTLMv2_CLIENT_CHALLENGE, MS-NLMP 2.2.2.7). */
export interface ClientChallenge {
  /** FILETIME: 100 ns since 1601. */
  timestamp: bigint;
  avPairs: Map<number, Buffer>;
}

const PROOF_LENGTH = 16;
const AV_PAIRS_OFFSET = 28;

/** The client's challenge of an NtChallengeResponse; undefined: it is none of NTLMv2. */
export function readClientChallenge(ntResponse: Buffer): ClientChallenge | undefined {
  const challenge = ntResponse.subarray(PROOF_LENGTH);
  if (challenge.length < AV_PAIRS_OFFSET || challenge[0] !== 1 || challenge[1] !== 1) return undefined;
  const avPairs = readAvPairs(challenge.subarray(AV_PAIRS_OFFSET));
  return avPairs && { timestamp: challenge.readBigUInt64LE(8), avPairs };
}

/**
 * Checks NTProofStr of an NtChallengeResponse against the server's challenge; gives SessionBaseKey
 * (MS-NLMP 3.3.2), or undefined where whoever made it does not have the key.
 */
export function proveNtResponse(
  key: Buffer,
  serverChallenge: Buffer,
  ntResponse: Buffer,
): Buffer | undefined {
  const expected = hmacMd5(key, serverChallenge, ntResponse.subarray(PROOF_LENGTH));
  const given = ntResponse.subarray(0, PROOF_LENGTH);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined;
  return hmacMd5(key, expected);
}
