import { NtlmAcceptor, type NtlmHost, NtlmRefusal } from "../ntlm/acceptor";
import { messageType, NEGOTIATE } from "../ntlm/messages";
import { SignatureError } from "../ntlm/session-security";
import type { AuthenticationScheme, Channel, Handshake, HandshakeStep } from "./authentication-scheme";
import type { CbtHardeningLevel } from "./cbt-hardening";
import { channelBindingsHash } from "./channel-binding";
import { DerError } from "./der";
import type { LocalAccounts } from "./local-accounts";
import { acceptedByNtlm } from "./ntlm-context";
import { SpnegoHandshake } from "./spnego-handshake";
import { isNegTokenInit } from "./spnego-tokens";

/** Negotiate (RFC 4559) with NTLM: as it is, or negotiated by SPNEGO. It holds for the whole connection. */
export function negotiateScheme(
  computerName: string,
  accounts: LocalAccounts,
  hardening: CbtHardeningLevel,
): AuthenticationScheme {
  const hostOn = ({ serverCertificateHash: hash }: Channel): NtlmHost => ({
    computerName,
    passwordOf: (user) => accounts.find(user)?.password,
    channelBinding: hash === null || hardening === "none" ? null : channelBindingsHash(hash),
    requiresChannelBinding: hardening === "strict",
    now: Date.now,
  });
  return {
    name: "Negotiate",
    challenge: "Negotiate",
    isFor: () => true,
    begins: (token) => messageType(token) === NEGOTIATE || isNegTokenInit(token),
    begin: (channel) => new NegotiateHandshake(hostOn(channel), accounts),
  };
}

/** Raw NTLM or SPNEGO, by the first token. */
class NegotiateHandshake implements Handshake {
  readonly #host: NtlmHost;
  readonly #accounts: LocalAccounts;
  #mechanism: Handshake | null = null;

  constructor(host: NtlmHost, accounts: LocalAccounts) {
    this.#host = host;
    this.#accounts = accounts;
  }

  async step(token: Buffer): Promise<HandshakeStep> {
    this.#mechanism ??= isNegTokenInit(token) ? new SpnegoHandshake(this.#host) : rawNtlm(this.#host);
    try {
      const step = await this.#mechanism.step(token);
      if (step.outcome !== "accepted") return step;
      return { ...step, user: this.#accounts.find(step.user)?.username ?? step.user };
    } catch (error) {
      const isRefusal = [NtlmRefusal, SignatureError, DerError].some((kind) => error instanceof kind);
      if (isRefusal) return { outcome: "refused" };
      throw error;
    }
  }
}

function rawNtlm(host: NtlmHost): Handshake {
  const acceptor = new NtlmAcceptor(host);
  let isChallenged = false;
  return {
    step(token) {
      if (isChallenged) return acceptedByNtlm(acceptor.authenticate(token), null);
      isChallenged = true;
      return { outcome: "continue", token: acceptor.challenge(token) };
    },
  };
}
