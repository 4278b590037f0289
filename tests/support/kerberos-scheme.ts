import { createRequire } from "node:module";
import type { AuthenticationScheme, Handshake } from "@/simulator/winrm/authentication/authentication-scheme";

/** What is used of the optional package, whose types are there only where it could be built. */
interface KerberosPackage {
  initializeServer(service: string): Promise<KerberosServer>;
}

interface KerberosServer {
  /** Base64. */
  step(token: string): Promise<unknown>;
  response: string;
  username: string;
}

const KRB5 = Buffer.from("06092a864886f712010202", "hex");

/**
 * Kerberos for a simulated host: MIT's own acceptor (GSS-API) with the keytab that `KRB5_KTNAME` names.
 * @param holdsFor whether a logon counts for the connection, or for one request
 * @param forget leaves the host's own token out, as one that cannot prove itself
 */
export function kerberosScheme(
  holdsFor: "connection" | "request",
  { name = "Negotiate", forget = false } = {},
): AuthenticationScheme {
  const kerberos: KerberosPackage = createRequire(import.meta.url)("kerberos");
  return {
    name,
    challenge: name,
    isFor: ({ isEncrypted }) => isEncrypted,
    begins: (token) => token[0] === 0x60 && token.subarray(0, 20).includes(KRB5),
    begin: (): Handshake => ({
      async step(token) {
        const server = await kerberos.initializeServer("HTTP@localhost");
        try {
          await server.step(token.toString("base64"));
        } catch {
          return { outcome: "refused" };
        }
        const answer = forget ? null : Buffer.from(server.response, "base64");
        return { outcome: "accepted", user: server.username, token: answer, context: null, holdsFor };
      },
    }),
  };
}
