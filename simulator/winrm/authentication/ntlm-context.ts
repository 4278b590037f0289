import type { NtlmIdentity } from "../ntlm/acceptor";
import type { HandshakeStep, SecurityContext } from "./authentication-scheme";

/** MS-WSMV 2.2.9.1.1: the same for raw NTLM and for NTLM within SPNEGO. */
const PROTOCOL = "application/HTTP-SPNEGO-session-encrypted";

/** The end of a handshake that NTLM decided. */
export function acceptedByNtlm(
  { user, security, canSeal }: NtlmIdentity,
  token: Buffer | null,
): HandshakeStep {
  const context: SecurityContext = {
    protocol: PROTOCOL,
    seal: (message) => security.seal(message),
    unseal: (sealed) => security.unseal(sealed),
  };
  return { outcome: "accepted", user, token, context: canSeal ? context : null, holdsFor: "connection" };
}
