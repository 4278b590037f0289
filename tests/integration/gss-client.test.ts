import { execFile } from "node:child_process";
import { createHash, X509Certificate } from "node:crypto";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { envelope } from "@/simulator/winrm/testing/raw-client";
import { startTestHost, type TestHost } from "@/simulator/winrm/testing/test-host";

/** Debian's gssapi is installed for Debian's Python only. */
const PYTHON = "/usr/bin/python3";
const CLIENT = path.join(import.meta.dirname, "gss-client.py");
const CREATE = envelope("Create", "<rsp:Shell/>");

let host: TestHost;
beforeAll(async () => {
  host = await startTestHost({ run: async () => 0 }, undefined, { service: { cbtHardeningLevel: "strict" } });
});
afterAll(() => host?.close());

/** Runs the client in its own process; whatever `overrides` leaves out is right. */
function client(overrides: Record<string, unknown>): Promise<unknown> {
  const request = {
    endpoint: `${host.endpoint.httpAddress}/wsman`,
    mechanism: "ntlm",
    ...host.credentials,
    ca: host.caFile,
    certificate_hash: null,
    messages: [CREATE, CREATE.replace("PT20S", "20000"), CREATE],
    ...overrides,
  };
  return new Promise((resolve, reject) => {
    const python = execFile(PYTHON, [CLIENT], (error, stdout, stderr) => {
      if (error) reject(new Error(stderr));
      else resolve(JSON.parse(stdout));
    });
    python.stdin?.end(JSON.stringify(request));
  });
}

const answered = [
  200,
  { status: 200, body: expect.stringContaining("CreateResponse") },
  { status: 500, body: expect.stringContaining('Code="2150858817"') },
  { status: 200, body: expect.stringContaining("CreateResponse") },
];

describe.each(["ntlm", "spnego"])("an outside client by %s", (mechanism) => {
  test("seals over HTTP, and opens what is answered", async () => {
    expect(await client({ mechanism })).toEqual(answered);
  });

  test("is bound to its channel over HTTPS", async () => {
    const endpoint = `${host.endpoint.address}/wsman`;
    const hash = createHash("sha256").update(new X509Certificate(host.certificate).raw).digest("hex");
    expect(await client({ mechanism, endpoint, certificate_hash: hash })).toEqual(answered);
    expect(await client({ mechanism, endpoint, certificate_hash: "00".repeat(32) })).toEqual([401]);
    expect(await client({ mechanism, endpoint })).toEqual([401]);
  });

  test("is refused with a wrong password", async () => {
    expect(await client({ mechanism, password: "wrong" })).toEqual([401]);
  });
});
