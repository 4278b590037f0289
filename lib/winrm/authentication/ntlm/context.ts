import { randomBytes } from "node:crypto";
import type { SecurityContext } from "../security-context";
import { TokenError } from "../token-error";
import { AV, answeredAvPairs, avValue, writeAvPairs } from "./av-pairs";
import { REQUESTED } from "./flags";
import { authenticateMessage, MIC_OFFSET, negotiateMessage, readChallenge } from "./messages";
import { hmacMd5, ntlmv2Response, ntowfv2 } from "./ntlmv2";
import { Rc4 } from "./rc4";
import { NtlmSession } from "./session";

export interface NtlmCredentials {
  /** `DOMAIN\user`, `user@domain`, or `user` for an account of the host itself. */
  username: string;
  password: { reveal(): string };
}

export interface NtlmTarget {
  /** A service principal name such as `HTTP/hv01`. */
  service: string;
  /** MD5 of the gss_channel_bindings_struct; null: no TLS. */
  channelBindings: Buffer | null;
}

/** The client's side of NTLMv2 (MS-NLMP 3.1.5): always with MIC, sealing, 128-bit keys and key exchange. */
export class NtlmContext implements SecurityContext {
  readonly #credentials: NtlmCredentials;
  readonly #target: NtlmTarget;
  #negotiate: Buffer | null = null;
  #session: NtlmSession | null = null;

  constructor(credentials: NtlmCredentials, target: NtlmTarget) {
    this.#credentials = credentials;
    this.#target = target;
  }

  get isLastToken(): boolean {
    return this.#session !== null;
  }

  get isComplete(): boolean {
    return this.#session !== null;
  }

  get sealer(): NtlmSession | null {
    return this.#session;
  }

  async step(token: Buffer | null): Promise<Buffer | null> {
    if (token === null) {
      this.#negotiate = negotiateMessage();
      return this.#negotiate;
    }
    if (this.#negotiate === null || this.#session !== null) {
      throw new TokenError("The host sent an NTLM message out of turn.");
    }
    return this.#authenticate(this.#negotiate, token);
  }

  #authenticate(negotiate: Buffer, challengeMessage: Buffer): Buffer {
    const challenge = readChallenge(challengeMessage);
    const { username, domain } = accountOf(this.#credentials.username);
    const { service, channelBindings } = this.#target;
    const timestamp = avValue(challenge.targetInfo, AV.timestamp);
    const { response, sessionBaseKey } = ntlmv2Response({
      key: ntowfv2(username, domain, this.#credentials.password.reveal()),
      serverChallenge: challenge.serverChallenge,
      clientChallenge: randomBytes(8),
      // The host's own time, so that a client's clock that is wrong refuses nobody.
      timestamp: timestamp?.length === 8 ? timestamp : fileTime(new Date()),
      targetInfo: writeAvPairs(answeredAvPairs(challenge.targetInfo, service, channelBindings)),
    });
    const sessionKey = randomBytes(16);
    const message = authenticateMessage({
      flags: (challenge.flags & REQUESTED) >>> 0,
      ntResponse: response,
      domain,
      username,
      encryptedSessionKey: new Rc4(sessionBaseKey).apply(sessionKey),
    });
    hmacMd5(sessionKey, negotiate, challengeMessage, message).copy(message, MIC_OFFSET);
    this.#session = new NtlmSession(sessionKey);
    return message;
  }
}

/** How Windows tells account and domain apart; a name with @ goes to the host as it is. */
function accountOf(name: string): { username: string; domain: string } {
  const backslash = name.indexOf("\\");
  if (backslash === -1) return { username: name, domain: "" };
  const domain = name.slice(0, backslash);
  return { username: name.slice(backslash + 1), domain: domain === "." ? "" : domain };
}

/** FILETIME (MS-DTYP 2.3.3): 100 ns since 1601. */
function fileTime(date: Date): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(date.getTime() + 11_644_473_600_000) * 10_000n);
  return bytes;
}
