import { NtlmAcceptor, type NtlmHost, type NtlmIdentity } from "../ntlm/acceptor";
import type { Handshake, HandshakeStep } from "./authentication-scheme";
import { acceptedByNtlm } from "./ntlm-context";
import {
  isNegTokenInit,
  NEG_STATE,
  NTLMSSP,
  readNegTokenInit,
  readNegTokenResponse,
  writeNegTokenResponse,
} from "./spnego-tokens";

/** NTLM negotiated by SPNEGO (RFC 4178, MS-SPNG), on the side of the acceptor. Throws on a token that is none. */
export class SpnegoHandshake implements Handshake {
  readonly #ntlm: NtlmAcceptor;
  #mechanismList: Buffer = Buffer.alloc(0);
  /** RFC 4178 5: where the client preferred another mechanism, both sides must sign the list. */
  #requiresMic = false;
  #isChallenged = false;

  constructor(host: NtlmHost) {
    this.#ntlm = new NtlmAcceptor(host);
  }

  step(token: Buffer): HandshakeStep {
    return isNegTokenInit(token) ? this.#begin(token) : this.#goOn(token);
  }

  #begin(bytes: Buffer): HandshakeStep {
    const { mechanisms, mechanismList, token } = readNegTokenInit(bytes);
    if (!mechanisms.some((mechanism) => mechanism.equals(NTLMSSP))) return { outcome: "refused" };
    this.#mechanismList = mechanismList;
    this.#requiresMic = !mechanisms[0]?.equals(NTLMSSP);
    if (this.#requiresMic || token === null) {
      const state = this.#requiresMic ? NEG_STATE.requestMic : NEG_STATE.acceptIncomplete;
      return { outcome: "continue", token: writeNegTokenResponse({ state, namesMechanism: true }) };
    }
    return this.#challenge(token, true);
  }

  #goOn(bytes: Buffer): HandshakeStep {
    const { token, mechListMic } = readNegTokenResponse(bytes);
    if (token === null) return { outcome: "refused" };
    if (!this.#isChallenged) return this.#challenge(token, false);
    const identity = this.#ntlm.authenticate(token);
    if (mechListMic === null) {
      if (this.#requiresMic) return { outcome: "refused" };
      return acceptedByNtlm(identity, writeNegTokenResponse({ state: NEG_STATE.acceptCompleted }));
    }
    return acceptedByNtlm(identity, this.#signList(identity, mechListMic));
  }

  #challenge(negotiate: Buffer, namesMechanism: boolean): HandshakeStep {
    this.#isChallenged = true;
    const token = this.#ntlm.challenge(negotiate);
    const response = writeNegTokenResponse({ state: NEG_STATE.acceptIncomplete, namesMechanism, token });
    return { outcome: "continue", token: response };
  }

  /** Checks the client's signature of the list of mechanisms, and adds this host's. */
  #signList({ security }: NtlmIdentity, clientMic: Buffer): Buffer {
    security.verify(this.#mechanismList, clientMic);
    const mechListMic = security.sign(this.#mechanismList);
    security.resetKeyStreams();
    return writeNegTokenResponse({ state: NEG_STATE.acceptCompleted, mechListMic });
  }
}
