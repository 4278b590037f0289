import "reflect-metadata";
import { createHash } from "node:crypto";
import { X509Certificate } from "@peculiar/x509";

/**
 * The hash of a server's certificate for the channel binding `tls-server-end-point`: by the hash function of its
 * signature, and SHA-256 in place of MD5 and SHA-1 (RFC 5929 4.1).
 */
export function serverEndPointHash(certificatePem: string): Buffer {
  const certificate = new X509Certificate(certificatePem);
  const { hash } = certificate.signatureAlgorithm;
  const ofSignature = hash.name.toLowerCase().replace("-", "");
  const name = ["sha384", "sha512"].includes(ofSignature) ? ofSignature : "sha256";
  return createHash(name).update(Buffer.from(certificate.rawData)).digest();
}

/**
 * MsvAvChannelBindings for a server's certificate (MS-NLMP 2.2.2.1): MD5 over gss_channel_bindings_struct
 * (RFC 2744 3.11) without addresses, the hash being its application data (RFC 5929 4).
 */
export function channelBindingsHash(certificateHash: Buffer): Buffer {
  const data = Buffer.concat([Buffer.from("tls-server-end-point:", "latin1"), certificateHash]);
  const header = Buffer.alloc(20);
  header.writeUInt32LE(data.length, 16);
  return createHash("md5").update(header).update(data).digest();
}
