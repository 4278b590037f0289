import { randomUUID } from "node:crypto";
import type { WsManFault } from "./fault";
import {
  ACTIONS,
  ADDRESSING,
  ANONYMOUS,
  FAULT_ACTION,
  SHELL,
  type ShellOperation,
  SOAP,
  TRANSFER,
  WSMAN,
  WSMAN_FAULT,
  WSMV,
} from "./namespaces";

const FORBIDDEN = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;
const ESCAPES: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "\r": "&#xD;",
};

/** Text for element content or a quoted attribute; what XML cannot carry becomes U+FFFD. */
export function escapeXml(text: string): string {
  return text.replace(FORBIDDEN, "\ufffd").replace(/[&<>"\r]/g, (character) => ESCAPES[character] ?? "");
}

/** The answer to an operation: its own MessageID, and `RelatesTo` of the request (WS-Addressing 3). */
export function responseEnvelope(operation: ShellOperation, relatesTo: string, body: string): string {
  return envelope(`${ACTIONS[operation]}Response`, relatesTo, body);
}

/** A fault's envelope; `relatesTo` is undefined where the request's MessageID could not be read. */
export function faultEnvelope(fault: WsManFault, relatesTo: string | undefined, machine: string): string {
  const subcode = fault.subcode && `<s:Subcode><s:Value>${fault.subcode}</s:Value></s:Subcode>`;
  const provider = `<f:ProviderFault provider="Shell cmd plugin" path="%systemroot%\\system32\\winrscmd.dll">${escapeXml(fault.message)}</f:ProviderFault>`;
  return envelope(
    FAULT_ACTION,
    relatesTo,
    `<s:Fault><s:Code><s:Value>s:${fault.role}</s:Value>${subcode ?? ""}</s:Code>` +
      `<s:Reason><s:Text xml:lang="en-US">${escapeXml(fault.reason)}</s:Text></s:Reason>` +
      `<s:Detail>${fault.faultDetail === null ? "" : `<w:FaultDetail>${fault.faultDetail}</w:FaultDetail>`}` +
      `<f:WSManFault xmlns:f="${WSMAN_FAULT}" Code="${fault.code}" Machine="${escapeXml(machine)}">` +
      `<f:Message>${fault.fromProvider ? provider : escapeXml(fault.message)}</f:Message>` +
      "</f:WSManFault></s:Detail></s:Fault>",
  );
}

function envelope(action: string, relatesTo: string | undefined, body: string): string {
  const related = relatesTo === undefined ? "" : `<a:RelatesTo>${escapeXml(relatesTo)}</a:RelatesTo>`;
  return (
    `<s:Envelope xml:lang="en-US" xmlns:s="${SOAP}" xmlns:a="${ADDRESSING}" xmlns:x="${TRANSFER}"` +
    ` xmlns:w="${WSMAN}" xmlns:rsp="${SHELL}" xmlns:p="${WSMV}">` +
    `<s:Header><a:Action>${action}</a:Action><a:MessageID>uuid:${newId()}</a:MessageID>` +
    `<a:To>${ANONYMOUS}</a:To>${related}</s:Header><s:Body>${body}</s:Body></s:Envelope>`
  );
}

/** A GUID as Windows writes it. */
export function newId(): string {
  return randomUUID().toUpperCase();
}
