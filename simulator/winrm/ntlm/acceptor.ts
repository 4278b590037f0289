import { randomBytes, timingSafeEqual } from "node:crypto";
import { AV, AV_FLAG_MIC, writeAvPairs } from "./av-pairs";
import { toFileTime } from "./filetime";
import { challengeFlags, FLAG, hasFlag } from "./flags";
import { hmacMd5 } from "./hmac-md5";
import { type AuthenticateMessage, readAuthenticate, readNegotiateFlags, writeChallenge } from "./messages";
import { Rc4 } from "./rc4";
import { type ClientChallenge, ntowfv2, proveNtResponse, readClientChallenge } from "./responses";
import { SessionSecurity } from "./session-security";

/** What the host knows that accepts. */
export interface NtlmHost {
  /** NetBIOS name of the computer: that of its domain, too, since it is in none. */
  computerName: string;
  /** The password of a local account; undefined: there is none of that name. */
  passwordOf(user: string): string | undefined;
  /**
   * MD5 of the channel's bindings (MS-NLMP 2.2.2.1, MsvAvChannelBindings); null: the channel has none, and
   * whatever the client says of them is not looked at.
   */
  channelBinding: Buffer | null;
  /** Refuse a client that says nothing of a channel that has bindings. */
  requiresChannelBinding: boolean;
  /** Milliseconds since 1970. */
  now(): number;
  /** Eight bytes for the challenge; random ones if left out. */
  challenge?: Buffer;
}

export interface NtlmIdentity {
  /** The account, as the client wrote it. */
  user: string;
  security: SessionSecurity;
  /** Whether messages can be sealed with `security`: the client asked for it. */
  canSeal: boolean;
}

/** Why a client is refused. The client is told nothing of it. */
export class NtlmRefusal extends Error {
  override readonly name = "NtlmRefusal";
}

const ZEROS = Buffer.alloc(16);
/** MaxLifetime, MS-NLMP 3.1.1.1: how far the client's clock may be off. */
const MAX_LIFETIME_MS = 36 * 3_600_000;

/** The server's side of one NTLMv2 handshake (MS-NLMP 3.2.5.1): `challenge`, then `authenticate`. */
export class NtlmAcceptor {
  readonly #host: NtlmHost;
  #negotiate: Buffer = Buffer.alloc(0);
  #challengeMessage: Buffer = Buffer.alloc(0);
  #serverChallenge: Buffer = Buffer.alloc(0);
  #flags = 0;

  constructor(host: NtlmHost) {
    this.#host = host;
  }

