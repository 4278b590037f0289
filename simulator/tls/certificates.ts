import "reflect-metadata";
import { createPublicKey, webcrypto } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import * as x509 from "@peculiar/x509";

const ALGORITHM = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
const DAY_MS = 86_400_000;
const SERVER_AUTHENTICATION = "1.3.6.1.5.5.7.3.1";
const CLIENT_AUTHENTICATION = "1.3.6.1.5.5.7.3.2";

/** A certificate authority of one data directory. Its key never leaves `ca-key.pem` there. */
export interface Authority {
  certificate: x509.X509Certificate;
  privateKey: CryptoKey;
  /** The file a client is given to verify the hosts' certificates. */
  file: string;
}

/** A certificate and its key, as PEM texts. */
export interface IssuedCertificate {
  cert: string;
  key: string;
}

type CryptoKey = webcrypto.CryptoKey;

x509.cryptoProvider.set(webcrypto as unknown as Crypto);

/**
 * Reads the authority of `directory`, or makes it: `ca.pem` and `ca-key.pem` (mode 0600). One that expires
 * within a day, or whose two files do not belong together, is replaced.
 */
export async function openAuthority(directory: string): Promise<Authority> {
  const file = path.join(directory, "ca.pem");
  const keyFile = path.join(directory, "ca-key.pem");
  if (existsSync(file) && existsSync(keyFile)) {
    const certificate = new x509.X509Certificate(readFileSync(file, "utf8"));
    const privateKey = await importKey(readFileSync(keyFile, "utf8"));
    const fresh = certificate.notAfter.getTime() > Date.now() + DAY_MS;
    if (fresh && samePublicKey(certificate, readFileSync(keyFile, "utf8"))) {
      return { certificate, privateKey, file };
    }
  }
  const keys = await newKeys();
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: serialNumber(),
    name: "CN=AetherV simulated hosts",
    ...validity(3650),
    signingAlgorithm: ALGORITHM,
    keys,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  writeFileSync(keyFile, await exportKey(keys.privateKey), { mode: 0o600 });
  writeFileSync(file, `${certificate.toString("pem")}\n`);
  return { certificate, privateKey: keys.privateKey, file };
}

/** A fresh certificate for `localhost`, 127.0.0.1 and `name`, signed by the authority. */
export async function issueServerCertificate(authority: Authority, name: string): Promise<IssuedCertificate> {
  return issue(authority, name, SERVER_AUTHENTICATION, [
    { type: "dns", value: "localhost" },
    { type: "dns", value: name },
    { type: "ip", value: "127.0.0.1" },
  ]);
}

/** A fresh certificate for a client with this user principal name, such as `aetherv@localhost`. */
export async function issueClientCertificate(
  authority: Authority,
  principal: string,
): Promise<IssuedCertificate> {
  return issue(authority, principal, CLIENT_AUTHENTICATION, [{ type: "upn", value: principal }]);
}

async function issue(
  authority: Authority,
  name: string,
  usage: string,
  names: x509.JsonGeneralNames,
): Promise<IssuedCertificate> {
  const keys = await newKeys();
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: serialNumber(),
    subject: `CN=${name}`,
    issuer: authority.certificate.subject,
    ...validity(365),
    signingAlgorithm: ALGORITHM,
    publicKey: keys.publicKey,
    signingKey: authority.privateKey,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([usage]),
      new x509.SubjectAlternativeNameExtension(names),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
      await x509.AuthorityKeyIdentifierExtension.create(authority.certificate.publicKey),
    ],
  });
  return { cert: certificate.toString("pem"), key: await exportKey(keys.privateKey) };
}

function validity(days: number): { notBefore: Date; notAfter: Date } {
  return { notBefore: new Date(Date.now() - DAY_MS), notAfter: new Date(Date.now() + days * DAY_MS) };
}

/** RFC 5280 4.1.2.2: positive, unpredictable, at most 20 octets. */
function serialNumber(): string {
  const bytes = webcrypto.getRandomValues(new Uint8Array(16));
  return `01${Buffer.from(bytes).toString("hex")}`;
}

function newKeys(): Promise<webcrypto.CryptoKeyPair> {
  return webcrypto.subtle.generateKey(ALGORITHM, true, ["sign", "verify"]);
}

async function exportKey(key: CryptoKey): Promise<string> {
  return x509.PemConverter.encode(await webcrypto.subtle.exportKey("pkcs8", key), "PRIVATE KEY");
}

async function importKey(pem: string): Promise<CryptoKey> {
  return webcrypto.subtle.importKey("pkcs8", x509.PemConverter.decodeFirst(pem), ALGORITHM, true, ["sign"]);
}

function samePublicKey(certificate: x509.X509Certificate, privateKeyPem: string): boolean {
  const derived = createPublicKey(privateKeyPem).export({ type: "spki", format: "der" });
  return derived.equals(Buffer.from(certificate.publicKey.rawData));
}
