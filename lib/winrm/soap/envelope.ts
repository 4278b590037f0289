import { randomUUID } from "node:crypto";
import { ACTION, ANONYMOUS, CMD_SHELL, type Operation, PREFIXES } from "./namespaces";
import { element, serialize, type XmlNode } from "./xml-writer";

/** What stays the same from one request of a client to the next. */
export interface EnvelopeSettings {
  /** The endpoint's own address. */
  to: string;
  /** Bytes: the most that the host may answer in one envelope, and the most that is sent in one. */
  maxEnvelopeBytes: number;
  /** Seconds after which the host gives up waiting and answers TimedOut. */
  operationSeconds: number;
  /** Groups the requests of one client in the host's own log. */
  sessionId: string;
}

export interface Request {
  operation: Operation;
  /** The shell it is for; absent for Create. */
  shellId?: string;
  options?: Readonly<Record<string, string>>;
  body?: XmlNode;
}

export interface Envelope {
  /** Comes back in the answer's RelatesTo. */
  messageId: string;
  xml: string;
}

/** `uuid:…`, as MS-WSMV 3.1.4.1.1 wants message and session ids. */
export function newId(): string {
  return `uuid:${randomUUID().toUpperCase()}`;
}

/** A request with its WS-Addressing and WS-Management headers, in the order that Windows itself sends. */
export function buildEnvelope(settings: EnvelopeSettings, request: Request): Envelope {
  const messageId = newId();
  const header = element(
    "s:Header",
    {},
    element("a:To", {}, settings.to),
    element("a:ReplyTo", {}, element("a:Address", { "s:mustUnderstand": "true" }, ANONYMOUS)),
    element("w:MaxEnvelopeSize", { "s:mustUnderstand": "true" }, String(settings.maxEnvelopeBytes)),
    element("a:MessageID", {}, messageId),
    element("w:Locale", { "xml:lang": "en-US", "s:mustUnderstand": "false" }),
    element("p:DataLocale", { "xml:lang": "en-US", "s:mustUnderstand": "false" }),
    element("p:SessionId", { "s:mustUnderstand": "false" }, settings.sessionId),
    element("w:OperationTimeout", {}, `PT${settings.operationSeconds}S`),
    element("w:ResourceURI", { "s:mustUnderstand": "true" }, CMD_SHELL),
    element("a:Action", { "s:mustUnderstand": "true" }, ACTION[request.operation]),
    ...selectorSet(request.shellId),
    ...optionSet(request.options),
  );
  const body = element("s:Body", {}, ...(request.body ? [request.body] : []));
  return { messageId, xml: serialize(element("s:Envelope", PREFIXES, header, body)) };
}

function selectorSet(shellId: string | undefined): XmlNode[] {
  if (shellId === undefined) return [];
  return [element("w:SelectorSet", {}, element("w:Selector", { Name: "ShellId" }, shellId))];
}

function optionSet(options: Readonly<Record<string, string>> | undefined): XmlNode[] {
  if (options === undefined) return [];
  const items = Object.entries(options).map(([name, value]) => element("w:Option", { Name: name }, value));
  return [element("w:OptionSet", {}, ...items)];
}
