import { describe, expect, it } from "vitest";
import { isSealed, sealMessage, unsealMessage } from "./sealed-message";
import type { MessageSealer } from "./security-context";
import { TokenError } from "./token-error";

/** Turns every bit, and signs by the first 16 bytes. */
const turned = (bytes: Uint8Array) => Buffer.from(bytes.map((byte) => byte ^ 0xff));
const signatureOf = (plain: Uint8Array) => Buffer.concat([plain, Buffer.alloc(16)]).subarray(0, 16);
const sealer: MessageSealer = {
  seal: (plain) => ({ signature: signatureOf(plain), sealed: turned(plain) }),
  unseal: (signature, sealed) => {
    const plain = turned(sealed);
    if (!signatureOf(plain).equals(signature)) throw new TokenError("signature");
    return plain;
  },
};

describe("a sealed body (MS-WSMV 2.2.9.1.1.2)", () => {
  it("is laid out as Windows lays it out, and read back", () => {
    const sealed = sealMessage(sealer, Buffer.from("<s:Envelope/>"));
    expect(sealed.toString("latin1")).toBe(
      "--Encrypted Boundary\r\n" +
        "\tContent-Type: application/HTTP-SPNEGO-session-encrypted\r\n" +
        "\tOriginalContent: type=application/soap+xml;charset=UTF-8;Length=13\r\n" +
        "--Encrypted Boundary\r\n" +
        "\tContent-Type: application/octet-stream\r\n" +
        `\x10\0\0\0<s:Envelope/>\0\0\0${turned(Buffer.from("<s:Envelope/>")).toString("latin1")}` +
        "--Encrypted Boundary--\r\n",
    );
    expect(unsealMessage(sealer, sealed).toString()).toBe("<s:Envelope/>");
  });

  it("may hold the boundary itself, as what is cut by lengths", () => {
    const plain = turned(Buffer.from("\r\n--Encrypted Boundary--\r\nand more"));
    expect(unsealMessage(sealer, sealMessage(sealer, plain))).toEqual(plain);
    expect(unsealMessage(sealer, sealMessage(sealer, Buffer.alloc(0)))).toHaveLength(0);
  });

  const good = sealMessage(sealer, Buffer.from("hello"));
  const text = good.toString("latin1");
  it.each([
    ["nothing", ""],
    ["other text", "<s:Envelope/>"],
    ["a length past the end", text.replace("Length=5", "Length=500")],
    ["a length short of the end", text.replace("Length=5", "Length=4")],
    ["a huge length", text.replace("Length=5", "Length=9999999999")],
    ["no closing boundary", text.slice(0, -24)],
    ["something behind it", `${text}GET / HTTP/1.1`],
    ["another signature length", text.replace("\x10\0\0\0", "\x0c\0\0\0")],
    ["one that is cut short in its head", text.slice(0, 150)],
  ])("is refused when it is %s", (_, body) => {
    expect(() => unsealMessage(sealer, Buffer.from(body, "latin1"))).toThrow(TokenError);
  });

  it("is known by its type", () => {
    expect(isSealed('multipart/encrypted;protocol="application/HTTP-SPNEGO-session-encrypted"')).toBe(true);
    expect(isSealed("application/soap+xml;charset=UTF-8")).toBe(false);
    expect(isSealed(undefined)).toBe(false);
  });
});
