import { WinrmError } from "../errors";
import { classifyFault, describeFault } from "../faults";
import { COMMAND_DONE, NS, type Operation } from "./namespaces";
import { readFault, type SoapFault } from "./soap-fault";
import { child, parseXml, type XmlElement } from "./xml-reader";

/** A piece of what a process wrote. */
export interface OutputChunk {
  stream: "stdout" | "stderr";
  bytes: Uint8Array;
}

/** What one Receive brought. */
export interface Received {
  chunks: OutputChunk[];
  /** null while the process runs. */
  exitCode: number | null;
}

/**
 * The body of an answer that belongs to the request `messageId`.
 *
 * @throws WinrmError with its `fault` when the host answered with one; `protocol` for anything else that is
 *   not an answer to this request.
 */
export function readResponse(operation: Operation, messageId: string, text: string): XmlElement {
  const envelope = parse(text);
  if (envelope.namespace !== NS.soap || envelope.name !== "Envelope") {
    throw protocol(`The answer to ${operation} is not a SOAP envelope.`);
  }
  const body = child(envelope, NS.soap, "Body");
  if (!body) throw protocol(`The answer to ${operation} has no body.`);
  const relatesTo = child(child(envelope, NS.soap, "Header"), NS.addressing, "RelatesTo")?.text.trim();
  const fault = child(body, NS.soap, "Fault");
  // A host that could not read the request's headers cannot name the request in its fault.
  const related = relatesTo === undefined ? fault !== undefined : sameId(relatesTo, messageId);
  if (!related) throw protocol(`The answer to ${operation} belongs to another request.`);
  if (fault) throw faultError(operation, readFault(fault));
  return body;
}

/** Whether the text is a SOAP envelope at all: other servers answer in HTML. */
export function looksLikeSoap(text: string): boolean {
  return text.includes(NS.soap);
}

export function readShellId(body: XmlElement): string {
  const created = body.children.find((item) => item.name === "ResourceCreated");
  const parameters = child(created, NS.addressing, "ReferenceParameters");
  const selectors = child(parameters, NS.wsman, "SelectorSet")?.children ?? [];
  const selector = selectors.find((item) => item.attributes.get("Name") === "ShellId")?.text.trim();
  const shellId = selector || child(child(body, NS.shell, "Shell"), NS.shell, "ShellId")?.text.trim();
  if (!shellId) throw protocol("The answer to create names no shell.");
  return shellId;
}

export function readCommandId(body: XmlElement): string {
  const commandId = child(child(body, NS.shell, "CommandResponse"), NS.shell, "CommandId")?.text.trim();
  if (!commandId) throw protocol("The answer to command names no command.");
  return commandId;
}

export function readReceived(body: XmlElement, commandId: string): Received {
  const answer = child(body, NS.shell, "ReceiveResponse");
  if (!answer) throw protocol("The answer to receive has no ReceiveResponse.");
  const received: Received = { chunks: [], exitCode: null };
  for (const item of answer.children) {
    if (item.namespace !== NS.shell) continue;
    if (item.name !== "Stream" && item.name !== "CommandState") continue;
    if (!sameId(item.attributes.get("CommandId") ?? "", commandId)) {
      throw protocol("The answer to receive belongs to another command.");
    }
    if (item.name === "CommandState") received.exitCode = readExitCode(item);
    else readStream(item, received);
  }
  return received;
}

function readStream(item: XmlElement, received: Received): void {
  const stream = item.attributes.get("Name");
  if (stream !== "stdout" && stream !== "stderr") return;
  const bytes = decodeBase64(item.text);
  if (bytes.length > 0) received.chunks.push({ stream, bytes });
}

function readExitCode(state: XmlElement): number | null {
  if (state.attributes.get("State") !== COMMAND_DONE) return null;
  const text = child(state, NS.shell, "ExitCode")?.text.trim() ?? "";
  if (!/^-?\d{1,10}$/.test(text)) throw protocol("The command is done, and its exit code is missing.");
  // Windows exit codes are 32 bits; a negative one and its unsigned twin are the same.
  return Number(text) | 0;
}

/** Buffer's own decoder ignores what is not base64; a stream that was damaged must not pass. */
function decodeBase64(text: string): Uint8Array {
  const compact = text.replace(/[\t\n\r ]+/g, "");
  if (compact.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(compact)) {
    throw protocol("A stream in the answer to receive is not base64.");
  }
  return Buffer.from(compact, "base64");
}

function parse(text: string): XmlElement {
  try {
    return parseXml(text);
  } catch (error) {
    throw new WinrmError("protocol", `The host's answer cannot be read: ${(error as Error).message}`, {
      cause: error,
    });
  }
}

function sameId(left: string, right: string): boolean {
  return left.toLowerCase() === right.toLowerCase();
}

function faultError(operation: Operation, fault: SoapFault): WinrmError {
  const { kind, next } = classifyFault(fault);
  return new WinrmError(kind, describeFault(operation, fault), { fault, next });
}

function protocol(message: string): WinrmError {
  return new WinrmError("protocol", message);
}
