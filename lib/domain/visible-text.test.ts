import { describe, expect, it } from "vitest";
import { plainText } from "./plain-text";
import { textParts, visibleText } from "./visible-text";

describe("a name with characters that nobody sees", () => {
  it.each([
    ["a\u202Egnp.exe", "a[U+202E]gnp.exe"],
    ["\u00A0\u200B", "[U+00A0][U+200B]"],
    ["web\u200D01", "web[U+200D]01"],
    ["\uFEFFweb01\u2066", "[U+FEFF]web01[U+2066]"],
    ["\u3164\u2800\u00AD\u034F", "[U+3164][U+2800][U+00AD][U+034F]"],
    ["web\t01\n\u0007", "web[U+0009]01[U+000A][U+0007]"],
    ["web\u{E0041}", "web[U+E0041]"],
    ["web\uD800", "web[U+D800]"],
    [" web  01 ", "[U+0020]web [U+0020]01[U+0020]"],
    [" ", "[U+0020]"],
  ])("%j is shown as %s", (name, shown) => {
    expect(visibleText(name)).toBe(shown);
    expect(textParts(name).map(({ text }) => text)).toEqual(
      expect.arrayContaining([expect.stringMatching(/U\+/)]),
    );
    expect(
      textParts(name)
        .map(({ text }) => text)
        .join(""),
    ).toBe(shown);
  });

  it.each(["web 01", "Bücher-Straße", "数据库", "база", "שרת", "❤️ 👩🏽‍💻 👍🏿", ""])(
    "%j is shown as it is",
    (name) => {
      expect(visibleText(name)).toBe(name);
    },
  );

  it("is marked there alone", () => {
    expect(textParts("a\u202Eb")).toEqual([
      { text: "a", hidden: false },
      { text: "[U+202E]", hidden: true },
      { text: "b", hidden: false },
    ]);
  });
});

it("shows lines with their ends, tabs and spaces, and what hides among them", () => {
  const parts = textParts(" one\n\ttwo  \u202Ethree\r", true);
  expect(parts.map(({ text }) => text).join("")).toBe(" one\n\ttwo  [U+202E]three[U+000D]");
});

it("shows whatever is taken from what terminals show", () => {
  const all = Array.from({ length: 0x3000 }, (_, code) => String.fromCodePoint(code));
  const taken = all.filter((character) => plainText(`a${character}b`) !== `a${character}b`);
  expect(taken.length).toBeGreaterThan(60);
  expect(taken.filter((character) => visibleText(`a${character}b`) === `a${character}b`)).toEqual([]);
});
