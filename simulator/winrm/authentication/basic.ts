import type { AuthenticationScheme, HandshakeStep } from "./authentication-scheme";
import type { LocalAccounts } from "./local-accounts";

/**
 * Basic (RFC 7617, UTF-8), for each request by itself. A host that allows no unencrypted traffic has it over TLS
 * alone.
 */
export function basicScheme(accounts: LocalAccounts, allowUnencrypted: boolean): AuthenticationScheme {
  const verify = (token: Buffer): HandshakeStep => {
    const text = token.toString("utf8");
    const colon = text.indexOf(":");
    const account = accounts.verify(text.slice(0, Math.max(colon, 0)), text.slice(colon + 1));
    if (account === undefined) return { outcome: "refused" };
    return { outcome: "accepted", user: account.username, token: null, context: null, holdsFor: "request" };
  };
  return {
    name: "Basic",
    challenge: 'Basic realm="WSMAN"',
    isFor: ({ isEncrypted }) => isEncrypted || allowUnencrypted,
    begins: () => true,
    begin: () => ({ step: verify }),
  };
}
