import { NS } from "./namespaces";
import { child, descendants, type XmlElement } from "./xml-reader";

/** A SOAP fault as the host sent it. */
export interface SoapFault {
  /** Unsigned 32-bit: a Win32, HRESULT or WS-Management code; null: the fault carries none. */
  code: number | null;
  /** For example `w:TimedOut`, as written. */
  subcode: string | null;
  /** The host's own words, joined and cut at 2,000 characters. */
  reason: string;
}

const MAX_REASON = 2000;

/** Reads `s:Fault`; the code stands in one of two forms of detail (WSManFault, MSFT_WmiError). */
export function readFault(element: XmlElement): SoapFault {
  const code = child(element, NS.soap, "Code");
  const subcode = child(child(code, NS.soap, "Subcode"), NS.soap, "Value");
  const reason = child(child(element, NS.soap, "Reason"), NS.soap, "Text");
  const detail = child(element, NS.soap, "Detail");
  const messages = detail
    ? descendants(detail, (item) => item.name === "Message" && item.text.trim() !== "")
    : [];
  const words = [reason, ...messages].map((item) => item?.text.replace(/\s+/g, " ").trim() ?? "");
  return {
    code: detail ? readCode(detail) : null,
    subcode: subcode?.text.trim() ?? null,
    reason: [...new Set(words)].filter(Boolean).join(" ").slice(0, MAX_REASON),
  };
}

function readCode(detail: XmlElement): number | null {
  const [wsman] = descendants(detail, (item) => item.name === "WSManFault");
  const [wmi] = descendants(detail, (item) => item.name === "error_Code");
  const text = wsman?.attributes.get("Code") ?? wmi?.text;
  const code = Number(text?.trim() || Number.NaN);
  // Some hosts print HRESULTs signed.
  return Number.isInteger(code) ? code >>> 0 : null;
}
