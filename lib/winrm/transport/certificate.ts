import { X509Certificate } from "node:crypto";
import { isIP } from "node:net";
import { connect } from "node:tls";

/** What a host showed of itself when TLS began, whether or not it is trusted. */
export interface ShownCertificate {
  subject: string;
  issuer: string;
  /** SHA-256 in hexadecimal with colons. */
  fingerprint: string;
  /** ISO 8601, UTC. */
  validFrom: string;
  validUntil: string;
  /** Its subject alternative names, as `DNS:hv01.example.com, IP Address:10.0.0.5`; empty: none. */
  names: string;
}

/** @param der the certificate's bytes */
export function describeCertificate(der: Buffer): ShownCertificate {
  const certificate = new X509Certificate(der);
  return {
    subject: oneLine(certificate.subject),
    issuer: oneLine(certificate.issuer),
    fingerprint: certificate.fingerprint256,
    validFrom: new Date(certificate.validFrom).toISOString(),
    validUntil: new Date(certificate.validTo).toISOString(),
    names: certificate.subjectAltName ?? "",
  };
}

/**
 * Looks at the certificate of a host that is not trusted, so that somebody can be told what it is. Nothing is sent
 * over this connection, and it is closed at once: that it may be shown is no reason to trust it.
 *
 * @returns null where the host shows none
 */
export function lookAtCertificate(
  { host, port }: { host: string; port: number },
  signal: AbortSignal,
): Promise<ShownCertificate | null> {
  return new Promise((resolve) => {
    const socket = connect({
      host,
      port,
      ...(isIP(host) ? {} : { servername: host }),
      rejectUnauthorized: false,
    });
    const end = (shown: ShownCertificate | null) => {
      signal.removeEventListener("abort", onAbort);
      socket.on("error", () => undefined).destroy();
      resolve(shown);
    };
    const onAbort = () => end(null);
    signal.addEventListener("abort", onAbort, { once: true });
    socket.once("error", () => end(null));
    socket.once("close", () => end(null));
    socket.once("secureConnect", () => end(shownBy(socket.getPeerX509Certificate()?.raw)));
  });
}

function shownBy(der: Buffer | undefined): ShownCertificate | null {
  try {
    return der === undefined ? null : describeCertificate(der);
  } catch {
    return null;
  }
}

/** Node.js writes a name with a line for each of its parts. */
function oneLine(name: string | undefined): string {
  return (name ?? "").split("\n").filter(Boolean).join(", ");
}
