import { createHash } from "node:crypto";
import { type DerElement, readDer, readOne, TAG, writeOid } from "./der";
import { TokenError } from "./token-error";

/** Signature algorithms of certificates, and the hash that RFC 5929 section 4.1 takes for each. */
const HASHES: readonly [oid: string, hash: string][] = [
  // MD5 and SHA-1 with RSA, SHA-1 with DSA and ECDSA: SHA-256 takes their place.
  ["1.2.840.113549.1.1.4", "sha256"],
  ["1.2.840.113549.1.1.5", "sha256"],
  ["1.2.840.10040.4.3", "sha256"],
  ["1.2.840.10045.4.1", "sha256"],
  // RSA (PKCS #1 v1.5)
  ["1.2.840.113549.1.1.14", "sha224"],
  ["1.2.840.113549.1.1.11", "sha256"],
  ["1.2.840.113549.1.1.12", "sha384"],
  ["1.2.840.113549.1.1.13", "sha512"],
  // ECDSA
  ["1.2.840.10045.4.3.1", "sha224"],
  ["1.2.840.10045.4.3.2", "sha256"],
  ["1.2.840.10045.4.3.3", "sha384"],
  ["1.2.840.10045.4.3.4", "sha512"],
];

/** Hashes that RSA-PSS names in its parameters (RFC 4055); without them it is SHA-1. */
const PSS_HASHES: readonly [oid: string, hash: string][] = [
  ["2.16.840.1.101.3.4.2.1", "sha256"],
  ["2.16.840.1.101.3.4.2.2", "sha384"],
  ["2.16.840.1.101.3.4.2.3", "sha512"],
];
const RSA_PSS = writeOid("1.2.840.113549.1.1.10");

/**
 * What binds a logon to the TLS channel it goes through: MD5 of a gss_channel_bindings_struct whose application data
 * are `tls-server-end-point` (RFC 5929 section 4, MS-NLMP 3.1.1.2 ClientChannelBindingUnhashed).
 *
 * @param certificate the host's, in DER
 * @returns null for a certificate whose algorithm leaves the hash undefined, such as Ed25519
 */
export function channelBindings(certificate: Buffer): Buffer | null {
  const hash = certificateHash(certificate);
  return hash === null ? null : bindingsOf(createHash(hash).update(certificate).digest());
}

/** MD5 of the structure, of a certificate's hash. */
export function bindingsOf(certificateDigest: Buffer): Buffer {
  const data = Buffer.concat([Buffer.from("tls-server-end-point:", "latin1"), certificateDigest]);
  // Initiator's and acceptor's address types and lengths, all zero, and the length of the data.
  const head = Buffer.alloc(20);
  head.writeUInt32LE(data.length, 16);
  return createHash("md5").update(head).update(data).digest();
}

/** The name of the hash for node:crypto; null: RFC 5929 defines none. */
export function certificateHash(certificate: Buffer): string | null {
  const [, algorithm] = readDer(readOne(certificate, TAG.sequence).content);
  if (algorithm?.tag !== TAG.sequence) throw new TokenError("The certificate names no signature algorithm.");
  const [oid, parameters] = readDer(algorithm.content);
  if (oid?.raw.equals(RSA_PSS)) return pssHash(parameters);
  return lookUp(HASHES, oid);
}

function pssHash(parameters: DerElement | undefined): string | null {
  // hashAlgorithm [0] AlgorithmIdentifier DEFAULT sha1
  const hash = parameters && readDer(parameters.content).find(({ tag }) => tag === 0xa0);
  if (hash === undefined) return "sha256";
  const [oid] = readDer(readOne(hash.content, TAG.sequence).content);
  return lookUp(PSS_HASHES, oid);
}

function lookUp(table: readonly [oid: string, hash: string][], oid: DerElement | undefined): string | null {
  return table.find(([dotted]) => oid?.raw.equals(writeOid(dotted)))?.[1] ?? null;
}
