import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  mechanismList,
  type NegotiatedClient,
  negTokenInit,
  negTokenResponse,
  ntlmMessageIn,
  tokenOf,
} from "../testing/negotiated-client";
import type { NtlmOptions } from "../testing/ntlm-client";
import { envelope } from "../testing/raw-client";
import { startTestHost, type TestHost } from "../testing/test-host";

const OFFERS = 'Negotiate, Basic realm="WSMAN"';
const REQUEST = envelope("Create", "<rsp:Shell/>");

/** A message after something was written into it. */
const written = (write: (message: Buffer) => void) => (message: Buffer) => {
  write(message);
  return message;
};

let host: TestHost;
let strict: TestHost;
beforeAll(async () => {
  host = await startTestHost({ run: async () => 0 });
  strict = await startTestHost({ run: async () => 0 }, undefined, {
    service: { cbtHardeningLevel: "strict" },
  });
});
afterAll(async () => {
  await host.close();
  await strict.close();
});

describe.each(["raw", "spnego"] as const)("NTLM over HTTPS, %s", (wrapping) => {
  const client = (options: Partial<NtlmOptions> = {}) => host.negotiatedClient("https", options);
  const outcome = async (options: Partial<NtlmOptions>, of = host) => {
    const made = of.negotiatedClient("https", options);
    const { status, headers } = await made.authenticate(wrapping, REQUEST);
    if (status === 401) expect(headers["www-authenticate"]).toBe(OFFERS);
    return status;
  };

  test("is known for all that comes over its connection, and for nothing else", async () => {
    const first = client();
    expect((await first.authenticate(wrapping, REQUEST)).status).toBe(200);
    expect((await first.post(REQUEST)).status).toBe(200);
    const second = await client().post(REQUEST);
    expect([second.status, second.headers["www-authenticate"]]).toEqual([401, OFFERS]);
  });

  test("a handshake without a message ends with 200 and nothing", async () => {
    const answer = await client().authenticate(wrapping);
    expect([answer.status, answer.body.length]).toEqual([200, 0]);
  });

  test("the challenge is new each time, and tells the host's name and time", async () => {
    const challenges = await Promise.all(
      [client(), client()].map(async (each) => ntlmMessageIn(tokenOf(await each.negotiate(each.ntlm.first)))),
    );
    const [one, two] = challenges.map((message) => message.subarray(24, 32).toString("hex"));
    expect(one).not.toBe(two);
    expect(challenges[0]?.includes(Buffer.from("HV01", "utf16le"))).toBe(true);
    expect(challenges[0]?.includes(Buffer.from("07000800", "hex"))).toBe(true);
  });

  test.each<[string, Partial<NtlmOptions>]>([
    ["another case of the name", { user: "aetherv" }],
    ["the host's name as its domain", { domain: "HV01" }],
    ["any domain: there is none here", { domain: "CONTOSO" }],
    ["no announcement of a MIC", { mic: "not announced" }],
    ["no key exchange", { flags: 0xa2088235 }],
    ["56-bit keys", { flags: 0xc2088235 }],
    ["names in OEM characters", { flags: 0xe2088236 }],
  ])("takes %s", async (_what, options) => {
    expect(await outcome(options)).toBe(200);
  });

  test.each<[string, Partial<NtlmOptions>]>([
    ["a wrong password", { password: "wrong" }],
    ["a wrong password without a MIC", { password: "wrong", mic: "not announced" }],
    ["an unknown user", { user: "nobody", password: "" }],
    ["no user", { user: "", password: "" }],
    ["a wrong MIC", { mic: "wrong" }],
    ["a MIC that is announced and missing", { mic: "missing" }],
    ["a response of yesterday but one", { timestamp: 0n }],
    ["no extended session security", { flags: 0xe2008235 }],
    ["a response of another length", { spoil: written((message) => message.writeUInt16LE(24, 20)) }],
    ["a field outside of the message", { spoil: written((message) => message.writeUInt32LE(1e9, 24)) }],
    ["a message that breaks off", { mic: "missing", spoil: (message) => message.subarray(0, 60) }],
  ])("refuses %s", async (_what, options) => {
    expect(await outcome(options)).toBe(401);
    expect((await host.negotiatedClient("https", options).post(REQUEST)).status).toBe(401);
  });

  test("after a refusal the connection knows nobody", async () => {
    const spoilt = client({ mic: "wrong" });
    expect((await spoilt.authenticate(wrapping, REQUEST)).status).toBe(401);
    expect((await spoilt.post(REQUEST)).status).toBe(401);
  });

  test("the channel's bindings may be missing, and must be those of this host's certificate", async () => {
    expect(await outcome({})).toBe(200);
    expect(await outcome({ boundTo: host.certificate })).toBe(200);
    expect(await outcome({ boundTo: strict.certificate })).toBe(401);
  });

  test("a host with CbtHardeningLevel Strict wants them", async () => {
    expect(await outcome({}, strict)).toBe(401);
    expect(await outcome({ boundTo: strict.certificate }, strict)).toBe(200);
    expect(await outcome({ boundTo: host.certificate }, strict)).toBe(401);
  });
});

