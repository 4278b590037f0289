/** Shorter ones would blacken half of every text, and are no secret worth the name. */
const MIN_LENGTH = 4;

/** Of an encoded form: what is shorter occurs by chance. */
const MIN_ENCODED_LENGTH = 8;

/**
 * Every text that would tell the secret: itself, each of its lines, as JSON, XML, URL, hexadecimal, and
 * as a part of base64 (stdin is base64, and PowerShell quotes its input in errors).
 */
export function secretForms(secret: string): string[] {
  const lines = secret.split(/[\r\n]+/).map((line) => line.trim());
  const plain = [secret, secret.trim(), ...(lines.length > 1 ? lines : [])];
  return [...new Set(plain.filter((text) => text.length >= MIN_LENGTH).flatMap(formsOfText))];
}

function formsOfText(text: string): string[] {
  const texts = [text, ...jsonForms(text), xmlForm(text), encodeURIComponent(wellFormed(text))];
  const bytes = texts.flatMap((form) => [Buffer.from(form, "utf8"), Buffer.from(form, "utf16le")]);
  return [...texts, ...bytes.flatMap(encodedForms)];
}

function jsonForms(text: string): string[] {
  const json = JSON.stringify(text).slice(1, -1);
  const ascii = json.replace(/[^\x20-\x7e]/g, unicodeEscape);
  // Windows PowerShell's ConvertTo-Json escapes these too.
  const powershell = ascii.replace(/[<>&']/g, unicodeEscape);
  return [json, ascii, powershell];
}

function unicodeEscape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

function xmlForm(text: string): string {
  const names: Readonly<Record<string, string>> = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
    "'": "&apos;",
  };
  return text.replace(/[&<>"']/g, (character) => names[character] ?? character);
}

function encodedForms(bytes: Buffer): string[] {
  const hex = bytes.toString("hex");
  return [hex, hex.toUpperCase(), ...base64Forms(bytes)].filter((form) => form.length >= MIN_ENCODED_LENGTH);
}

/** The characters that depend on these bytes alone, for each of the three ways they can fall into base64. */
function base64Forms(bytes: Buffer): string[] {
  return [0, 1, 2].map((before) => {
    const text = Buffer.concat([Buffer.alloc(before), bytes]).toString("base64");
    const start = Math.ceil((before * 8) / 6);
    const end = Math.floor(((before + bytes.length) * 8) / 6);
    return text.slice(start, end);
  });
}

/** Lone surrogates become U+FFFD, as they do wherever text becomes bytes. */
function wellFormed(text: string): string {
  return Buffer.from(text, "utf8").toString("utf8");
}
