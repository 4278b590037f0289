import { contextTag, type DerElement, readDer, readOne, TAG, writeDer, writeOid } from "../der";
import { TokenError } from "../token-error";

const SPNEGO = writeOid("1.3.6.1.5.5.2");
/** NTLMSSP (MS-SPNG 1.9), encoded. */
export const NTLM_MECHANISM = writeOid("1.3.6.1.4.1.311.2.2.10");

/** More than any handshake here needs. */
const MAX_TOKEN = 65_536;

export type NegotiationState = "accept-completed" | "accept-incomplete" | "reject" | "request-mic";
const STATES: readonly NegotiationState[] = [
  "accept-completed",
  "accept-incomplete",
  "reject",
  "request-mic",
];

/** What a host says in a negotiation (RFC 4178 4.2.2). */
export interface NegotiationAnswer {
  state: NegotiationState | null;
  /** The encoded object identifier. */
  mechanism: Buffer | null;
  token: Buffer | null;
  mechListMic: Buffer | null;
}

/** MechTypeList: what the mechListMICs are computed over. */
export function mechanismList(...mechanisms: Buffer[]): Buffer {
  return writeDer(TAG.sequence, ...mechanisms);
}

/** NegTokenInit (RFC 4178 4.2.1) in the frame of a first token. */
export function firstToken(mechanisms: Buffer, mechanismToken: Buffer): Buffer {
  const init = writeDer(
    TAG.sequence,
    writeDer(contextTag(0), mechanisms),
    writeDer(contextTag(2), writeDer(TAG.octetString, mechanismToken)),
  );
  return writeDer(TAG.application0, SPNEGO, writeDer(contextTag(0), init));
}

/** NegTokenResp of the client: the mechanism's next token, and the mechListMIC once there is a key for it. */
export function nextToken(mechanismToken: Buffer, mechListMic: Buffer): Buffer {
  const response = writeDer(
    TAG.sequence,
    writeDer(contextTag(2), writeDer(TAG.octetString, mechanismToken)),
    writeDer(contextTag(3), writeDer(TAG.octetString, mechListMic)),
  );
  return writeDer(contextTag(1), response);
}

/** @throws TokenError for anything but one NegTokenResp. */
export function readAnswer(bytes: Buffer): NegotiationAnswer {
  if (bytes.length > MAX_TOKEN) throw new TokenError("The host's token is too large.");
  const response = readOne(readOne(bytes, contextTag(1)).content, TAG.sequence);
  const fields = readDer(response.content);
  const field = (number: number) => fields.find(({ tag }) => tag === contextTag(number));
  return {
    state: readState(field(0)),
    mechanism: inner(field(1), TAG.oid)?.raw ?? null,
    token: inner(field(2), TAG.octetString)?.content ?? null,
    mechListMic: inner(field(3), TAG.octetString)?.content ?? null,
  };
}

function inner(field: DerElement | undefined, tag: number): DerElement | undefined {
  return field && readOne(field.content, tag);
}

function readState(field: DerElement | undefined): NegotiationState | null {
  const value = inner(field, TAG.enumerated)?.content;
  if (value === undefined) return null;
  const state = value.length === 1 ? STATES[value.readUInt8(0)] : undefined;
  if (state === undefined) throw new TokenError("The host's token has an unknown state.");
  return state;
}
