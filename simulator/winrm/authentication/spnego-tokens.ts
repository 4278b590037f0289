import { DerError, der, readDer, readOne } from "./der";

// Tokens of SPNEGO (RFC 4178 4.2). What is no such token makes the readers throw a DerError.

/** Content of the object identifiers. */
const SPNEGO = Buffer.from("2b0601050502", "hex");
export const NTLMSSP = Buffer.from("2b06010401823702020a", "hex");

const TAG = { octets: 0x04, oid: 0x06, enumerated: 0x0a, sequence: 0x30, application: 0x60 } as const;
const field = (number: number) => 0xa0 + number;

export const NEG_STATE = { acceptCompleted: 0, acceptIncomplete: 1, requestMic: 3 } as const;

/** NegTokenInit: the client's first token. */
export interface NegTokenInit {
  /** The mechanisms that the client can do, the one that it prefers first: contents of object identifiers. */
  mechanisms: Buffer[];
  /** `mechTypes` as it was encoded: what mechListMIC is made over. */
  mechanismList: Buffer;
  /** A first token of the preferred mechanism. */
  token: Buffer | null;
}

/** NegTokenResp of a client. */
export interface NegTokenResponse {
  token: Buffer | null;
  mechListMic: Buffer | null;
}

/** Whether these bytes begin as a NegTokenInit does. */
export function isNegTokenInit(bytes: Buffer): boolean {
  return bytes[0] === TAG.application;
}

export function readNegTokenInit(bytes: Buffer): NegTokenInit {
  const [mechanism, token] = readDer(readOne(bytes, TAG.application));
  if (mechanism?.tag !== TAG.oid || !mechanism.content.equals(SPNEGO) || token?.tag !== field(0)) {
    throw new DerError("The token is none of SPNEGO.");
  }
  const fields = readFields(token.content);
  const mechanismList = fields.get(0);
  if (mechanismList === undefined) throw new DerError("The token names no mechanisms.");
  const mechanisms = readDer(readOne(mechanismList, TAG.sequence)).map(({ content }) => content);
  return { mechanisms, mechanismList, token: octets(fields.get(2)) };
}

export function readNegTokenResponse(bytes: Buffer): NegTokenResponse {
  const fields = readFields(readOne(bytes, field(1)));
  return { token: octets(fields.get(2)), mechListMic: octets(fields.get(3)) };
}

/** NegTokenResp of this host, which does NTLM. */
export function writeNegTokenResponse(parts: {
  state: number;
  namesMechanism?: boolean;
  token?: Buffer;
  mechListMic?: Buffer | null;
}): Buffer {
  const { state, namesMechanism = false, token, mechListMic } = parts;
  const fields = [der(field(0), der(TAG.enumerated, Buffer.from([state])))];
  if (namesMechanism) fields.push(der(field(1), der(TAG.oid, NTLMSSP)));
  if (token) fields.push(der(field(2), der(TAG.octets, token)));
  if (mechListMic) fields.push(der(field(3), der(TAG.octets, mechListMic)));
  return der(field(1), der(TAG.sequence, ...fields));
}

/** The fields of a SEQUENCE by their numbers. */
function readFields(bytes: Buffer): Map<number, Buffer> {
  return new Map(readDer(readOne(bytes, TAG.sequence)).map(({ tag, content }) => [tag - field(0), content]));
}

function octets(content: Buffer | undefined): Buffer | null {
  return content === undefined ? null : readOne(content, TAG.octets);
}