describe("tokens", () => {
  const afterChallenge = async (client: NegotiatedClient, wrapping: "raw" | "spnego") => {
    const first =
      wrapping === "raw" ? client.ntlm.first : negTokenInit(mechanismList("ntlm"), client.ntlm.first);
    return client.ntlm.answer(ntlmMessageIn(tokenOf(await client.negotiate(first))));
  };

  test.each([
    ["no token", ""],
    ["no base64", "%%%"],
    ["an AUTHENTICATE_MESSAGE before any challenge", Buffer.from("NTLMSSP\0\x03\0\0\0").toString("base64")],
    ["a NegTokenInit that breaks off", "YIIBAA=="],
    ["a NegTokenInit without NTLM", negTokenInit(mechanismList("kerberos"), null).toString("base64")],
  ])("%s", async (_what, token) => {
    const answer = await host.negotiatedClient().post(REQUEST, { Authorization: `Negotiate ${token}` });
    expect(answer.status).toBe(401);
  });

  test("an AUTHENTICATE_MESSAGE is good for one connection, and once", async () => {
    const [one, two] = [host.negotiatedClient(), host.negotiatedClient()];
    const message = await afterChallenge(one, "raw");
    await afterChallenge(two, "raw");
    expect((await two.negotiate(message, REQUEST)).status).toBe(401);
    expect((await one.negotiate(message, REQUEST)).status).toBe(200);
    expect((await one.negotiate(message, REQUEST)).status).toBe(401);
    expect((await one.post(REQUEST)).status).toBe(401);
  });

  test("a new handshake takes the place of one that was begun", async () => {
    const client = host.negotiatedClient();
    await client.negotiate(client.ntlm.first);
    expect((await client.authenticate("raw", REQUEST)).status).toBe(200);
  });

  test("the signature of the list of mechanisms is verified", async () => {
    const client = host.negotiatedClient();
    const message = await afterChallenge(client, "spnego");
    const mic = client.ntlm.sign(mechanismList("kerberos"));
    expect((await client.negotiate(negTokenResponse(message, mic), REQUEST)).status).toBe(401);
  });

  test("may be left out, as long as NTLM is what the client prefers", async () => {
    const client = host.negotiatedClient();
    const message = await afterChallenge(client, "spnego");
    expect((await client.negotiate(negTokenResponse(message), REQUEST)).status).toBe(200);
  });

  test.each([true, false])(
    "a client that prefers Kerberos comes to NTLM; signs the list: %s",
    async (signs) => {
      const client = host.negotiatedClient();
      const list = mechanismList("kerberos", "ntlm");
      const hint = tokenOf(await client.negotiate(negTokenInit(list, Buffer.from("a Kerberos token"))));
      // negState request-mic, supportedMech NTLMSSP
      expect(hint.toString("hex")).toContain("0a0103");
      expect(hint.toString("hex")).toContain("2b06010401823702020a");
      const challenge = tokenOf(await client.negotiate(negTokenResponse(client.ntlm.first)));
      const message = client.ntlm.answer(ntlmMessageIn(challenge));
      const mic = signs ? client.ntlm.sign(list) : undefined;
      const answer = await client.negotiate(negTokenResponse(message, mic), REQUEST);
      expect(answer.status).toBe(signs ? 200 : 401);
    },
  );
});

test("what the wire record calls a handshake is no refusal", async () => {
  const before = host.endpoint.wireRecord().requests;
  await host.negotiatedClient().authenticate("raw");
  const { handshake = 0, refused } = host.endpoint.wireRecord().requests;
  expect([handshake - (before.handshake ?? 0), refused]).toEqual([2, before.refused]);
});
