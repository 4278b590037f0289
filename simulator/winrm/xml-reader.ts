/**
 * A strict, namespace-aware reader for SOAP messages (XML 1.0 and Namespaces in XML 1.0).
 *
 * SOAP 1.2 Part 1 section 5 forbids document type declarations and processing instructions, so both are
 * refused here; without a DTD there is nothing that could expand.
 */

export interface XmlAttribute {
  /** Empty for an attribute without prefix. */
  namespace: string;
  name: string;
  value: string;
}

export interface XmlElement {
  namespace: string;
  name: string;
  attributes: XmlAttribute[];
  children: XmlElement[];
  /** The element's own character data, without that of its children. */
  text: string;
}

/** The text is no well-formed XML, or not XML that SOAP allows. */
export class XmlError extends Error {
  override readonly name = "XmlError";
}

const MAX_DEPTH = 64;
const NAME = /[A-Za-z_:\u00c0-\ufffd][\w.\-:\u00b7-\ufffd]*/y;
const SPACE = /[ \t\n]+/y;
const FORBIDDEN_CHARACTER = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;
const ENTITY = /&(?:#x([0-9A-Fa-f]{1,6})|#([0-9]{1,7})|(amp|lt|gt|quot|apos));|&/g;
const NAMED: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };
const XML_NAMESPACE = "http://www.w3.org/XML/1998/namespace";

/** Reads a document and gives its root element; throws {@link XmlError}. */
export function readXml(source: string): XmlElement {
  if (FORBIDDEN_CHARACTER.test(source)) throw new XmlError("a character that XML does not allow");
  return new Reader(source.replace(/^\ufeff/, "").replace(/\r\n?/g, "\n")).document();
}

/** The first child element of that name, or undefined. */
export function child(parent: XmlElement, namespace: string, name: string): XmlElement | undefined {
  return parent.children.find((element) => element.namespace === namespace && element.name === name);
}

/** All child elements of that name, in document order. */
export function children(parent: XmlElement, namespace: string, name: string): XmlElement[] {
  return parent.children.filter((element) => element.namespace === namespace && element.name === name);
}

/** The value of an attribute without prefix, or undefined. */
export function attribute(element: XmlElement, name: string): string | undefined {
  return element.attributes.find((item) => item.namespace === "" && item.name === name)?.value;
}

interface OpenElement {
  qualifiedName: string;
  element: XmlElement;
  prefixes: Map<string, string>;
}

class Reader {
  #position = 0;
  readonly #source: string;

  constructor(source: string) {
    this.#source = source;
  }

  document(): XmlElement {
    if (/^<\?xml[ \t\n]/.test(this.#source)) this.#position = this.#after("?>");
    this.#skipMisc();
    const root = this.#element();
    this.#skipMisc();
    if (this.#position < this.#source.length) throw new XmlError("content after the root element");
    return root;
  }

  #element(): XmlElement {
    const root = this.#openTag(new Map([["xml", XML_NAMESPACE]]));
    const stack = root.closed ? [] : [root.open];
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      if (this.#at("</")) {
        this.#closeTag(top.qualifiedName);
        stack.pop();
      } else if (this.#at("<!--")) {
        this.#comment();
      } else if (this.#at("<![CDATA[")) {
        const start = this.#position + 9;
        this.#position = this.#after("]]>");
        top.element.text += this.#source.slice(start, this.#position - 3);
      } else if (this.#at("<")) {
        const next = this.#openTag(top.prefixes);
        top.element.children.push(next.open.element);
        if (!next.closed) stack.push(next.open);
        if (stack.length > MAX_DEPTH) throw new XmlError(`elements nested deeper than ${MAX_DEPTH}`);
      } else {
        top.element.text += this.#characterData();
      }
    }
    return root.open.element;
  }

  #openTag(outer: Map<string, string>): { open: OpenElement; closed: boolean } {
    if (this.#at("<!")) throw new XmlError("a document type declaration");
    if (this.#at("<?")) throw new XmlError("a processing instruction");
    this.#expect("<");
    const qualifiedName = this.#nameToken();
    const raw = new Map<string, string>();
    while (this.#space() && !this.#at(">") && !this.#at("/>")) {
      const name = this.#nameToken();
      this.#space();
      this.#expect("=");
      this.#space();
      if (raw.has(name)) throw new XmlError(`the attribute ${name} twice`);
      raw.set(name, this.#attributeValue());
    }
    const closed = this.#at("/>");
    this.#expect(closed ? "/>" : ">");

    const prefixes = declaredPrefixes(raw, outer);
    const { namespace, name } = resolve(qualifiedName, prefixes, prefixes.get("") ?? "");
    const attributes = [...raw]
      .filter(([key]) => key !== "xmlns" && !key.startsWith("xmlns:"))
      .map(([key, value]) => ({ ...resolve(key, prefixes, ""), value }));
    const element: XmlElement = { namespace, name, attributes, children: [], text: "" };
    return { open: { qualifiedName, element, prefixes }, closed };
  }

  #closeTag(qualifiedName: string): void {
    this.#expect("</");
    const name = this.#nameToken();
    if (name !== qualifiedName) throw new XmlError(`</${name}> closes <${qualifiedName}>`);
    this.#space();
    this.#expect(">");
  }

  #characterData(): string {
    const end = this.#source.indexOf("<", this.#position);
    if (end === -1) throw new XmlError("the document ends inside an element");
    const raw = this.#source.slice(this.#position, end);
    if (raw.includes("]]>")) throw new XmlError("]]> in character data");
    this.#position = end;
    return decodeEntities(raw);
  }

  #attributeValue(): string {
    const quote = this.#source.charAt(this.#position);
    if (quote !== '"' && quote !== "'") throw new XmlError("an attribute value without quotes");
    this.#position += 1;
    const start = this.#position;
    this.#position = this.#after(quote);
    const raw = this.#source.slice(start, this.#position - 1);
    if (raw.includes("<")) throw new XmlError("< in an attribute value");
    return decodeEntities(raw.replace(/[\t\n]/g, " "));
  }

