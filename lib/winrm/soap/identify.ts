import { NS } from "./namespaces";
import { child, parseXml } from "./xml-reader";

/** What a WS-Management service says of itself (DSP0226 section 11). */
export interface Identity {
  /** `Microsoft Corporation` */
  vendor: string;
  /** `OS: 10.0.20348 SP: 0.0 Stack: 3.0` */
  version: string;
}

const IDENTITY = "http://schemas.dmtf.org/wbem/wsman/identity/1/wsmanidentity.xsd";

/** It has no header: it can be asked of any service, whatever it manages. */
export const IDENTIFY = `<s:Envelope xmlns:s="${NS.soap}" xmlns:i="${IDENTITY}"><s:Header/><s:Body><i:Identify/></s:Body></s:Envelope>`;

/** null for what is no answer to {@link IDENTIFY}. */
export function readIdentity(text: string): Identity | null {
  try {
    const body = child(parseXml(text), NS.soap, "Body");
    const answer = child(body, IDENTITY, "IdentifyResponse");
    if (answer === undefined) return null;
    const member = (name: string) => child(answer, IDENTITY, name)?.text.trim().slice(0, 200) ?? "";
    return { vendor: member("ProductVendor"), version: member("ProductVersion") };
  } catch {
    return null;
  }
}
