import { FLAG, hasFlag } from "./flags";

const SIGNATURE = Buffer.from("NTLMSSP\0", "latin1");
/** VERSION (MS-NLMP 2.2.2.10) of a Windows Server 2022: 10.0 build 20348, NTLM revision 15. */
const VERSION = Buffer.from([10, 0, 0x7c, 0x4f, 0, 0, 0, 15]);

export const NEGOTIATE = 1;
export const AUTHENTICATE = 3;

/** AUTHENTICATE_MESSAGE (MS-NLMP 2.2.1.3). */
export interface AuthenticateMessage {
  flags: number;
  domain: string;
  user: string;
  ntResponse: Buffer;
  encryptedSessionKey: Buffer;
  /** Null: the payload begins where the MIC would stand, so that there is none. */
  mic: Buffer | null;
  /** The message with zeros in place of its MIC, which is what the MIC is made over. */
  withoutMic: Buffer;
}

/** Offset of the MIC in an AUTHENTICATE_MESSAGE. */
const MIC_OFFSET = 72;
const MIC_LENGTH = 16;

/** Type of an NTLM message (MS-NLMP 2.2.1); undefined: these bytes are none. */
export function messageType(bytes: Buffer): number | undefined {
  return bytes.length >= 12 && bytes.subarray(0, 8).equals(SIGNATURE) ? bytes.readUInt32LE(8) : undefined;
}

/** The flags of a NEGOTIATE_MESSAGE (MS-NLMP 2.2.1.1); undefined: it is none. */
export function readNegotiateFlags(bytes: Buffer): number | undefined {
  return messageType(bytes) === NEGOTIATE && bytes.length >= 16 ? bytes.readUInt32LE(12) : undefined;
}

/** CHALLENGE_MESSAGE (MS-NLMP 2.2.1.2). */
export function writeChallenge(
  flags: number,
  challenge: Buffer,
  targetName: string,
  targetInfo: Buffer,
): Buffer {
  const name = Buffer.from(targetName, hasFlag(flags, FLAG.UNICODE) ? "utf16le" : "latin1");
  const header = Buffer.alloc(56);
  SIGNATURE.copy(header, 0);
  header.writeUInt32LE(2, 8);
  writeField(header, 12, name.length, header.length);
  header.writeUInt32LE(flags, 20);
  challenge.copy(header, 24);
  writeField(header, 40, targetInfo.length, header.length + name.length);
  if (hasFlag(flags, FLAG.VERSION)) VERSION.copy(header, 48);
  return Buffer.concat([header, name, targetInfo]);
}

/** Reads an AUTHENTICATE_MESSAGE; undefined: it is none, or a field lies outside of it. */
export function readAuthenticate(bytes: Buffer): AuthenticateMessage | undefined {
  if (messageType(bytes) !== AUTHENTICATE || bytes.length < 64) return undefined;
  const fields = [12, 20, 28, 36, 44, 52].map((offset) => readField(bytes, offset));
  const [, nt, domain, user, , sessionKey] = fields.map((field) => field?.bytes);
  if (fields.includes(undefined) || !nt || !domain || !user || !sessionKey) return undefined;
  const flags = bytes.readUInt32LE(60);
  const characters = hasFlag(flags, FLAG.UNICODE) ? "utf16le" : "latin1";
  // Whoever has nothing to put into a field may name any offset for it.
  const starts = fields.flatMap((field) => (field && field.bytes.length > 0 ? [field.offset] : []));
  const hasMic = bytes.length >= MIC_OFFSET + MIC_LENGTH && Math.min(...starts) >= MIC_OFFSET + MIC_LENGTH;
  const withoutMic = Buffer.from(bytes);
  if (hasMic) withoutMic.fill(0, MIC_OFFSET, MIC_OFFSET + MIC_LENGTH);
  return {
    flags,
    domain: domain.toString(characters),
    user: user.toString(characters),
    ntResponse: nt,
    encryptedSessionKey: sessionKey,
    mic: hasMic ? bytes.subarray(MIC_OFFSET, MIC_OFFSET + MIC_LENGTH) : null,
    withoutMic,
  };
}

/** Length, longest length and offset of a payload field (MS-NLMP 2.2.1). */
function writeField(header: Buffer, at: number, length: number, offset: number): void {
  header.writeUInt16LE(length, at);
  header.writeUInt16LE(length, at + 2);
  header.writeUInt32LE(offset, at + 4);
}

function readField(message: Buffer, at: number): { offset: number; bytes: Buffer } | undefined {
  const length = message.readUInt16LE(at);
  const offset = message.readUInt32LE(at + 4);
  if (length > 0 && offset + length > message.length) return undefined;
  return { offset, bytes: message.subarray(offset, offset + length) };
}
