import { TokenError } from "../token-error";
import { type AvPair, readAvPairs } from "./av-pairs";
import { FLAG, lackingFlags, REQUESTED } from "./flags";

/** Every NTLM message begins with it (MS-NLMP 2.2.1). */
export const SIGNATURE = Buffer.from("NTLMSSP\0", "latin1");

/** Windows 10.0 with NTLMSSP_REVISION_W2K3 (2.2.2.10). It decides nothing, and the MIC's place depends on its being there. */
const VERSION = Buffer.from("0a0000000000000f", "hex");

/** More than any host sends; a challenge is some hundred bytes. */
const MAX_MESSAGE = 16_384;

/** Where the MIC stands in an AUTHENTICATE_MESSAGE (2.2.1.3), and where its payload begins. */
export const MIC_OFFSET = 72;
const PAYLOAD_OFFSET = 88;

/** What a host answers first (2.2.1.2). */
export interface Challenge {
  flags: number;
  /** 8 bytes. */
  serverChallenge: Buffer;
  targetInfo: AvPair[];
}

/** NEGOTIATE_MESSAGE (2.2.1.1), without domain and workstation. */
export function negotiateMessage(): Buffer {
  const message = Buffer.alloc(40);
  SIGNATURE.copy(message);
  message.writeUInt32LE(1, 8);
  message.writeUInt32LE(REQUESTED, 12);
  VERSION.copy(message, 32);
  return message;
}

/**
 * Reads a CHALLENGE_MESSAGE and checks that what it settles on is strong enough.
 * @throws TokenError
 */
export function readChallenge(message: Buffer): Challenge {
  if (message.length < 48 || message.length > MAX_MESSAGE || !message.subarray(0, 8).equals(SIGNATURE)) {
    throw new TokenError("The host's token is no NTLM message.");
  }
  if (message.readUInt32LE(8) !== 2) throw new TokenError("The host's NTLM message is no challenge.");
  const flags = message.readUInt32LE(20);
  const lacking = lackingFlags(flags);
  if (lacking.length > 0) throw new TokenError(`The host's NTLM gives no ${lacking.join(", no ")}.`);
  if ((flags & FLAG.targetInfo) === 0)
    throw new TokenError("The host's NTLM challenge does not allow NTLMv2.");
  return {
    flags,
    serverChallenge: message.subarray(24, 32),
    targetInfo: readAvPairs(readField(message, 40)),
  };
}

/** A field is its length (2 bytes), its longest length (2), its offset in the message (4). */
function readField(message: Buffer, at: number): Buffer {
  const length = message.readUInt16LE(at);
  const offset = message.readUInt32LE(at + 4);
  if (length > 0 && (offset < 48 || offset + length > message.length)) {
    throw new TokenError("A field of the NTLM challenge lies outside it.");
  }
  return message.subarray(offset, offset + length);
}

export interface AuthenticateFields {
  flags: number;
  ntResponse: Buffer;
  domain: string;
  username: string;
  encryptedSessionKey: Buffer;
}

/** AUTHENTICATE_MESSAGE (2.2.1.3) with its MIC still zero. */
export function authenticateMessage(fields: AuthenticateFields): Buffer {
  const head = Buffer.alloc(PAYLOAD_OFFSET);
  SIGNATURE.copy(head);
  head.writeUInt32LE(3, 8);
  const payload: Buffer[] = [];
  let offset = PAYLOAD_OFFSET;
  const add = (at: number, value: Buffer) => {
    head.writeUInt16LE(value.length, at);
    head.writeUInt16LE(value.length, at + 2);
    head.writeUInt32LE(offset, at + 4);
    payload.push(value);
    offset += value.length;
  };
  add(28, Buffer.from(fields.domain, "utf16le"));
  add(36, Buffer.from(fields.username, "utf16le"));
  add(44, Buffer.alloc(0));
  // No LMv2 response: the host's own time makes it void (3.1.5.1.2).
  add(12, Buffer.alloc(24));
  add(20, fields.ntResponse);
  add(52, fields.encryptedSessionKey);
  head.writeUInt32LE(fields.flags, 60);
  VERSION.copy(head, 64);
  return Buffer.concat([head, ...payload]);
}
