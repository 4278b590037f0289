import { describe, expect, it } from "vitest";
import { buildEnvelope } from "./envelope";
import {
  commandRequest,
  createRequest,
  deleteRequest,
  receiveRequest,
  sendRequest,
  terminateRequest,
} from "./requests";

const SETTINGS = {
  to: "https://hv01:5986/wsman",
  maxEnvelopeBytes: 512_000,
  operationSeconds: 20,
  sessionId: "uuid:S",
};

/** The whole request, but for its message id. */
function xmlOf(request: Parameters<typeof buildEnvelope>[1]): string {
  const { xml, messageId } = buildEnvelope(SETTINGS, request);
  return xml.replace(messageId, "uuid:M");
}

function headerOf(action: string): string {
  return (
    '<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope" xmlns:a="http://schemas.xmlsoap.org/ws/2004/08/addressing" xmlns:w="http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd" xmlns:p="http://schemas.microsoft.com/wbem/wsman/1/wsman.xsd" xmlns:rsp="http://schemas.microsoft.com/wbem/wsman/1/windows/shell">' +
    "<s:Header><a:To>https://hv01:5986/wsman</a:To>" +
    '<a:ReplyTo><a:Address s:mustUnderstand="true">http://schemas.xmlsoap.org/ws/2004/08/addressing/role/anonymous</a:Address></a:ReplyTo>' +
    '<w:MaxEnvelopeSize s:mustUnderstand="true">512000</w:MaxEnvelopeSize><a:MessageID>uuid:M</a:MessageID>' +
    '<w:Locale xml:lang="en-US" s:mustUnderstand="false"/><p:DataLocale xml:lang="en-US" s:mustUnderstand="false"/>' +
    '<p:SessionId s:mustUnderstand="false">uuid:S</p:SessionId><w:OperationTimeout>PT20S</w:OperationTimeout>' +
    '<w:ResourceURI s:mustUnderstand="true">http://schemas.microsoft.com/wbem/wsman/1/windows/shell/cmd</w:ResourceURI>' +
    `<a:Action s:mustUnderstand="true">${action}</a:Action>`
  );
}

const SELECTOR = '<w:SelectorSet><w:Selector Name="ShellId">SH</w:Selector></w:SelectorSet>';
const RSP = "http://schemas.microsoft.com/wbem/wsman/1/windows/shell";

describe("requests on the wire", () => {
  it("creates a shell with options, streams and an idle timeout in whole seconds", () => {
    const options = { idleSeconds: 60, workingDirectory: "C:\\", environment: { A: "<1>" } };
    expect(xmlOf(createRequest("SH", options))).toBe(
      `${headerOf("http://schemas.xmlsoap.org/ws/2004/09/transfer/Create")}` +
        '<w:OptionSet><w:Option Name="WINRS_NOPROFILE">FALSE</w:Option><w:Option Name="WINRS_CODEPAGE">65001</w:Option></w:OptionSet></s:Header>' +
        '<s:Body><rsp:Shell ShellId="SH"><rsp:Environment><rsp:Variable Name="A">&lt;1&gt;</rsp:Variable></rsp:Environment><rsp:WorkingDirectory>C:\\</rsp:WorkingDirectory>' +
        "<rsp:IdleTimeOut>PT60S</rsp:IdleTimeOut><rsp:InputStreams>stdin</rsp:InputStreams><rsp:OutputStreams>stdout stderr</rsp:OutputStreams></rsp:Shell></s:Body></s:Envelope>",
    );
  });

  it("starts a command without cmd.exe and without a console for stdin", () => {
    expect(xmlOf(commandRequest("SH", "a.exe", ["-x", 'q"<&\n\r\t']))).toBe(
      `${headerOf(`${RSP}/Command`)}${SELECTOR}` +
        '<w:OptionSet><w:Option Name="WINRS_CONSOLEMODE_STDIN">FALSE</w:Option><w:Option Name="WINRS_SKIP_CMD_SHELL">TRUE</w:Option></w:OptionSet></s:Header>' +
        "<s:Body><rsp:CommandLine><rsp:Command>a.exe</rsp:Command><rsp:Arguments>-x</rsp:Arguments><rsp:Arguments>q&quot;&lt;&amp;&#10;&#13;&#9;</rsp:Arguments></rsp:CommandLine></s:Body></s:Envelope>",
    );
  });

  it("sends stdin as base64 and marks its end", () => {
    expect(xmlOf(sendRequest("SH", "C", Buffer.from("hi"), false))).toBe(
      `${headerOf(`${RSP}/Send`)}${SELECTOR}</s:Header><s:Body><rsp:Send><rsp:Stream Name="stdin" CommandId="C">aGk=</rsp:Stream></rsp:Send></s:Body></s:Envelope>`,
    );
    expect(xmlOf(sendRequest("SH", "C", new Uint8Array(), true))).toContain(
      '<rsp:Stream Name="stdin" CommandId="C" End="true"/>',
    );
  });

  it("receives, signals and deletes", () => {
    expect(xmlOf(receiveRequest("SH", "C"))).toBe(
      `${headerOf(`${RSP}/Receive`)}${SELECTOR}<w:OptionSet><w:Option Name="WSMAN_CMDSHELL_OPTION_KEEPALIVE">TRUE</w:Option></w:OptionSet></s:Header>` +
        '<s:Body><rsp:Receive><rsp:DesiredStream CommandId="C">stdout stderr</rsp:DesiredStream></rsp:Receive></s:Body></s:Envelope>',
    );
    expect(xmlOf(terminateRequest("SH", "C"))).toBe(
      `${headerOf(`${RSP}/Signal`)}${SELECTOR}</s:Header><s:Body><rsp:Signal CommandId="C"><rsp:Code>${RSP}/signal/terminate</rsp:Code></rsp:Signal></s:Body></s:Envelope>`,
    );
    expect(xmlOf(deleteRequest("SH"))).toBe(
      `${headerOf("http://schemas.xmlsoap.org/ws/2004/09/transfer/Delete")}${SELECTOR}</s:Header><s:Body/></s:Envelope>`,
    );
  });

  it("gives every request a message id of its own", () => {
    const ids = [1, 2, 3].map(() => buildEnvelope(SETTINGS, deleteRequest("SH")).messageId);
    expect(new Set(ids).size).toBe(3);
    expect(ids[0]).toMatch(/^uuid:[0-9A-F-]{36}$/);
  });

  it.each(["\u0000", "\u001b", "\ud800", "\udc00x", "\uffff"])(
    "refuses what XML cannot carry: %j",
    (text) => {
      expect(() => xmlOf(commandRequest("SH", text, []))).toThrow(/cannot be sent: XML does not allow it/);
    },
  );
});
