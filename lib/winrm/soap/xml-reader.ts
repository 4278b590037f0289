import { XMLParser, XMLValidator } from "fast-xml-parser";
import { takeOutLongRuns } from "./long-runs";

/** An element as it was read, its prefix resolved. */
export interface XmlElement {
  /** Namespace URI; `""` for none. */
  namespace: string;
  /** Name without its prefix. */
  name: string;
  /** Attributes by their name as written, without namespace declarations. */
  attributes: ReadonlyMap<string, string>;
  children: readonly XmlElement[];
  /** The text directly inside it, joined. */
  text: string;
}

/** Nesting that no WS-Management message comes near. */
const MAX_DEPTH = 64;
/** Prefixes in force at one place. Without a limit, one answer could hold the whole process up. */
const MAX_PREFIXES = 64;
const TEXT = "#text";
const CDATA = "#cdata";
const ATTRIBUTES = ":@";
const DECLARATION = "xmlns";

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: "",
  cdataPropName: CDATA,
  parseTagValue: false,
  trimValues: false,
  ignoreDeclaration: true,
  ignorePiTags: true,
  // Entities are decoded below: the five of XML and character references, never one that a document defines.
  processEntities: false,
  maxNestedTags: MAX_DEPTH,
});

/**
 * Reads one XML document. Document types, and with them every entity of their own, are refused before
 * anything is parsed, so that nothing can expand.
 *
 * @throws SyntaxError for anything that is not one well-formed document.
 */
export function parseXml(text: string): XmlElement {
  if (/<!(?!--|\[CDATA\[)/.test(text)) throw new SyntaxError("A document type is not accepted.");
  const { document, putBack } = takeOutLongRuns(text);
  const verdict = XMLValidator.validate(document);
  if (verdict !== true) throw new SyntaxError(verdict.err.msg);
  const roots = readChildren(
    parseNodes(document),
    new Map([["xml", "http://www.w3.org/XML/1998/namespace"]]),
  );
  const [root] = roots;
  if (!root || roots.length > 1) throw new SyntaxError("There must be exactly one root element.");
  return withTexts(root, putBack);
}

function withTexts(element: XmlElement, change: (text: string) => string): XmlElement {
  const children = element.children.map((item) => withTexts(item, change));
  return { ...element, text: change(element.text), children };
}

type RawNode = Record<string, unknown>;
type Scope = ReadonlyMap<string, string>;

function parseNodes(text: string): RawNode[] {
  try {
    return parser.parse(text) as RawNode[];
  } catch (error) {
    throw new SyntaxError(error instanceof Error ? error.message : "The document cannot be parsed.");
  }
}

function readChildren(nodes: readonly RawNode[], scope: Scope): XmlElement[] {
  const elements: XmlElement[] = [];
  for (const node of nodes) {
    const name = tagName(node);
    if (name !== undefined) elements.push(readElement(node, name, scope));
  }
  return elements;
}

function tagName(node: RawNode): string | undefined {
  return Object.keys(node).find((key) => key !== ATTRIBUTES && key !== TEXT && key !== CDATA);
}

function readElement(node: RawNode, qualifiedName: string, outer: Scope): XmlElement {
  const raw = Object.entries((node[ATTRIBUTES] ?? {}) as Record<string, string>);
  const scope = declare(
    raw.filter(([name]) => isDeclaration(name)),
    outer,
  );
  const attributes = new Map(
    raw.filter(([name]) => !isDeclaration(name)).map(([name, value]) => [name, decodeEntities(value)]),
  );
  const [prefix, name] = splitName(qualifiedName);
  const namespace = scope.get(prefix);
  if (namespace === undefined && prefix !== "")
    throw new SyntaxError(`The prefix ${prefix} is not declared.`);
  const nodes = node[qualifiedName] as RawNode[];
  return {
    namespace: namespace ?? "",
    name,
    attributes,
    children: readChildren(nodes, scope),
    text: nodes.map(readText).join(""),
  };
}

function isDeclaration(attribute: string): boolean {
  return attribute === DECLARATION || attribute.startsWith(`${DECLARATION}:`);
}

function declare(declarations: [name: string, value: string][], outer: Scope): Scope {
  if (declarations.length === 0) return outer;
  const scope = new Map(outer);
  for (const [name, value] of declarations) {
    scope.set(name.slice(DECLARATION.length + 1), decodeEntities(value));
  }
  if (scope.size > MAX_PREFIXES) throw new SyntaxError("Too many namespaces are declared.");
  return scope;
}

function splitName(qualifiedName: string): [prefix: string, name: string] {
  const colon = qualifiedName.indexOf(":");
  return [qualifiedName.slice(0, Math.max(colon, 0)), qualifiedName.slice(colon + 1)];
}

function readText(node: RawNode): string {
  if (typeof node[TEXT] === "string") return decodeEntities(node[TEXT]);
  if (Array.isArray(node[CDATA]))
    return node[CDATA].map((part: RawNode) => String(part[TEXT] ?? "")).join("");
  return "";
}

const PREDEFINED: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

/**
 * The five entities of XML and character references.
 * @throws SyntaxError for any other `&`.
 */
function decodeEntities(text: string): string {
  if (!text.includes("&")) return text;
  return text.replace(/&(?:#(\d{1,7});|#x([0-9a-fA-F]{1,6});|(\w{1,8});)?/g, (whole, decimal, hex, name) => {
    if (name !== undefined && Object.hasOwn(PREDEFINED, name)) return PREDEFINED[name] ?? whole;
    const code = decimal !== undefined ? Number.parseInt(decimal, 10) : Number.parseInt(hex ?? "", 16);
    if (Number.isNaN(code) || code === 0 || code > 0x10ffff) {
      throw new SyntaxError(`The reference ${whole} is not known.`);
    }
    return String.fromCodePoint(code);
  });
}

/** The first child with this name, or undefined. */
export function child(
  parent: XmlElement | undefined,
  namespace: string,
  name: string,
): XmlElement | undefined {
  return parent?.children.find((item) => item.namespace === namespace && item.name === name);
}

/** Every element at any depth below `parent` that the test accepts, in document order. */
export function descendants(parent: XmlElement, accept: (item: XmlElement) => boolean): XmlElement[] {
  return parent.children.flatMap((item) => [...(accept(item) ? [item] : []), ...descendants(item, accept)]);
}
