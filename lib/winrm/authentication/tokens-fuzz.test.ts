import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { offeredSchemes, tokenFor } from "../refusals";
import { certificateHash } from "./channel-bindings";
import { contextTag, readDer, TAG, writeDer } from "./der";
import { readAvPairs } from "./ntlm/av-pairs";
import { NtlmContext } from "./ntlm/context";
import { readChallenge } from "./ntlm/messages";
import { NtlmSession } from "./ntlm/session";
import { sealMessage, unsealMessage } from "./sealed-message";
import { SpnegoContext } from "./spnego/context";
import { NTLM_MECHANISM, readAnswer } from "./spnego/tokens";
import { TokenError } from "./token-error";

const seed = Date.now() & 0x7fffffff;
const RUNS = 3000;

/** A challenge that the client takes, to begin mutations from. */
const CHALLENGE = Buffer.from(
  "4e544c4d53535000020000000c000c003800000035828ae20123456789abcdef0000000000000000240024004400000006007017" +
    "0000000f53006500720076006500720002000c0044006f006d00610069006e0001000c005300650072007600650072000000" +
    "0000",
  "hex",
);
/** The answer of a real negotiation, the challenge inside. */
const ANSWER = writeDer(
  contextTag(1),
  writeDer(
    TAG.sequence,
    writeDer(contextTag(0), writeDer(TAG.enumerated, Buffer.of(1))),
    writeDer(contextTag(1), NTLM_MECHANISM),
    writeDer(contextTag(2), writeDer(TAG.octetString, CHALLENGE)),
  ),
);
const FINAL = Buffer.from("oRswGaADCgEAoxIEEAEAAABDh+CIwTbjqQAAAAA=", "base64");
const SEALED = sealMessage(new NtlmSession(Buffer.alloc(16)), Buffer.from("<s:Envelope>hello</s:Envelope>"));

/** Bytes that are anything, and bytes that once were right: some replaced, some cut off or added. */
function mutated(original: Buffer): fc.Arbitrary<Buffer> {
  const edits = fc.array(fc.tuple(fc.nat(original.length - 1), fc.nat(255)), { maxLength: 8 });
  const altered = fc
    .tuple(edits, fc.nat(original.length), fc.uint8Array({ maxLength: 40 }))
    .map(([list, end, tail]) => {
      const bytes = Buffer.from(original);
      for (const [place, value] of list) bytes[place] = value;
      return tail.length % 2 === 0 ? Buffer.concat([bytes, tail]) : bytes.subarray(0, end);
    });
  return fc.oneof(
    altered,
    fc.uint8Array({ maxLength: 400 }).map((bytes) => Buffer.from(bytes)),
  );
}

function onlyTokenErrors(read: (bytes: Buffer) => unknown) {
  return (bytes: Buffer) => {
    try {
      read(bytes);
    } catch (error) {
      if (!(error instanceof TokenError)) throw error;
    }
  };
}

describe(`whatever a host sends in a handshake (seed ${seed})`, () => {
  it.each<[string, Buffer, (bytes: Buffer) => unknown]>([
    ["an NTLM challenge", CHALLENGE, readChallenge],
    ["attributes", CHALLENGE.subarray(68), readAvPairs],
    ["a SPNEGO answer", ANSWER, readAnswer],
    ["a last SPNEGO answer", FINAL, readAnswer],
    ["DER", ANSWER, readDer],
    ["a certificate", ANSWER, certificateHash],
    ["a sealed message", SEALED, (bytes) => unsealMessage(new NtlmSession(Buffer.alloc(16)), bytes)],
  ])("as %s is read, or refused with TokenError", (_, original, read) => {
    fc.assert(fc.property(mutated(original), onlyTokenErrors(read)), { seed, numRuns: RUNS });
  });

  it("is answered or refused by the contexts, which reveal the password to nobody", async () => {
    const password = { reveal: () => "canary-Pä55" };
    const target = { service: "HTTP/hv01", channelBindings: null };
    const step = async (bytes: Buffer, negotiated: boolean) => {
      const ntlm = new NtlmContext({ username: "a", password }, target);
      const context = negotiated ? new SpnegoContext(ntlm) : ntlm;
      await context.step(null);
      try {
        const token = (await context.step(bytes)) ?? Buffer.alloc(0);
        expect(token.includes(Buffer.from("canary", "utf16le"))).toBe(false);
        await context.step(bytes);
      } catch (error) {
        if (!(error instanceof TokenError)) throw error;
        expect(error.message).not.toContain("canary");
      }
    };
    await fc.assert(
      fc.asyncProperty(mutated(CHALLENGE), (bytes) => step(bytes, false)),
      { seed, numRuns: 500 },
    );
    await fc.assert(
      fc.asyncProperty(mutated(ANSWER), (bytes) => step(bytes, true)),
      { seed, numRuns: 500 },
    );
  });

  it("takes the unaltered ones: the mutations begin from what is right", async () => {
    expect(readChallenge(CHALLENGE).targetInfo).toHaveLength(2);
    expect(readAnswer(ANSWER).token).toEqual(CHALLENGE);
  });

  it("as WWW-Authenticate is read in time that grows with its length only", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 300, unit: "binary" }), (header) => {
        const response = { headers: { "www-authenticate": header } };
        offeredSchemes(response);
        tokenFor(response, "Negotiate");
      }),
      { seed, numRuns: RUNS },
    );
    const long = `Negotiate ${"a, ".repeat(20_000)}${" ".repeat(50_000)}=`;
    expect(tokenFor({ headers: { "www-authenticate": long } }, "Kerberos")).toBeNull();
    expect(offeredSchemes({ headers: { "www-authenticate": long } })[0]).toBe("Negotiate");
  });
});
