import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import {
  type Authority,
  type IssuedCertificate,
  issueClientCertificate,
  issueServerCertificate,
  openAuthority,
} from "../../tls/certificates";
import { envelope } from "../testing/raw-client";
import { startTestHost, type TestHost } from "../testing/test-host";

const MUTUAL = "http://schemas.dmtf.org/wbem/wsman/1/wsman/secprofile/https/mutual";
const REQUEST = envelope("Create", "<rsp:Shell/>");

let directory: string;
let authority: Authority;
let stranger: Authority;
let host: TestHost;

beforeAll(async () => {
  directory = mkdtempSync(path.join(tmpdir(), "aetherv-client-authority-"));
  authority = await openAuthority(directory);
  const issuer = readFileSync(authority.file, "utf8");
  rmSync(authority.file);
  stranger = await openAuthority(directory);
  host = await startTestHost({ run: async () => 0 }, undefined, {
    service: {
      certificateMappings: [
        { subject: "operator@localhost", issuer, username: "Aetherv" },
        { subject: "gone@localhost", issuer, username: "nobody" },
      ],
    },
  });
});
afterAll(async () => {
  await host.close();
  rmSync(directory, { recursive: true });
});

/** Posts on a connection of its own. */
async function post(certificate: IssuedCertificate | null, authorization = MUTUAL) {
  const client = host.newClient();
  return client.post(REQUEST, { ...certificate, headers: { Authorization: authorization } });
}

test("a mapped certificate is its account", async () => {
  const answer = await post(await issueClientCertificate(authority, "Operator@localhost"));
  expect(answer.status).toBe(200);
  expect(answer.body).toContain("<rsp:Owner>AETHERV</rsp:Owner>");
});

test("counts for the request that says so, and not for the connection", async () => {
  const certificate = await issueClientCertificate(authority, "operator@localhost");
  const client = host.newClient();
  const post = (authorization: string) =>
    client.post(REQUEST, { ...certificate, headers: { Authorization: authorization } });
  expect((await post(MUTUAL)).status).toBe(200);
  expect((await post("")).status).toBe(401);
});

test("each connection that shows one must say that it wants to be known by it", async () => {
  const certificate = await issueClientCertificate(authority, "operator@localhost");
  expect((await post(certificate, "")).status).toBe(401);
  expect((await post(certificate, "Basic")).status).toBe(401);
});

test.each<[string, () => Promise<IssuedCertificate> | null]>([
  ["none", () => null],
  ["that of another subject", () => issueClientCertificate(authority, "other@localhost")],
  [
    "that of another authority of the same name",
    () => issueClientCertificate(stranger, "operator@localhost"),
  ],
  ["one for servers", () => issueServerCertificate(authority, "operator@localhost")],
  ["one whose account is not there", () => issueClientCertificate(authority, "gone@localhost")],
])("refuses %s", async (_what, issue) => {
  const answer = await post(await issue());
  expect([answer.status, answer.headers["www-authenticate"]]).toEqual([
    401,
    'Negotiate, Basic realm="WSMAN"',
  ]);
});

test("refuses one that has expired", async () => {
  const certificate = await issueClientCertificate(authority, "operator@localhost");
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 400 * 86_400_000 });
  try {
    expect((await post(certificate)).status).toBe(401);
  } finally {
    vi.useRealTimers();
  }
});

test("a host without mappings knows nobody by a certificate", async () => {
  const other = await startTestHost({ run: async () => 0 });
  try {
    const certificate = await issueClientCertificate(authority, "operator@localhost");
    const answer = await other.client.post(REQUEST, { ...certificate, headers: { Authorization: MUTUAL } });
    expect(answer.status).toBe(401);
  } finally {
    await other.close();
  }
});
