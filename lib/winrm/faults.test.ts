import { describe, expect, it } from "vitest";
import { envelope } from "@/tests/support/winrm-double";
import { WinrmError, type WinrmErrorKind } from "./errors";
import { refusedRequest } from "./refusals";
import { readResponse } from "./soap/response";

const ID = "uuid:1";
const F = 'xmlns:f="http://schemas.microsoft.com/wbem/wsman/1/wsmanfault"';

/** A fault as Windows writes it, with this in its Detail. */
function bodyOf(detail: string, subcode = "w:InternalError", reason = "Reason of the host. "): string {
  return `<s:Fault xmlns:s="http://www.w3.org/2003/05/soap-envelope" xmlns:w="http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd"><s:Code><s:Value>s:Receiver</s:Value><s:Subcode><s:Value>${subcode}</s:Value></s:Subcode></s:Code><s:Reason><s:Text xml:lang="en-US">${reason}</s:Text></s:Reason><s:Detail>${detail}</s:Detail></s:Fault>`;
}

const wsmanFault = (code: number, message = "Words of the host.") =>
  `<f:WSManFault ${F} Code="${code}" Machine="hv01"><f:Message>${message}</f:Message></f:WSManFault>`;

const nested = (code: number, inner: number) =>
  wsmanFault(
    code,
    `<f:ProviderFault provider="Shell cmd plugin" path="%systemroot%\\system32\\winrscmd.dll">${wsmanFault(inner, "Words of the plug-in.")}</f:ProviderFault>`,
  );

const wmiError = (code: number) =>
  `<p:MSFT_WmiError b:IsCIM_Error="true" xmlns:p="http://schemas.microsoft.com/wbem/wsman/1/wmi/root/Microsoft/Windows/Management/Infrastructure/MSFT_WmiError" xmlns:b="http://schemas.dmtf.org/wbem/wsman/1/cimbinding.xsd" xmlns:cim="http://schemas.dmtf.org/wbem/wscim/1/common"><p:CIMStatusCode>27</p:CIMStatusCode><p:Message>Words of WMI.</p:Message><p:error_Code>${code}</p:error_Code><p:error_Type>HRESULT</p:error_Type></p:MSFT_WmiError>`;

function errorOf(body: string): WinrmError {
  try {
    readResponse("create", ID, envelope(body, ID));
  } catch (error) {
    if (error instanceof WinrmError) return error;
    throw error;
  }
  throw new Error("It was no fault.");
}

/** Whether there is a next step: not where the client itself made a mistake, or nothing is wrong. */
const HELPLESS = [87, 995, 2147942487, 2150858793, 2150858817];

describe("a fault", () => {
  it.each<[number, WinrmErrorKind, RegExp]>([
    [5, "access_denied", /access is denied/],
    [2147942405, "access_denied", /access is denied/],
    [1326, "authentication", /user name or password/],
    [2147943726, "authentication", /user name or password/],
    [87, "fault", /parameter/],
    [995, "fault", /aborted/],
    [2147942402, "fault", /program was not found/],
    [2147942487, "fault", /parameter/],
    [2147942606, "fault", /command line is too long/],
    [2150858793, "fault", /timed out/],
    [2150858817, "fault", /schema/],
    [2150858843, "fault", /shell does not exist/],
    [2150859173, "quota", /too many shells/],
    [2150859174, "quota", /too many operations/],
    [2150859175, "quota", /user's quota/],
    [2150859176, "quota", /system's quota/],
    [2150859179, "quota", /too many users/],
    ...[2150859236, 2150859237, 2150859238, 2150859239, 2150859240, 2150859241].map(
      (code): [number, WinrmErrorKind, RegExp] => [code, "quota", /plug-in/],
    ),
  ])("%d is %s, in every form, and says what to do", (code, kind, means) => {
    for (const detail of [wsmanFault(code), nested(code, 87), wmiError(code)]) {
      const error = errorOf(bodyOf(detail));
      expect(error).toMatchObject({ kind, faultCode: code, sent: false });
      expect(error.message).toMatch(means);
      expect(error.message).toContain("Reason of the host.");
      if (HELPLESS.includes(code)) expect(error.next).toBeNull();
      else expect(error.next).toMatch(/^[A-Z].{20,}/);
    }
  });

  it("tells the words of host, plug-in and WMI, each once", () => {
    expect(errorOf(bodyOf(nested(2150859173, 87))).fault?.reason).toBe(
      "Reason of the host. Words of the plug-in.",
    );
    expect(errorOf(bodyOf(wmiError(5))).fault?.reason).toBe("Reason of the host. Words of WMI.");
  });

  it("reads codes that the host prints signed", () => {
    expect(errorOf(bodyOf(wmiError(-2147024891)))).toMatchObject({
      kind: "access_denied",
      faultCode: 2147942405,
    });
  });

  it.each([
    ["w:AccessDenied", "access_denied"],
    ["w:QuotaLimit", "quota"],
    ["w:InvalidSelectors", "fault"],
  ])("without a code is what its subcode says: %s", (subcode, kind) => {
    expect(errorOf(bodyOf("", subcode))).toMatchObject({ kind, faultCode: null });
  });

  it("with a code that nobody knows is told as it is", () => {
    const error = errorOf(bodyOf(wsmanFault(2150999999)));
    expect(error).toMatchObject({ kind: "fault", faultCode: 2150999999, next: null });
    expect(error.message).toContain("2150999999 (no known code)");
  });
});

describe("an HTTP status that is no answer of WS-Management", () => {
  it.each<[number, WinrmErrorKind, boolean, string]>([
    [400, "protocol", false, "proxy"],
    [403, "access_denied", false, "IPv4Filter"],
    [404, "protocol", false, "5986"],
    [413, "protocol", false, "MaxEnvelopeSizekb"],
    [500, "protocol", true, "WinRM/Operational"],
    [503, "unreachable", false, "Start-Service"],
  ])("%d is %s, sent: %s", (status, kind, sent, next) => {
    expect(refusedRequest(status)).toMatchObject({ kind, sent, next: expect.stringContaining(next) });
    expect(refusedRequest(status).message).toContain(String(status));
  });
});
