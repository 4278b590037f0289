import "reflect-metadata";
import { X509Certificate } from "node:crypto";
import { X509Certificate as CertificateReader, SubjectAlternativeNameExtension } from "@peculiar/x509";
import type { AuthenticationScheme, HandshakeStep } from "./authentication-scheme";
import type { LocalAccounts } from "./local-accounts";

/** The profile that a client names in `Authorization` (DSP0226 C.3.4). */
const MUTUAL = "http://schemas.dmtf.org/wbem/wsman/1/wsman/secprofile/https/mutual";
const CLIENT_AUTHENTICATION = "1.3.6.1.5.5.7.3.2";

/** An entry of `winrm/config/service/certmapping`. */
export interface CertificateMapping {
  /** A name of the certificate: its user principal name, e-mail address or DNS name. */
  subject: string;
  /** PEM of the authority that signed it. */
  issuer: string;
  /** The local account that it stands for. */
  username: string;
}

/** The certificate that a client showed within TLS, mapped to an account; for each request by itself. */
export function certificateScheme(
  accounts: LocalAccounts,
  mappings: readonly CertificateMapping[],
): AuthenticationScheme {
  return {
    name: MUTUAL,
    challenge: null,
    isFor: ({ isEncrypted }) => isEncrypted && mappings.length > 0,
    begins: () => true,
    begin: ({ clientCertificate }) => ({
      step(): HandshakeStep {
        const mapping = mappings.find((each) => clientCertificate !== null && fits(clientCertificate, each));
        const account = mapping && accounts.find(mapping.username);
        if (account === undefined) return { outcome: "refused" };
        const user = account.username;
        return { outcome: "accepted", user, token: null, context: null, holdsFor: "request" };
      },
    }),
  };
}

/** Whether a certificate is signed by the mapping's authority, valid now, for clients, and of its subject. */
function fits(bytes: Buffer, { subject, issuer }: CertificateMapping): boolean {
  const certificate = new X509Certificate(bytes);
  const authority = new X509Certificate(issuer);
  const now = Date.now();
  return (
    certificate.verify(authority.publicKey) &&
    now >= Date.parse(certificate.validFrom) &&
    now <= Date.parse(certificate.validTo) &&
    (certificate.keyUsage ?? []).includes(CLIENT_AUTHENTICATION) &&
    namesOf(bytes).includes(subject.toLowerCase())
  );
}

function namesOf(bytes: Buffer): string[] {
  const extension = new CertificateReader(new Uint8Array(bytes)).getExtension(
    SubjectAlternativeNameExtension,
  );
  return (extension?.names.items ?? [])
    .filter(({ type }) => ["upn", "email", "dns"].includes(type))
    .map(({ value }) => value.toLowerCase());
}
