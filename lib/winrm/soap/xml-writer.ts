/** An element to be written. Made with {@link element}, turned into text by {@link serialize} alone. */
export interface XmlNode {
  name: string;
  attributes: Readonly<Record<string, string>>;
  children: readonly (XmlNode | string)[];
}

export function element(
  name: string,
  attributes: Readonly<Record<string, string>> = {},
  ...children: (XmlNode | string)[]
): XmlNode {
  return { name, attributes, children };
}

/** Everything that XML 1.0 cannot carry, escaped or not: production [2] Char, and lone surrogates. */
const FORBIDDEN = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;

/** Whitespace that a parser would normalise away is escaped too, so that every value arrives as it is. */
const ESCAPES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "\t": "&#9;",
  "\n": "&#10;",
  "\r": "&#13;",
};

function escapeText(text: string): string {
  const forbidden = FORBIDDEN.exec(text);
  if (forbidden) {
    const code = (forbidden[0].codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
    throw new TypeError(`The character U+${code} cannot be sent: XML does not allow it.`);
  }
  return text.replace(/[&<>"\t\n\r]/g, (character) => ESCAPES[character] ?? character);
}

/** @throws TypeError for a value with a character that XML cannot carry. */
export function serialize(node: XmlNode | string): string {
  if (typeof node === "string") return escapeText(node);
  const attributes = Object.entries(node.attributes)
    .map(([name, value]) => ` ${name}="${escapeText(value)}"`)
    .join("");
  if (node.children.length === 0) return `<${node.name}${attributes}/>`;
  return `<${node.name}${attributes}>${node.children.map(serialize).join("")}</${node.name}>`;
}
