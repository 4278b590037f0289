import { generateKeyPairSync } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { importGuestKey, publishedKey } from "./guest-key";

test("a key of 1024 bits is refused", () => {
  const { publicKey } = generateKeyPairSync("rsa", { modulusLength: 1024 });
  expect(importGuestKey(publicKey.export({ type: "pkcs1", format: "der" }))).toBeNull();
});

test("a key of another algorithm is refused", () => {
  const { publicKey } = generateKeyPairSync("ed25519");
  expect(importGuestKey(publicKey.export({ type: "spki", format: "der" }))).toBeNull();
});

test("no bytes that a guest may publish make it fail otherwise", () => {
  const head = fc.constantFrom([0x30, 0x82], [0x06, 0x02], [0x52, 0x53, 0x41, 0x31], []);
  fc.assert(
    fc.property(head, fc.uint8Array({ maxLength: 300 }), (start, rest) => {
      expect(importGuestKey(Buffer.from([...start, ...rest]))).toBeNull();
    }),
  );
});

test("a key without a number wins over its chunks; no key is none", () => {
  const name = "hlvmm.meta.guest_provisioning_public_key";
  const chunks: [string, string][] = [
    [`${name}._0`, "AA"],
    [`${name}._1`, "AA"],
  ];
  expect(publishedKey(new Map(chunks))?.bytes).toEqual(Buffer.alloc(3));
  expect(publishedKey(new Map([...chunks, [name, "AQ=="]]))?.bytes).toEqual(Buffer.from([1]));
  expect(publishedKey(new Map())).toBeNull();
});
