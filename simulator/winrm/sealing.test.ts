import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { QUOTA_PRESETS } from "./quotas";
import { type NegotiatedClient, ntlmMessageIn, tokenOf } from "./testing/negotiated-client";
import type { NtlmOptions } from "./testing/ntlm-client";
import { envelope } from "./testing/raw-client";
import { startTestHost, type TestHost } from "./testing/test-host";

const CREATE = envelope("Create", "<rsp:Shell/>", { messageId: "uuid:1" });
const WRONG_TIMEOUT = CREATE.replace("PT20S", "20000");

let host: TestHost;
beforeAll(async () => {
  host = await startTestHost({ run: async () => 0 }, QUOTA_PRESETS.recorded);
});
afterAll(() => host.close());
afterEach(() => vi.useRealTimers());

async function authenticated(
  wrapping: "raw" | "spnego" = "raw",
  scheme: "http" | "https" = "http",
  options: Partial<NtlmOptions> = {},
): Promise<NegotiatedClient> {
  const client = host.negotiatedClient(scheme, options);
  expect((await client.authenticate(wrapping)).status).toBe(200);
  return client;
}

describe.each(["raw", "spnego"] as const)("messages sealed after %s NTLM", (wrapping) => {
  test.each(["http", "https"] as const)(
    "pass in order over %s, answers and faults sealed",
    async (scheme) => {
      const client = await authenticated(wrapping, scheme);
      for (let round = 0; round < 3; round += 1) {
        const created = await client.postSealed(CREATE);
        expect(created.status).toBe(200);
        expect(created.body).toContain("<a:RelatesTo>uuid:1</a:RelatesTo>");
        const fault = await client.postSealed(WRONG_TIMEOUT);
        expect(fault.status).toBe(500);
        expect(fault.body).toContain('Code="2150858817"');
      }
    },
  );

  test("with 56-bit and with 40-bit keys, and without key exchange", async () => {
    for (const flags of [0xc2088235, 0x42088235, 0xa2088235]) {
      const client = await authenticated(wrapping, "http", { flags });
      expect((await client.postSealed(CREATE)).status).toBe(200);
      expect((await client.postSealed(CREATE)).status).toBe(200);
    }
  });

  test("each change of a sealed message is refused, and the connection with it", async () => {
    const changes: [string, (token: Buffer) => void][] = [
      ["version", (token) => token.writeUInt8(2, 4)],
      ["checksum", (token) => token.writeUInt8(token.readUInt8(8) ^ 1, 8)],
      ["sequence number", (token) => token.writeUInt8(token.readUInt8(16) + 1, 16)],
      ["ciphertext", (token) => token.writeUInt8(token.readUInt8(40) ^ 1, 40)],
      ["length of the signature", (token) => token.writeUInt32LE(15, 0)],
      ["a signature longer than all", (token) => token.writeUInt32LE(0xffffffff, 0)],
    ];
    for (const [what, change] of changes) {
      const client = await authenticated(wrapping);
      const answer = await client.postAsSealed(client.seal(CREATE, change));
      expect([what, answer.status, answer.body.length]).toEqual([what, 400, 0]);
      expect(answer.headers.connection).toBe("close");
      expect((await client.post(CREATE)).status).toBe(401);
    }
  });

  test("a message that is repeated, and one that overtakes another", async () => {
    const repeating = await authenticated(wrapping);
    const message = repeating.seal(CREATE);
    expect((await repeating.postAsSealed(message)).status).toBe(200);
    expect((await repeating.postAsSealed(message)).status).toBe(400);

    const overtaking = await authenticated(wrapping);
    overtaking.seal(CREATE);
    expect((await overtaking.postAsSealed(overtaking.seal(CREATE))).status).toBe(400);
  });
});

describe("over plain HTTP", () => {
  test("what is not sealed is answered with 500 and nothing, as where AllowUnencrypted is false", async () => {
    const client = await authenticated();
    const answer = await client.post(CREATE);
    expect([answer.status, answer.body.length]).toEqual([500, 0]);
    expect((await client.postSealed(CREATE)).status).toBe(200);
  });

  test("so is a message that comes with the end of the handshake, unless it is sealed", async () => {
    const plain = host.negotiatedClient("http");
    expect((await plain.authenticate("raw", CREATE)).status).toBe(500);

    const client = host.negotiatedClient("http");
    const message = client.ntlm.answer(ntlmMessageIn(tokenOf(await client.negotiate(client.ntlm.first))));
    const type =
      'multipart/encrypted;protocol="application/HTTP-SPNEGO-session-encrypted";boundary="Encrypted Boundary"';
    const answer = await client.post(client.seal(CREATE), {
      Authorization: `Negotiate ${message.toString("base64")}`,
      "Content-Type": type,
    });
    expect(answer.status).toBe(200);
    expect(client.open(answer)).toContain("CreateResponse");
  });

  test("Basic is neither offered nor taken", async () => {
    const { username, password } = host.credentials;
    const authorization = `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`;
    const answer = await host.negotiatedClient("http").post(CREATE, { Authorization: authorization });
    expect([answer.status, answer.headers["www-authenticate"]]).toEqual([401, "Negotiate"]);
  });

  test("a host that allows unencrypted traffic takes both", async () => {
    const open = await startTestHost({ run: async () => 0 }, undefined, {
      service: { allowUnencrypted: true },
    });
    try {
      const { username, password } = open.credentials;
      const authorization = `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`;
      const basic = await open.negotiatedClient("http").post(CREATE, { Authorization: authorization });
      expect(basic.status).toBe(200);
      expect((await open.negotiatedClient("http").authenticate("raw", CREATE)).status).toBe(200);
    } finally {
      await open.close();
    }
  });

  test("a connection without sealing carries no sealed message", async () => {
    const client = await authenticated("raw", "http", { flags: 0xe2088215 });
    expect((await client.postAsSealed(client.seal(CREATE))).status).toBe(400);
  });
});

