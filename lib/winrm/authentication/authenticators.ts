import type { Authenticator, Peer } from "./auth";
import { BasicAuthenticator } from "./basic";
import { channelBindings } from "./channel-bindings";
import { CertificateAuthenticator } from "./client-certificate";
import { HandshakeAuthenticator, type HandshakeScheme } from "./handshake";
import { KerberosContext } from "./kerberos";
import { NtlmContext, type NtlmCredentials } from "./ntlm/context";
import { SpnegoContext } from "./spnego/context";

/** What the client proves who it is with. Without `authentication`: `basic`. */
export type Credentials =
  /** User name and password inside TLS; accounts of the host itself only. */
  | { authentication?: "basic"; username: string; password: Password }
  /** `negotiate`: NTLMv2 in SPNEGO, or NTLMv2 alone where the host offers no more; `ntlm`: alone. */
  | { authentication: "negotiate" | "ntlm"; username: string; password: Password }
  /** A ticket of the process, for `user@REALM` or whoever the cache belongs to. Over https only. */
  | { authentication: "kerberos"; username?: string }
  /** The certificate in `tls.certificate`, which the host has mapped to an account. */
  | { authentication: "certificate" };

export interface Password {
  /** Called for each logon, and kept nowhere. */
  reveal(): string;
}

/**
 * @param plaintext whether messages may cross http readable
 * @throws TypeError for credentials that the scheme cannot carry
 */
export function authenticatorFor(credentials: Credentials, plaintext: boolean): Authenticator {
  switch (credentials.authentication) {
    case "negotiate": {
      const spnego: HandshakeScheme = {
        scheme: "Negotiate",
        proof: "user name or password",
        begin: (peer) => new SpnegoContext(ntlm(credentials, peer)),
      };
      return new HandshakeAuthenticator({ plaintext, schemes: [spnego, raw("NTLM", credentials)] });
    }
    case "ntlm":
      // Windows takes NTLM's own messages under the name Negotiate, too, and mostly offers only that.
      return new HandshakeAuthenticator({
        plaintext,
        schemes: [raw("Negotiate", credentials), raw("NTLM", credentials)],
      });
    case "kerberos": {
      const principal = credentials.username ?? null;
      const ticket = (scheme: HandshakeScheme["scheme"]): HandshakeScheme => ({
        scheme,
        proof: "Kerberos ticket",
        begin: ({ host }) => new KerberosContext({ principal, service: `HTTP@${host}` }),
      });
      return new HandshakeAuthenticator({ plaintext, schemes: [ticket("Negotiate"), ticket("Kerberos")] });
    }
    case "certificate":
      return new CertificateAuthenticator();
    default:
      return new BasicAuthenticator(credentials.username, credentials.password);
  }
}

function raw(scheme: HandshakeScheme["scheme"], credentials: NtlmCredentials): HandshakeScheme {
  return { scheme, proof: "user name or password", begin: (peer) => ntlm(credentials, peer) };
}

function ntlm(credentials: NtlmCredentials, { host, certificate }: Peer): NtlmContext {
  return new NtlmContext(credentials, {
    service: `HTTP/${host}`,
    channelBindings: certificate && channelBindings(certificate),
  });
}