  /** MS-NLMP 3.2.5.1.1: NEGOTIATE_MESSAGE in, CHALLENGE_MESSAGE out. Throws {@link NtlmRefusal}. */
  challenge(negotiate: Buffer): Buffer {
    const asked = readNegotiateFlags(negotiate);
    if (asked === undefined) throw new NtlmRefusal("The token is no NEGOTIATE_MESSAGE.");
    this.#negotiate = negotiate;
    this.#flags = challengeFlags(asked);
    this.#serverChallenge = this.#host.challenge ?? randomBytes(8);
    const { computerName } = this.#host;
    this.#challengeMessage = writeChallenge(
      this.#flags,
      this.#serverChallenge,
      computerName,
      this.#targetInfo(),
    );
    return this.#challengeMessage;
  }

  /** MS-NLMP 3.2.5.1.2: verifies the AUTHENTICATE_MESSAGE. Throws {@link NtlmRefusal}. */
  authenticate(token: Buffer): NtlmIdentity {
    const message = readAuthenticate(token);
    if (message === undefined) throw new NtlmRefusal("The token is no AUTHENTICATE_MESSAGE.");
    const challenge = readClientChallenge(message.ntResponse);
    if (challenge === undefined) throw new NtlmRefusal("The response is none of NTLMv2.");
    const flags = (message.flags & this.#flags) >>> 0;
    if (!hasFlag(flags, FLAG.EXTENDED_SESSION_SECURITY)) {
      throw new NtlmRefusal("Extended session security was not negotiated.");
    }
    const sessionKey = exportedSessionKey(message, flags, this.#sessionBaseKey(message));
    this.#checkTime(challenge);
    this.#checkMic(message, challenge, sessionKey);
    this.#checkChannelBinding(challenge);
    const security = new SessionSecurity("server", sessionKey, flags);
    return { user: message.user, security, canSeal: hasFlag(flags, FLAG.SEAL) };
  }

  #targetInfo(): Buffer {
    const name = Buffer.from(this.#host.computerName, "utf16le");
    const dnsName = Buffer.from(this.#host.computerName.toLowerCase(), "utf16le");
    const timestamp = Buffer.alloc(8);
    timestamp.writeBigUInt64LE(toFileTime(this.#host.now()));
    return writeAvPairs([
      [AV.NETBIOS_DOMAIN_NAME, name],
      [AV.NETBIOS_COMPUTER_NAME, name],
      [AV.DNS_DOMAIN_NAME, dnsName],
      [AV.DNS_COMPUTER_NAME, dnsName],
      [AV.TIMESTAMP, timestamp],
    ]);
  }

  #sessionBaseKey({ user, domain, ntResponse }: AuthenticateMessage): Buffer {
    const password = this.#host.passwordOf(user);
    // An unknown user takes as long as a wrong password.
    const key = ntowfv2(password ?? "", user, domain);
    const base = proveNtResponse(key, this.#serverChallenge, ntResponse);
    if (password === undefined || base === undefined) {
      throw new NtlmRefusal("The user name or the password is wrong.");
    }
    return base;
  }

  #checkTime({ timestamp }: ClientChallenge): void {
    const difference = timestamp - toFileTime(this.#host.now());
    const limit = BigInt(MAX_LIFETIME_MS) * 10_000n;
    if (difference > limit || difference < -limit) throw new NtlmRefusal("The response is of another time.");
  }

  /** MS-NLMP 3.2.5.1.2: where MsvAvFlags says that there is a MIC, it is there and right. */
  #checkMic(message: AuthenticateMessage, { avPairs }: ClientChallenge, sessionKey: Buffer): void {
    const flags = avPairs.get(AV.FLAGS);
    if (flags?.length !== 4 || !hasFlag(flags.readUInt32LE(), AV_FLAG_MIC)) return;
    const expected = hmacMd5(sessionKey, this.#negotiate, this.#challengeMessage, message.withoutMic);
    if (message.mic === null || !timingSafeEqual(message.mic, expected)) {
      throw new NtlmRefusal("The message integrity code is missing or wrong.");
    }
  }

  /** Zeros stand for a client that knows of no bindings (MS-NLMP 3.1.5.1.2). */
  #checkChannelBinding({ avPairs }: ClientChallenge): void {
    const { channelBinding, requiresChannelBinding } = this.#host;
    if (channelBinding === null) return;
    const given = avPairs.get(AV.CHANNEL_BINDINGS) ?? ZEROS;
    if (given.equals(ZEROS)) {
      if (requiresChannelBinding) throw new NtlmRefusal("The channel's bindings are missing.");
    } else if (!given.equals(channelBinding)) {
      throw new NtlmRefusal("The bindings are those of another channel.");
    }
  }
}

/** MS-NLMP 3.2.5.1.2: under NTLMv2, KeyExchangeKey is SessionBaseKey. */
function exportedSessionKey(message: AuthenticateMessage, flags: number, baseKey: Buffer): Buffer {
  if (!hasFlag(flags, FLAG.KEY_EXCHANGE)) return baseKey;
  if (message.encryptedSessionKey.length !== 16) throw new NtlmRefusal("The session key is missing.");
  return new Rc4(baseKey).update(message.encryptedSessionKey);
}
