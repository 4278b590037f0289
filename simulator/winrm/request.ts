import { durationMs } from "./duration";
import {
  actionNotSupportedFault,
  mustUnderstandFault,
  resourceNotFoundFault,
  schemaFault,
  versionMismatchFault,
  WsManFault,
} from "./fault";
import {
  ADDRESSING,
  CMD_RESOURCE,
  operationOf,
  SHELL,
  type ShellOperation,
  SOAP,
  WSMAN,
  WSMV,
} from "./namespaces";
import { attribute, child, children, readXml, type XmlElement, XmlError } from "./xml-reader";

/** A validated request to the shell resource. */
export interface ShellRequest {
  operation: ShellOperation;
  messageId: string;
  /** `w:OperationTimeout`, at most MaxTimeoutms. */
  timeoutMs: number;
  /** The largest answer in bytes that client and service both take. */
  maxEnvelopeBytes: number;
  shellId: string | undefined;
  /** `w:Option` by name, in upper case. */
  options: Map<string, string>;
  body: XmlElement;
}

/** Either the request or the fault that answers it; `messageId` where it could be read. */
export type ReadRequest =
  | { ok: true; request: ShellRequest }
  | { ok: false; fault: WsManFault; messageId: string | undefined };

/** MaxTimeoutms and MaxEnvelopeSizekb of a fresh Windows Server (`winrm get winrm/config`). */
export const MAX_TIMEOUT_MS = 60_000;
export const MAX_ENVELOPE_BYTES = 500 * 1024;

const XML = "http://www.w3.org/XML/1998/namespace";
const UUID = /^uuid:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Headers that this service understands; any other one must not be marked `mustUnderstand`. */
const UNDERSTOOD = new Set([
  `${ADDRESSING} To`,
  `${ADDRESSING} ReplyTo`,
  `${ADDRESSING} FaultTo`,
  `${ADDRESSING} From`,
  `${ADDRESSING} Action`,
  `${ADDRESSING} MessageID`,
  `${ADDRESSING} RelatesTo`,
  `${WSMAN} ResourceURI`,
  `${WSMAN} SelectorSet`,
  `${WSMAN} OptionSet`,
  `${WSMAN} MaxEnvelopeSize`,
  `${WSMAN} OperationTimeout`,
  `${WSMAN} Locale`,
  `${WSMV} DataLocale`,
  `${WSMV} SessionId`,
  `${WSMV} OperationID`,
  `${WSMV} SequenceId`,
]);

/** Reads a SOAP message and checks what a Windows host checks before it looks at the body. */
export function readRequest(message: Uint8Array): ReadRequest {
  let messageId: string | undefined;
  try {
    const envelope = readEnvelope(decodeUtf8(message));
    const header = child(envelope, SOAP, "Header");
    const body = child(envelope, SOAP, "Body");
    if (header === undefined) throw schemaFault("The SOAP envelope has no Header element. ");
    if (body === undefined) throw schemaFault("The SOAP envelope has no Body element. ");
    messageId = child(header, ADDRESSING, "MessageID")?.text.trim();
    return { ok: true, request: readHeader(header, body) };
  } catch (error) {
    if (error instanceof WsManFault) return { ok: false, fault: error, messageId };
    throw error;
  }
}

function decodeUtf8(message: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(message);
  } catch {
    throw schemaFault("The SOAP message is not UTF-8. ");
  }
}

function readEnvelope(text: string): XmlElement {
  let root: XmlElement;
  try {
    root = readXml(text);
  } catch (error) {
    if (!(error instanceof XmlError)) throw error;
    throw schemaFault(`The SOAP message is not well-formed XML: ${error.message}. `);
  }
  if (root.name !== "Envelope") throw schemaFault(`The root element ${root.name} is no SOAP envelope. `);
  if (root.namespace !== SOAP) throw versionMismatchFault();
  return root;
}

