import { expect, test } from "vitest";
import { Rc4 } from "./rc4";

/** RFC 6229 2: the first 32 bytes of the key stream. */
test.each([
  ["0102030405", "b2396305f03dc027ccc3524a0a1118a86982944f18fc82d589c403a47a0d0919"],
  ["0102030405060708090a0b0c0d0e0f10", "9ac7cc9a609d1ef7b2932899cde41b975248c4959014126a6e8a84f11d1a9e1c"],
])("the key stream of %s", (key, stream) => {
  expect(new Rc4(Buffer.from(key, "hex")).update(Buffer.alloc(32)).toString("hex")).toBe(stream);
});

test("goes on from one message to the next", () => {
  const key = Buffer.from("0102030405", "hex");
  const [whole, parts] = [new Rc4(key), new Rc4(key)];
  const pieces = [3, 0, 29].map((length) => parts.update(Buffer.alloc(length)));
  expect(Buffer.concat(pieces).equals(whole.update(Buffer.alloc(32)))).toBe(true);
});
