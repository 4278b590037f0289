import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Redactor } from "./redactor";

const seed = Date.now() % 2 ** 31;
const SECRET = 'Pä"ss\\wörd<1>';

describe("Redactor", () => {
  it.each([
    ["as it is", SECRET],
    ["as JSON", JSON.stringify(SECRET).slice(1, -1)],
    ["as Windows PowerShell's JSON", 'P\\u00e4\\"ss\\\\w\\u00f6rd\\u003c1\\u003e'],
    ["as XML", "Pä&quot;ss\\wörd&lt;1&gt;"],
    ["in a URL", encodeURIComponent(SECRET)],
    ["as hexadecimal", Buffer.from(SECRET).toString("hex")],
    ["as UTF-16LE base64", Buffer.from(SECRET, "utf16le").toString("base64").replace(/=+$/, "")],
  ])("replaces a secret %s", (_, form) => {
    const redacted = new Redactor([SECRET]).redact(`before ${form} after`);
    expect(redacted).toMatch(/^before \[secret\].{0,2} after$/);
  });

  it.each([0, 1, 2, 3, 4])(
    "replaces it inside the base64 of a whole request, %i bytes from its start",
    (offset) => {
      const json = `${"x".repeat(offset)}{"a":${JSON.stringify(SECRET)}}`;
      const redacted = new Redactor([SECRET]).redact(Buffer.from(json).toString("base64"));
      expect(redacted).toContain("[secret]");
      const rest = redacted.split("[secret]").map((part) => Buffer.from(part, "base64").toString());
      expect(rest.join("")).not.toContain("wörd");
    },
  );

  it("replaces each line of a secret with several", () => {
    const redactor = new Redactor(["-----BEGIN KEY-----\r\nabcdefgh\r\nxy\r\n"]);
    expect(redactor.redact("1 -----BEGIN KEY-----\n2 abcdefgh\n3 xy")).toBe("1 [secret]\n2 [secret]\n3 xy");
  });

  it("leaves values below four characters alone", () => {
    expect(new Redactor(["24", "abc", ""]).redact("24 abc")).toBe("24 abc");
  });

  it("replaces overlapping secrets as one", () => {
    expect(new Redactor(["abcdef", "defghi"]).redact("-abcdefghi-")).toBe("-[secret]-");
  });

  it("finds a secret that a console has wrapped", () => {
    expect(new Redactor(["correct horse"]).redactWrapped("At line:1\r\n corr\r\nect ho\nrse\r\nend")).toBe(
      "At line:1\r\n [secret]\r\nend",
    );
  });

  it(`never lets a part of a secret through a cut, wherever it falls (seed ${seed})`, () => {
    const secret = "0123456789abcdef";
    fc.assert(
      fc.property(fc.nat(60), fc.nat(60), fc.nat(60), (limit, before, between) => {
        const text = `${".".repeat(before)}${secret}${".".repeat(between)}${secret}${".".repeat(20)}`;
        const { text: kept, cut } = new Redactor([secret]).redactAndCut(text, limit);
        expect(kept.replaceAll("[secret]", "")).toMatch(/^\.*$/);
        expect(kept.replaceAll("[secret]", secret).length + cut).toBe(text.length);
        expect(kept.length).toBeLessThanOrEqual(limit + "[secret]".length);
      }),
      { seed, numRuns: 2000 },
    );
  });
});