  #skipMisc(): void {
    for (;;) {
      this.#space();
      if (!this.#at("<!--")) return;
      this.#comment();
    }
  }

  #comment(): void {
    const start = this.#position + 4;
    this.#position = this.#after("-->", start);
    if (this.#source.slice(start, this.#position - 3).includes("--")) throw new XmlError("-- in a comment");
  }

  #nameToken(): string {
    NAME.lastIndex = this.#position;
    const name = NAME.exec(this.#source)?.[0];
    if (name === undefined) throw new XmlError(`no name at offset ${this.#position}`);
    this.#position += name.length;
    return name;
  }

  #space(): boolean {
    SPACE.lastIndex = this.#position;
    const length = SPACE.exec(this.#source)?.[0].length ?? 0;
    this.#position += length;
    return length > 0;
  }

  #at(token: string): boolean {
    return this.#source.startsWith(token, this.#position);
  }

  #expect(token: string): void {
    if (!this.#at(token)) throw new XmlError(`no ${token} at offset ${this.#position}`);
    this.#position += token.length;
  }

  #after(token: string, from = this.#position): number {
    const found = this.#source.indexOf(token, from);
    if (found === -1) throw new XmlError(`the document ends before ${token}`);
    return found + token.length;
  }
}

function declaredPrefixes(raw: Map<string, string>, outer: Map<string, string>): Map<string, string> {
  const declarations = [...raw].filter(([key]) => key === "xmlns" || key.startsWith("xmlns:"));
  if (declarations.length === 0) return outer;
  const prefixes = new Map(outer);
  for (const [key, value] of declarations) {
    if (key !== "xmlns" && value === "") throw new XmlError(`${key} declares no namespace`);
    prefixes.set(key === "xmlns" ? "" : key.slice("xmlns:".length), value);
  }
  return prefixes;
}

function resolve(qualifiedName: string, prefixes: Map<string, string>, unprefixed: string) {
  const [first = "", second, ...rest] = qualifiedName.split(":");
  if (second === undefined) return { namespace: unprefixed, name: first };
  const namespace = prefixes.get(first);
  if (second === "" || rest.length > 0 || namespace === undefined) {
    throw new XmlError(`the prefix of ${qualifiedName} is not declared`);
  }
  return { namespace, name: second };
}

function decodeEntities(raw: string): string {
  if (!raw.includes("&")) return raw;
  return raw.replace(ENTITY, (match, hex?: string, decimal?: string, named?: string) => {
    if (named !== undefined) return NAMED[named] ?? "";
    if (hex === undefined && decimal === undefined) throw new XmlError("an undeclared entity");
    const code = hex === undefined ? Number.parseInt(decimal ?? "", 10) : Number.parseInt(hex, 16);
    const character = code <= 0x10ffff ? String.fromCodePoint(code) : "\0";
    if (FORBIDDEN_CHARACTER.test(character)) throw new XmlError(`${match} is no character of XML`);
    return character;
  });
}
