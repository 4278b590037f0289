import { readFileSync } from "node:fs";
import { connect } from "node:tls";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { envelope, faultCode } from "./testing/raw-client";
import { startTestHost, type TestHost } from "./testing/test-host";

let host: TestHost;
beforeAll(async () => {
  host = await startTestHost({ run: async () => 0 });
});
afterAll(() => host.close());

const BASIC = `Basic ${Buffer.from("AETHERV:correct horse").toString("base64")}`;
const NO_COLON = Buffer.from("correct horse").toString("base64");
const valid = envelope("Create", "<rsp:Shell/>", { messageId: "uuid:1" });

describe("what HTTP refuses", () => {
  test.each([
    ["no credentials", { headers: { Authorization: "" } }, 401],
    ["another scheme", { headers: { Authorization: "Negotiate AAAA" } }, 401],
    ["credentials that are no base64", { headers: { Authorization: `${BASIC}%` } }, 401],
    ["credentials without a password", { headers: { Authorization: "Basic Og==" } }, 401],
    ["credentials without a colon", { headers: { Authorization: `Basic ${NO_COLON}` } }, 401],
    ["another method", { method: "PUT" }, 405],
    ["another path", { path: "/" }, 404],
    ["another content type", { headers: { "Content-Type": "text/xml" } }, 415],
    ["another encoding", { headers: { "Content-Type": "application/soap+xml;charset=UTF-16" } }, 415],
  ])("%s", async (_what, overrides, status) => {
    const answer = await host.client.post(valid, overrides);
    expect([answer.status, answer.body]).toEqual([status, ""]);
  });

  test("a wrong password, with the challenge that a Windows host gives", async () => {
    const answer = await host.newClient("wrong").post(valid);
    expect(answer.status).toBe(401);
    expect(answer.headers["www-authenticate"]).toBe('Negotiate, Basic realm="WSMAN"');
  });

  test("a message above MaxEnvelopeSize; the host goes on", async () => {
    expect((await host.client.post(`${valid}${" ".repeat(600 * 1024)}`)).status).toBe(413);
    expect((await host.client.post(valid)).status).toBe(200);
  });

  test("garbage in place of HTTP; the host goes on", async () => {
    const tls = connect({ port: host.endpoint.port, host: "localhost", ca: readFileSync(host.caFile) });
    await new Promise((resolve) => tls.once("secureConnect", resolve));
    tls.end("garbage\r\n\r\n");
    await new Promise((resolve) => tls.once("close", resolve).resume());
    expect((await host.client.post(valid)).status).toBe(200);
  });
});

describe("what WS-Management refuses", () => {
  const P = 'xmlns:p="http://schemas.microsoft.com/wbem/wsman/1/wsman.xsd"';
  const withHeader = (element: string) =>
    valid.replace("<w:OptionSet></w:OptionSet>", "").replace("</s:Header>", `${element}</s:Header>`);
  const without = (pattern: RegExp) => valid.replace(pattern, "");

  test.each([
    ["text that is no XML", "hello", 2150858817],
    ["an empty message", "", 2150858817],
    ["bytes that are no UTF-8", Buffer.from(valid.replace("uuid:1", "\u00ff"), "latin1"), 2150858817],
    ["a document type", `<!DOCTYPE s [<!ENTITY x "y">]>${valid.replace(/<\?xml.*?\?>/, "")}`, 2150858817],
    ["a message cut off", valid.slice(0, -20), 2150858817],
    ["no Action", without(/<a:Action.*<\/a:Action>/), 2150858817],
    ["no MessageID", without(/<a:MessageID.*<\/a:MessageID>/), 2150858817],
    ["no To", without(/<a:To.*<\/a:To>/), 2150858817],
    ["no ReplyTo", without(/<a:ReplyTo.*<\/a:ReplyTo>/), 2150858817],
    ["no ResourceURI", without(/<w:ResourceURI.*<\/w:ResourceURI>/), 2150858817],
    ["no Body", without(/<s:Body>.*<\/s:Body>/), 2150858817],
    ["two things in the body", valid.replace("<rsp:Shell/>", "<rsp:Shell/><rsp:Shell/>"), 2150858817],
    ["a timeout in milliseconds", valid.replace("PT20S", "20000"), 2150858817],
    ["an envelope limit that nothing fits", valid.replace("153600", "100"), 2150858817],
    ["a header twice", valid.replace("<a:To>", "<a:To>https://other/wsman</a:To><a:To>"), 2150858817],
    ["an Option without a name", withHeader("<w:OptionSet><w:Option>x</w:Option></w:OptionSet>"), 2150858817],
    [
      "a Selector without a name",
      withHeader("<w:SelectorSet><w:Selector>x</w:Selector></w:SelectorSet>"),
      2150858817,
    ],
    ["a Locale without a language", withHeader('<w:Locale s:mustUnderstand="false"/>'), 2150858817],
    ["a SessionId that is no uuid", withHeader(`<p:SessionId ${P}>uuid:1</p:SessionId>`), 2150858817],
    ["an unknown resource", valid.replace("shell/cmd<", "shell/other<"), 2150858752],
    ["an unknown action", valid.replace("transfer/Create<", "transfer/Put<"), 2150858753],
    [
      "SOAP 1.1",
      valid.replaceAll(
        "http://www.w3.org/2003/05/soap-envelope",
        "http://schemas.xmlsoap.org/soap/envelope/",
      ),
      2150858765,
    ],
    [
      "a header it must understand and does not",
      valid.replace("</s:Header>", '<x s:mustUnderstand="true"/></s:Header>'),
      2150858768,
    ],
  ])("%s", async (_what, body, code) => {
    const answer = await host.client.post(body);
    expect([answer.status, faultCode(answer)]).toEqual([500, code]);
    expect(answer.body).toContain("<a:Action>http://schemas.dmtf.org/wbem/wsman/1/wsman/fault</a:Action>");
  });

  test("a fault relates to its request", async () => {
    const answer = await host.client.post(valid.replace("PT20S", "20000"));
    expect(answer.body).toContain("<a:RelatesTo>uuid:1</a:RelatesTo>");
  });

  test("any mutation of a message is answered", async () => {
    const mutation = fc.record({
      at: fc.nat({ max: valid.length }),
      remove: fc.nat({ max: 40 }),
      insert: fc.oneof(fc.string({ maxLength: 8 }), fc.constantFrom("<", "&#0;", "</s:Body>", "]]>", "<!--")),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(mutation, { minLength: 1, maxLength: 4 }), async (mutations) => {
        const body = mutations.reduce(
          (text, { at, remove, insert }) => text.slice(0, at) + insert + text.slice(at + remove),
          valid,
        );
        expect([200, 500]).toContain((await host.client.post(body)).status);
        if (host.endpoint.wireRecord().open_shells >= 25) {
          await host.endpoint.powerOff();
          await host.endpoint.powerOn();
        }
      }),
      { numRuns: 300 },
    );
  });
});
