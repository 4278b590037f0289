import { createPublicKey } from "node:crypto";
import { expect, test } from "vitest";
import type { KeyFormat } from "../host/model";
import { encodePublicKey, makeKeyPair } from "./key-pair";

test.each<[KeyFormat, number, string]>([
  ["pkcs1", 270, "3082010a0282"],
  ["capi", 276, "0602000000a40000525341310008000001000100"],
  ["cng", 283, "525341310008000003000000000100000000000000000000010001"],
  ["spki", 294, "30820122300d"],
])(
  "an RSA-2048 key as %s has the length and the head that real guests publish",
  async (format, length, head) => {
    const { publicKey } = await makeKeyPair();
    const bytes = encodePublicKey(publicKey, format);
    expect(bytes.length).toBe(length);
    expect(bytes.toString("hex").startsWith(head)).toBe(true);
  },
);

test("the CAPI blob begins in base64 as Windows guests' does", async () => {
  const { publicKey } = await makeKeyPair();
  expect(encodePublicKey(publicKey, "capi").toString("base64")).toMatch(/^BgIAAACk/);
  const again = createPublicKey({ key: encodePublicKey(publicKey, "pkcs1"), format: "der", type: "pkcs1" });
  expect(again.equals(publicKey)).toBe(true);
});