function readHeader(header: XmlElement, body: XmlElement): ShellRequest {
  for (const element of header.children) {
    const mandatory = element.attributes.some(
      (item) => item.namespace === SOAP && item.name === "mustUnderstand" && /^(?:true|1)$/i.test(item.value),
    );
    if (mandatory && !UNDERSTOOD.has(`${element.namespace} ${element.name}`)) {
      throw mustUnderstandFault(element.name);
    }
  }

  refuseRepeated(header);
  required(header, ADDRESSING, "To");
  const replyTo = child(header, ADDRESSING, "ReplyTo");
  if (replyTo === undefined) throw missingHeader("ReplyTo");
  required(replyTo, ADDRESSING, "Address");
  checkMarks(header);
  const messageId = required(header, ADDRESSING, "MessageID");
  const action = required(header, ADDRESSING, "Action");
  const resourceUri = required(header, WSMAN, "ResourceURI");
  if (resourceUri !== CMD_RESOURCE) throw resourceNotFoundFault(resourceUri);
  const operation = operationOf(action);
  if (operation === undefined) throw actionNotSupportedFault(action);

  return {
    operation,
    messageId,
    timeoutMs: operationTimeout(header),
    maxEnvelopeBytes: envelopeLimit(header),
    shellId: selector(header, "ShellId"),
    options: readOptions(header),
    body,
  };
}

/** No header that this service understands comes twice. */
function refuseRepeated(header: XmlElement): void {
  const seen = new Set<string>();
  for (const { namespace, name } of header.children) {
    const key = `${namespace} ${name}`;
    if (UNDERSTOOD.has(key) && seen.has(key)) throw schemaFault(`The SOAP header has two elements ${name}. `);
    seen.add(key);
  }
}

function required(parent: XmlElement, namespace: string, name: string): string {
  const text = child(parent, namespace, name)?.text.trim();
  if (text === undefined || text === "") throw missingHeader(name);
  return text;
}

function missingHeader(name: string): WsManFault {
  return schemaFault(`The SOAP header lacks the required element ${name}. `);
}

/** The attributes and texts of headers that have no other use here. */
function checkMarks(header: XmlElement): void {
  for (const [namespace, name] of [
    [WSMAN, "Locale"],
    [WSMV, "DataLocale"],
  ] as const) {
    const locale = child(header, namespace, name);
    const hasLanguage = locale?.attributes.some((item) => item.namespace === XML && item.name === "lang");
    if (locale !== undefined && !hasLanguage) {
      throw schemaFault(`The element ${name} lacks the attribute xml:lang. `);
    }
  }
  for (const name of ["SessionId", "OperationID"]) {
    const text = child(header, WSMV, name)?.text.trim();
    if (text !== undefined && !UUID.test(text)) throw schemaFault(`The element ${name} is no uuid:… `);
  }
}

function operationTimeout(header: XmlElement): number {
  const text = child(header, WSMAN, "OperationTimeout")?.text;
  if (text === undefined) return MAX_TIMEOUT_MS;
  const value = durationMs(text);
  if (value === undefined)
    throw schemaFault("The element OperationTimeout is no xs:duration such as PT20S. ");
  return Math.min(value, MAX_TIMEOUT_MS);
}

function envelopeLimit(header: XmlElement): number {
  const text = child(header, WSMAN, "MaxEnvelopeSize")?.text.trim();
  if (text === undefined) return MAX_ENVELOPE_BYTES;
  const value = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
  // DSP0226 6.2: a service need not take a limit below 8192 bytes.
  if (!(value >= 8192)) throw schemaFault("The element MaxEnvelopeSize is no number of at least 8192. ");
  return Math.min(value, MAX_ENVELOPE_BYTES);
}

function selector(header: XmlElement, name: string): string | undefined {
  const set = child(header, WSMAN, "SelectorSet");
  const selectors = set === undefined ? [] : children(set, WSMAN, "Selector");
  if (selectors.some((item) => attribute(item, "Name") === undefined)) {
    throw schemaFault("An element Selector lacks the attribute Name. ");
  }
  return selectors.find((item) => sameName(attribute(item, "Name"), name))?.text.trim();
}

/** Windows writes `ShellId`, MS-WSMV 3.1.4.11 `ShellID`. */
function sameName(given: string | undefined, expected: string): boolean {
  return given?.toUpperCase() === expected.toUpperCase();
}

function readOptions(header: XmlElement): Map<string, string> {
  const set = child(header, WSMAN, "OptionSet");
  const options = new Map<string, string>();
  for (const option of set === undefined ? [] : children(set, WSMAN, "Option")) {
    const name = attribute(option, "Name");
    if (name === undefined) throw schemaFault("An element Option lacks the attribute Name. ");
    options.set(name.toUpperCase(), option.text.trim());
  }
  return options;
}

/** The one element that the body of an operation holds, for example `rsp:Shell`. */
export function bodyElement(request: ShellRequest, name: string): XmlElement {
  const [only, ...more] = request.body.children;
  if (only === undefined || more.length > 0 || only.namespace !== SHELL || only.name !== name) {
    throw schemaFault(`The body of ${request.operation} holds exactly one element ${name}. `);
  }
  return only;
}