describe("a connection whose context is gone", () => {
  test("has 400 and nothing for a sealed message", async () => {
    const client = host.negotiatedClient("http");
    const answer = await client.postAsSealed(Buffer.from("whatever"));
    expect([answer.status, answer.body.length]).toEqual([400, 0]);
    expect(answer.headers["www-authenticate"]).toBeUndefined();
  });

  test("is one that was idle for 125 seconds, and not one that was for less", async () => {
    vi.useFakeTimers({ toFake: ["Date"] });
    const client = await authenticated();
    vi.setSystemTime(Date.now() + 125_000);
    expect((await client.postSealed(CREATE)).status).toBe(200);
    vi.setSystemTime(Date.now() + 125_001);
    const answer = await client.postAsSealed(client.seal(CREATE));
    expect([answer.status, answer.body.length]).toEqual([400, 0]);
  });

  test("a handshake on it is all that it needs", async () => {
    vi.useFakeTimers({ toFake: ["Date"] });
    const client = await authenticated();
    vi.setSystemTime(Date.now() + 200_000);
    expect((await client.authenticate("spnego")).status).toBe(200);
    expect((await client.postSealed(CREATE)).status).toBe(200);
  });
});

describe("the body of a sealed message", () => {
  const swap = (body: Buffer, from: string, to: string) =>
    Buffer.from(body.toString("latin1").replace(from, to), "latin1");

  test.each<[string, (body: Buffer) => Buffer]>([
    ["no end", (body) => body.subarray(0, -4)],
    [
      "another length",
      (body) => swap(body, /Length=\d+/.exec(body.toString("latin1"))?.[0] ?? "", "Length=7"),
    ],
    ["another end", (body) => swap(body, "Boundary--\r\n", "Boundary\r\n--")],
    ["no length", (body) => swap(body, "Length=", "Size=")],
    ["another protocol in its part", (body) => swap(body, "SPNEGO", "CredSSP")],
    ["nothing", () => Buffer.alloc(0)],
    ["no parts", () => Buffer.from("--Encrypted Boundary--\r\n")],
    ["no token", (body) => Buffer.concat([body.subarray(0, body.indexOf("stream") + 8), body.subarray(-24)])],
  ])("is refused with %s", async (_what, change) => {
    const client = await authenticated();
    expect((await client.postAsSealed(change(client.seal(CREATE)))).status).toBe(400);
  });

  test.each([
    'multipart/encrypted;protocol="application/HTTP-SPNEGO-session-encrypted";boundary="x"',
    'multipart/encrypted;protocol="application/HTTP-CredSSP-session-encrypted";boundary="Encrypted Boundary"',
    'multipart/encrypted;boundary="Encrypted Boundary"',
  ])("is refused as %s", async (type) => {
    const client = await authenticated();
    expect((await client.post(client.seal(CREATE), { "Content-Type": type })).status).toBe(400);
  });

  test("is refused with a protocol that is not that of the handshake", async () => {
    const client = await authenticated();
    const body = swap(client.seal(CREATE), "SPNEGO", "CredSSP");
    const type =
      'multipart/encrypted;protocol="application/HTTP-CredSSP-session-encrypted";boundary="Encrypted Boundary"';
    expect((await client.post(body, { "Content-Type": type })).status).toBe(400);
  });

  test("may look like a boundary where it is ciphertext", async () => {
    const client = await authenticated();
    // The key stream makes this plaintext into the text of a boundary.
    const stream = client.ntlm.streamAhead(60);
    const wanted = Buffer.from(
      "--Encrypted Boundary--\r\n\tContent-Type: application/octet-stream\r\n",
    ).subarray(0, 60);
    const message = Buffer.from(wanted.map((byte, index) => byte ^ (stream[index] ?? 0)));
    const body = client.sealBytes(message);
    expect(body.includes(wanted)).toBe(true);
    const answer = await client.postAsSealed(body);
    expect(answer.status).toBe(500);
    expect(client.open(answer)).toContain('Code="2150858817"');
  });

  test("is 413 above MaxEnvelopeSize, by what is in it", async () => {
    const client = await authenticated();
    const padded = (bytes: number) => CREATE + " ".repeat(bytes - Buffer.byteLength(CREATE));
    expect((await client.postSealed(padded(500 * 1024))).status).toBe(200);
    expect((await client.postSealed(padded(500 * 1024 + 1))).status).toBe(413);
  });
});
