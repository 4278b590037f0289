import "reflect-metadata";
import { createHash, webcrypto } from "node:crypto";
import * as x509 from "@peculiar/x509";
import { describe, expect, it } from "vitest";
import { bindingsOf, certificateHash, channelBindings } from "./channel-bindings";
import { TokenError } from "./token-error";

x509.cryptoProvider.set(webcrypto as unknown as Crypto);

type Algorithm = RsaHashedKeyGenParams | (EcKeyGenParams & { hash: string }) | { name: "Ed25519" };
const rsa = (name: string, hash: string): RsaHashedKeyGenParams => ({
  name,
  hash,
  modulusLength: 2048,
  publicExponent: Uint8Array.of(1, 0, 1),
});

async function certificateSignedBy(algorithm: Algorithm): Promise<Buffer> {
  const keys = (await webcrypto.subtle.generateKey(algorithm as RsaHashedKeyGenParams, true, [
    "sign",
    "verify",
  ])) as webcrypto.CryptoKeyPair;
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name: "CN=hv01",
    serialNumber: "01",
    notBefore: new Date(0),
    notAfter: new Date(86_400_000),
    signingAlgorithm: { ...algorithm, saltLength: 32 } as unknown as EcdsaParams,
    keys,
  });
  return Buffer.from(certificate.rawData);
}

describe("channel bindings (RFC 5929 section 4)", () => {
  it("are those that Microsoft publishes for its example", () => {
    const digest = Buffer.from("e3ca49271e5089cc48ce82109f1324f41dbeddc29a777410c738f7868c4ff405", "hex");
    expect(bindingsOf(digest).toString("hex")).toBe("6ea19df066da4622051f9c4f92c6df74");
  });

  it.each<[string, Algorithm, string]>([
    ["RSA with SHA-1, which counts as SHA-256", rsa("RSASSA-PKCS1-v1_5", "SHA-1"), "sha256"],
    ["RSA with SHA-256", rsa("RSASSA-PKCS1-v1_5", "SHA-256"), "sha256"],
    ["RSA with SHA-384", rsa("RSASSA-PKCS1-v1_5", "SHA-384"), "sha384"],
    ["RSA with SHA-512", rsa("RSASSA-PKCS1-v1_5", "SHA-512"), "sha512"],
    ["RSA-PSS with SHA-256", rsa("RSA-PSS", "SHA-256"), "sha256"],
    ["RSA-PSS with SHA-512", rsa("RSA-PSS", "SHA-512"), "sha512"],
    ["ECDSA with SHA-384", { name: "ECDSA", namedCurve: "P-384", hash: "SHA-384" }, "sha384"],
  ])("take the hash of the certificate's signature: %s", async (_, algorithm, hash) => {
    const certificate = await certificateSignedBy(algorithm);
    expect(certificateHash(certificate)).toBe(hash);
    expect(channelBindings(certificate)).toEqual(bindingsOf(createHash(hash).update(certificate).digest()));
  });

  it("are none where the RFC defines no hash", async () => {
    expect(channelBindings(await certificateSignedBy({ name: "Ed25519" }))).toBeNull();
  });

  it("of what is no certificate are an error of their own", () => {
    expect(() => channelBindings(Buffer.from("3003020101", "hex"))).toThrow(TokenError);
    expect(() => channelBindings(Buffer.from("hello"))).toThrow(TokenError);
  });
});
