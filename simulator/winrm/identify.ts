import { SOAP } from "./namespaces";
import { child, readXml } from "./xml-reader";

const IDENTITY = "http://schemas.dmtf.org/wbem/wsman/identity/1/wsmanidentity.xsd";
const PROTOCOL = "http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd";

/** Whether a message asks what the service is (DSP0226 section 11): it has no headers, and no action. */
export function isIdentify(message: Buffer): boolean {
  try {
    const body = child(readXml(message.toString("utf8")), SOAP, "Body");
    return body !== undefined && child(body, IDENTITY, "Identify") !== undefined;
  } catch {
    return false;
  }
}

/** As Windows Server 2025 answers it. */
export const IDENTIFY_RESPONSE = `<s:Envelope xml:lang="en-US" xmlns:s="${SOAP}"><s:Header/><s:Body><wsmid:IdentifyResponse xmlns:wsmid="${IDENTITY}"><wsmid:ProtocolVersion>${PROTOCOL}</wsmid:ProtocolVersion><wsmid:ProductVendor>Microsoft Corporation</wsmid:ProductVendor><wsmid:ProductVersion>OS: 10.0.26100 SP: 0.0 Stack: 3.0</wsmid:ProductVersion></wsmid:IdentifyResponse></s:Body></s:Envelope>`;
