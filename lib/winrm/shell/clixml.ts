/** What PowerShell wrote to one of its streams. */
export interface ClixmlRecord {
  /** `error`, `warning`, `verbose`, `debug`, `information`. */
  stream: string;
  text: string;
}

/**
 * The text in PowerShell's serialised streams (CLIXML, MS-PSRP 2.2.5): `<S S="Error">…</S>`, one per line
 * of a message; neighbours of the same stream are joined. Objects, and so progress records, are left out.
 * The rest of a document that was cut off is ignored.
 */
export function decodeClixml(xml: string): ClixmlRecord[] {
  const records: ClixmlRecord[] = [];
  for (const { 1: name = "", 2: content = "" } of xml.matchAll(/<S S="(\w+)">([^<]*)<\/S>/g)) {
    const stream = name.toLowerCase();
    if (stream === "progress") continue;
    const text = decodeText(content);
    const last = records.at(-1);
    if (last?.stream === stream) last.text += text;
    else records.push({ stream, text });
  }
  return records;
}

const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

/** XML's own escapes first, then PowerShell's `_xHHHH_` for a UTF-16 code unit (MS-PSRP 2.2.5.3.2). */
function decodeText(content: string): string {
  return content
    .replace(/&(amp|lt|gt|quot|apos);/g, (whole, name: string) => ENTITIES[name] ?? whole)
    .replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}
