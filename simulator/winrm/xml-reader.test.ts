import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { attribute, child, readXml, XmlError } from "./xml-reader";

describe("readXml", () => {
  test("resolves prefixes, default namespaces and their scope", () => {
    const root = readXml(
      '<a xmlns="urn:1" xmlns:p="urn:2"><p:b/><b xmlns="urn:3"><c/></b><d p:x="1" x="2"/></a>',
    );
    expect(root.namespace).toBe("urn:1");
    expect(root.children.map(({ namespace, name }) => `${namespace} ${name}`)).toEqual([
      "urn:2 b",
      "urn:3 b",
      "urn:1 d",
    ]);
    expect(root.children[1]?.children[0]?.namespace).toBe("urn:3");
    expect(attribute(root.children[2] ?? root, "x")).toBe("2");
    expect(child(root, "urn:1", "d")?.attributes[0]).toEqual({ namespace: "urn:2", name: "x", value: "1" });
  });

  test("decodes references, CDATA and line ends", () => {
    const root = readXml(
      "<?xml version='1.0'?><!-- c --><a b='&#x41;&quot;&#10;\n'>&lt;\r\n<![CDATA[&<]]>&#128512;</a>",
    );
    expect(root.text).toBe("<\n&<😀");
    expect(attribute(root, "b")).toBe('A"\n ');
  });

  test.each([
    ["a document type declaration", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'],
    ["an external entity", '<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>'],
    ["a processing instruction", "<?php?><a/>"],
    ["an undeclared entity", "<a>&b;</a>"],
    ["a bare ampersand", "<a>&</a>"],
    ["an undeclared prefix", "<p:a/>"],
    ["an attribute given twice", "<a b='1' b='2'/>"],
    ["tags that cross", "<a><b></a></b>"],
    ["two roots", "<a/><b/>"],
    ["no root", "   "],
    ["an open end", "<a><b>"],
    ["a control character", "<a>\u0001</a>"],
    ["a reference to a control character", "<a>&#1;</a>"],
    ["a reference to a surrogate", "<a>&#xD800;</a>"],
    ["a reference beyond Unicode", "<a>&#x110000;</a>"],
    ["deep nesting", "<a>".repeat(100_000)],
  ])("refuses %s", (_what, source) => {
    expect(() => readXml(source)).toThrow(XmlError);
  });

  test("reads or refuses any text, and never fails otherwise", () => {
    const pieces = fc.constantFrom(
      "<a>",
      "</a>",
      "<",
      ">",
      "&amp;",
      "&",
      "]]>",
      "<![CDATA[",
      "<!--",
      "-->",
      "x='1'",
      " ",
      "é",
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(pieces, fc.string()), { maxLength: 30 }), (parts) => {
        try {
          readXml(parts.join(""));
        } catch (error) {
          expect(error).toBeInstanceOf(XmlError);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
