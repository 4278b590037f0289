import "reflect-metadata";
import { webcrypto } from "node:crypto";
import * as x509 from "@peculiar/x509";

const ALGORITHM = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };

x509.cryptoProvider.set(webcrypto as unknown as Crypto);

/** PEM texts for `https.createServer`. */
export interface ServerCertificate {
  cert: string;
  key: string;
}

/** A certificate authority that lives as long as the test. */
export interface TestAuthority {
  /** PEM */
  ca: string;
  /** A server certificate valid for the DNS names; a past `notAfter` makes an expired one. */
  issue(names: string[], notAfter?: Date): Promise<ServerCertificate>;
}

export async function createAuthority(): Promise<TestAuthority> {
  const keys = await newKeys();
  const root = await x509.X509CertificateGenerator.createSelfSigned({
    name: "CN=test authority",
    serialNumber: "01",
    notBefore: new Date(0),
    notAfter: tomorrow(),
    signingAlgorithm: ALGORITHM,
    keys,
    extensions: [new x509.BasicConstraintsExtension(true, 0, true)],
  });
  let serial = 1;
  return {
    ca: root.toString("pem"),
    async issue(names, notAfter = tomorrow()) {
      const server = await newKeys();
      serial++;
      const certificate = await x509.X509CertificateGenerator.create({
        subject: "CN=test host",
        issuer: root.subject,
        serialNumber: serial.toString(16).padStart(2, "0"),
        notBefore: new Date(0),
        notAfter,
        signingAlgorithm: ALGORITHM,
        publicKey: server.publicKey,
        signingKey: keys.privateKey,
        extensions: [
          new x509.SubjectAlternativeNameExtension(names.map((value) => ({ type: "dns", value }) as const)),
        ],
      });
      const key = await webcrypto.subtle.exportKey("pkcs8", server.privateKey);
      return { cert: certificate.toString("pem"), key: x509.PemConverter.encode(key, "PRIVATE KEY") };
    },
  };
}

function newKeys(): Promise<webcrypto.CryptoKeyPair> {
  return webcrypto.subtle.generateKey(ALGORITHM, true, ["sign", "verify"]);
}

function tomorrow(): Date {
  return new Date(Date.now() + 86_400_000);
}
