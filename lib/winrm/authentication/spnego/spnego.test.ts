import { describe, expect, it } from "vitest";
import { readDer, readOne, TAG, writeDer, writeOid } from "../der";
import { NtlmContext } from "../ntlm/context";
import { TokenError } from "../token-error";
import { SpnegoContext } from "./context";
import { firstToken, mechanismList, NTLM_MECHANISM, nextToken, readAnswer } from "./tokens";

const hex = (text: string) => Buffer.from(text.replace(/\s/g, ""), "hex");

describe("DER", () => {
  it("writes lengths as short as they go, and reads them back", () => {
    for (const length of [0, 1, 127, 128, 255, 256, 65_535, 65_536]) {
      const written = writeDer(TAG.octetString, Buffer.alloc(length));
      expect(readOne(written, TAG.octetString).content).toHaveLength(length);
    }
    expect(writeDer(4, Buffer.alloc(127)).subarray(0, 2).toString("hex")).toBe("047f");
    expect(writeDer(4, Buffer.alloc(128)).subarray(0, 3).toString("hex")).toBe("048180");
    expect(writeDer(4, Buffer.alloc(256)).subarray(0, 4).toString("hex")).toBe("04820100");
  });

  it.each([
    ["1.3.6.1.5.5.2", "06062b0601050502"],
    ["1.3.6.1.4.1.311.2.2.10", "060a2b06010401823702020a"],
    ["1.2.840.113549.1.1.11", "06092a864886f70d01010b"],
  ])("writes %s", (dotted, encoded) => {
    expect(writeOid(dotted).toString("hex")).toBe(encoded);
  });

  it.each([
    ["a length past the end", "0405aabb"],
    ["an indefinite length", "3080040100 0000"],
    ["a tag of several bytes", "1f810100"],
    ["a length of five bytes", "04850000000001aa"],
    ["a length that is cut short", "0482"],
    ["a tag alone", "04"],
  ])("refuses %s", (_, bytes) => {
    expect(() => readDer(hex(bytes))).toThrow(TokenError);
  });
});

describe("SPNEGO tokens", () => {
  it("begin as RFC 4178 and MS-SPNG say, with NTLM as the one mechanism", () => {
    expect(firstToken(mechanismList(NTLM_MECHANISM), Buffer.from("NTLM"))).toEqual(
      hex("6024 06062b0601050502 a01a 3018 a00e 300c 060a2b06010401823702020a a206 0404 4e544c4d"),
    );
  });

  it("read the last one of a Windows host", () => {
    const answer = readAnswer(Buffer.from("oRswGaADCgEAoxIEEAEAAABDh+CIwTbjqQAAAAA=", "base64"));
    expect(answer).toEqual({
      state: "accept-completed",
      mechanism: null,
      token: null,
      mechListMic: hex("010000004387e088c136e3a900000000"),
    });
  });

  it("carry NTLM's message and the MIC", () => {
    const token = nextToken(Buffer.from("abc"), Buffer.from("mic!"));
    expect(readAnswer(token)).toMatchObject({ token: Buffer.from("abc"), mechListMic: Buffer.from("mic!") });
  });

  it.each([
    ["something else", "0403616263"],
    ["an unknown state", "a107 3005 a0030a0109"],
    ["a token of another type", "a109 3007 a205 0203 010203"],
    ["two answers", "a107 3005 a0030a0101 a107 3005 a0030a0101"],
    ["nothing", ""],
  ])("refuse %s", (_, bytes) => {
    expect(() => readAnswer(hex(bytes))).toThrow(TokenError);
  });

  it("refuse one that is huge", () => {
    expect(() => readAnswer(writeDer(0xa1, Buffer.alloc(70_000)))).toThrow(/too large/);
  });
});

describe("the client's negotiation", () => {
  const begin = async () => {
    const password = { reveal: () => "x" };
    const ntlm = new NtlmContext({ username: "a", password }, { service: "HTTP/h", channelBindings: null });
    const context = new SpnegoContext(ntlm);
    await context.step(null);
    return context;
  };

  it.each([
    ["a rejection", "a107 3005 a0030a0102", /rejects NTLM/],
    [
      "another mechanism",
      "a1193017 a0030a0101 a10b 06092a864886f712010202 a203 0401 61",
      /another mechanism/,
    ],
    ["an answer without a challenge", "a107 3005 a0030a0101", /no NTLM challenge/],
  ])("ends at %s", async (_, bytes, why) => {
    const context = await begin();
    await expect(context.step(hex(bytes))).rejects.toThrow(why);
    expect(context.isComplete).toBe(false);
    expect(context.sealer).toBeNull();
  });
});
