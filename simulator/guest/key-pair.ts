import { generateKeyPair, type KeyObject } from "node:crypto";
import { promisify } from "node:util";
import type { KeyFormat } from "../host/model";

export interface GuestKeyPair {
  privateKey: KeyObject;
  publicKey: KeyObject;
}

/** A fresh RSA-2048 key, as every provisioning run makes one. */
export async function makeKeyPair(): Promise<GuestKeyPair> {
  return promisify(generateKeyPair)("rsa", { modulusLength: 2048 });
}

/** The public key in the bytes in which an image of this kind publishes it. */
export function encodePublicKey(key: KeyObject, format: KeyFormat): Buffer {
  switch (format) {
    case "pkcs1":
      return key.export({ type: "pkcs1", format: "der" });
    case "spki":
      return key.export({ type: "spki", format: "der" });
    case "capi":
      return capiBlob(numbersOf(key));
    case "cng":
      return cngBlob(numbersOf(key));
  }
}

interface RsaNumbers {
  /** Big-endian. */
  modulus: Buffer;
  exponent: Buffer;
}

function numbersOf(key: KeyObject): RsaNumbers {
  const { n, e } = key.export({ format: "jwk" });
  return { modulus: Buffer.from(n ?? "", "base64url"), exponent: Buffer.from(e ?? "", "base64url") };
}

/** What `RSACryptoServiceProvider.ExportCspBlob(false)` gives: MS-MQQB 2.2.1, "PUBLICKEYBLOB". */
function capiBlob({ modulus, exponent }: RsaNumbers): Buffer {
  const header = Buffer.alloc(20);
  header.writeUInt8(0x06, 0); // PUBLICKEYBLOB
  header.writeUInt8(0x02, 1); // version
  header.writeUInt32LE(0x0000a400, 4); // CALG_RSA_KEYX
  header.write("RSA1", 8, "latin1");
  header.writeUInt32LE(modulus.length * 8, 12);
  header.writeUInt32LE(exponent.readUIntBE(0, exponent.length), 16);
  return Buffer.concat([header, Buffer.from(modulus).reverse()]);
}

/** What `CngKey.Export(CngKeyBlobFormat.GenericPublicBlob)` gives: BCRYPT_RSAKEY_BLOB. */
function cngBlob({ modulus, exponent }: RsaNumbers): Buffer {
  const header = Buffer.alloc(24);
  header.write("RSA1", 0, "latin1");
  header.writeUInt32LE(modulus.length * 8, 4);
  header.writeUInt32LE(exponent.length, 8);
  header.writeUInt32LE(modulus.length, 12);
  return Buffer.concat([header, exponent, modulus]);
}
