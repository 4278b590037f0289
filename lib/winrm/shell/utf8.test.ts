import { expect, it } from "vitest";
import { decodeUtf8 } from "./utf8";

async function decoded(chunks: Uint8Array[]): Promise<string[]> {
  const texts: string[] = [];
  for await (const text of decodeUtf8(chunks)) texts.push(text);
  return texts;
}

const TEXT = "grüße € 😀 ende";

it.each([1, 2, 3, 1000])(
  "puts characters together that are split between chunks of %i bytes",
  async (size) => {
    const bytes = Buffer.from(TEXT, "utf8");
    const count = Math.ceil(bytes.length / size);
    const chunks = Array.from({ length: count }, (_, index) =>
      bytes.subarray(index * size, (index + 1) * size),
    );
    const texts = await decoded(chunks);
    expect(texts.join("")).toBe(TEXT);
    expect(texts).not.toContain("");
  },
);

it("gives U+FFFD for what is no UTF-8 and for a character that is cut off, and no byte order mark", async () => {
  expect(await decoded([Buffer.from([0xef, 0xbb]), Buffer.from([0xbf, 0x61, 0xff, 0x62])])).toEqual([
    "a\uFFFDb",
  ]);
  expect(await decoded([Buffer.from([0x61, 0xe2, 0x82])])).toEqual(["a", "\uFFFD"]);
  expect(await decoded([])).toEqual([]);
});
