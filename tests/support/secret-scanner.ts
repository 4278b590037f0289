/** One text that was seen somewhere, and where. */
export interface Seen {
  where: string;
  text: string;
}

/** The forms in which a secret could leak: as it is, or as some layer would encode it. */
function formsOf(secret: string): Map<string, string> {
  const utf8 = Buffer.from(secret, "utf8");
  const utf16 = Buffer.from(secret, "utf16le");
  return new Map([
    ["as it is", secret],
    ["base64", stablePart(utf8)],
    ["base64 of UTF-16LE", stablePart(utf16)],
    ["hex", utf8.toString("hex")],
    ["hex of UTF-16LE", utf16.toString("hex")],
    ["URL-encoded", encodeURIComponent(secret)],
    ["a JSON string", JSON.stringify(secret).slice(1, -1)],
    ["HTML", secret.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;")],
  ]);
}

/** Base64 without what depends on the bytes around the secret, at the offset 0 of a group of three. */
function stablePart(bytes: Buffer): string {
  return bytes.subarray(0, bytes.length - (bytes.length % 3)).toString("base64");
}

/** Base64 depends on where in a group of three the secret begins: one form for each of the three. */
function shiftedForms(secret: string): Map<string, string> {
  const forms = new Map<string, string>();
  for (const shift of [1, 2]) {
    const bytes = Buffer.from(secret, "utf8").subarray(3 - shift);
    forms.set(`base64, ${shift} bytes into a group`, stablePart(bytes));
  }
  return forms;
}

/** Where any of the secrets stands in any of its forms, a sentence each. */
export function findSecrets(secrets: Record<string, string>, seen: Iterable<Seen>): string[] {
  const wanted = Object.entries(secrets).flatMap(([name, secret]) =>
    [...formsOf(secret), ...shiftedForms(secret)].map(([form, text]) => ({
      name,
      form,
      text: text.toLowerCase(),
    })),
  );
  const found: string[] = [];
  for (const { where, text } of seen) {
    const lower = text.toLowerCase();
    for (const { name, form, text: needle } of wanted) {
      if (lower.includes(needle)) found.push(`${name} (${form}) in ${where}`);
    }
  }
  return found;
}
