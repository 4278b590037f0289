/**
 * The text of a stream of UTF-8 bytes: a character that is split between two chunks comes with the later one. What is
 * not UTF-8 becomes U+FFFD; a byte order mark at the beginning is left out.
 */
export async function* decodeUtf8(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): AsyncGenerator<string, void, undefined> {
  const decoder = new TextDecoder("utf-8");
  for await (const chunk of chunks) {
    const text = decoder.decode(chunk, { stream: true });
    if (text !== "") yield text;
  }
  const rest = decoder.decode();
  if (rest !== "") yield rest;
}
