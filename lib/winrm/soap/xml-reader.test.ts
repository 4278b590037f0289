import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseXml, type XmlElement } from "./xml-reader";
import { element, serialize } from "./xml-writer";

const seed = Date.now() % 2 ** 31;

const many = (count: number, make: (n: number) => string) =>
  Array.from({ length: count }, (_, n) => make(n)).join("");

describe("parseXml", () => {
  it("resolves prefixes, whatever they are called", () => {
    const root = parseXml(
      '<?xml version="1.0"?><q:A xmlns:q="urn:1"><B xmlns="urn:2" c="&lt;&#x41;"/>t<![CDATA[&amp;<]]></q:A>',
    );
    expect(root).toMatchObject({ namespace: "urn:1", name: "A", text: "t&amp;<" });
    expect(root.children[0]).toMatchObject({ namespace: "urn:2", name: "B" });
    expect(root.children[0]?.attributes.get("c")).toBe("<A");
  });

  it.each([
    ["a document type", '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'],
    ["a document type that declares nothing", "<!DOCTYPE a><a/>"],
    ["an entity of the document's own", "<a>&x;</a>"],
    ["a bare ampersand", "<a>b & c</a>"],
    ["a reference beyond Unicode", "<a>&#x110000;</a>"],
    ["an undeclared prefix", "<s:a/>"],
    ["two roots", "<a/><b/>"],
    ["a document that was cut off", "<a><b></b>"],
    ["nothing", ""],
    ["names that would reach a prototype", "<__proto__/>"],
    ["more prefixes than a message has use for", `<a${many(100, (n) => ` xmlns:p${n}="urn:${n}"`)}/>`],
    [
      "as many, spread over the levels",
      many(50, (n) => `<a xmlns:p${n}="1" xmlns:q${n}="2">`) + many(50, () => "</a>"),
    ],
    ["elements 5,000 deep", `${"<a>".repeat(5000)}${"</a>".repeat(5000)}`],
  ])("refuses %s", (_, xml) => {
    expect(() => parseXml(xml)).toThrow(SyntaxError);
  });

  it("expands nothing of an entity bomb", () => {
    const levels = Array.from({ length: 20 }, (_, n) => `<!ENTITY l${n + 1} "${`&l${n};`.repeat(10)}">`);
    expect(() => parseXml(`<!DOCTYPE b [<!ENTITY l0 "x">${levels.join("")}]><b>&l20;</b>`)).toThrow(
      SyntaxError,
    );
  });

  it("reads a long stream of base64 as it is, wherever it stands", () => {
    const written = "QUJD\r\n".repeat(500);
    const root = parseXml(
      `<a>${written}<b c="d>">${written}</b><!-- >${written}< --><e>&lt;${written}</e>` +
        `<f><![CDATA[<g>${written}<]]></f>${written}</a>`,
    );
    const run = "QUJD\n".repeat(500);
    expect(root.text).toBe(run + run);
    expect(root.children.map(({ name, text }) => [name, text])).toEqual([
      ["b", run],
      ["e", `<${run}`],
      ["f", `<g>${run}<`],
    ]);
    expect(root.children[0]?.attributes.get("c")).toBe("d>");
  });

  it(`reads back exactly what the writer wrote (seed ${seed})`, () => {
    const character = fc.oneof(
      fc.constantFrom(..."&<>\"'\t\n\r ]]"),
      fc.string({ unit: "grapheme-composite", minLength: 1, maxLength: 1 }),
    );
    const text = fc
      .array(character)
      .map((parts) => parts.join(""))
      .filter((value) => !/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u.test(value));
    fc.assert(
      fc.property(text, text, (attribute, content) => {
        const root = parseXml(serialize(element("a", { b: attribute }, content)));
        expect(root.attributes.get("b")).toBe(attribute);
        expect(root.text).toBe(content);
      }),
      { seed, numRuns: 1000 },
    );
  });

  it(`never fails otherwise than with SyntaxError on mutated documents (seed ${seed})`, () => {
    const source =
      '<s:E xmlns:s="urn:1"><s:H a="1&amp;2">x</s:H><!-- c --><s:B><![CDATA[d]]>&#65;</s:B></s:E>';
    const mutation = fc.tuple(fc.nat(source.length), fc.nat(8), fc.string({ maxLength: 6 }));
    fc.assert(
      fc.property(
        fc.array(mutation, { minLength: 1, maxLength: 4 }),
        fc.nat(source.length * 2),
        (edits, end) => {
          const mutated = edits.reduce(
            (xml, [at, length, text]) => xml.slice(0, at) + text + xml.slice(at + length),
            source,
          );
          const result = attempt(mutated.slice(0, end));
          expect(result === null || typeof result.name === "string").toBe(true);
        },
      ),
      { seed, numRuns: 10_000 },
    );
  });
});

function attempt(xml: string): XmlElement | null {
  try {
    return parseXml(xml);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
