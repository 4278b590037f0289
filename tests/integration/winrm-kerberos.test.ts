import { readFileSync } from "node:fs";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { KerberosContext } from "@/lib/winrm/authentication/kerberos";
import { WinrmClient } from "@/lib/winrm/client";
import type { Engine } from "@/simulator/engine";
import type { ServiceSettings } from "@/simulator/winrm/service-settings";
import { startTestHost, type TestHost } from "@/simulator/winrm/testing/test-host";
import { AlteringProxy } from "@/tests/support/altering-proxy";
import { KerberosRealm } from "@/tests/support/kerberos-realm";
import { kerberosScheme } from "@/tests/support/kerberos-scheme";
import { createAuthority } from "@/tests/support/tls-certificates";

let realm: KerberosRealm;
const closers: (() => unknown)[] = [];
const engine: Engine = {
  async run(_host, _start, { stdin, stdout }) {
    for await (const chunk of stdin) stdout(chunk);
    return 0;
  },
};

beforeAll(async () => {
  realm = await KerberosRealm.start();
  // GSS-API reads the environment of the process; this one is the test's own.
  Object.assign(process.env, realm.environment);
  realm.addService("HTTP/localhost");
  realm.addUser("aetherv");
});

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
  realm.forgetTickets();
});

afterAll(() => realm.stop());

async function startHost(service: Partial<ServiceSettings>): Promise<TestHost> {
  const host = await startTestHost(engine, undefined, { service });
  closers.push(() => host.close());
  return host;
}

function connect(
  host: TestHost,
  {
    username = realm.principal("aetherv"),
    url = `${host.endpoint.address}/wsman`,
    ca = readFileSync(host.caFile, "utf8"),
  } = {},
): WinrmClient {
  const client = new WinrmClient({ url, authentication: "kerberos", username, tls: { ca } });
  closers.push(() => client.close());
  return client;
}

async function echo(client: WinrmClient, text: string): Promise<string> {
  const shell = await client.openShell();
  const chunks: Uint8Array[] = [];
  try {
    await shell.run({ command: "echo", stdin: Buffer.from(text), onStdout: (chunk) => chunks.push(chunk) });
    return Buffer.concat(chunks).toString("utf8");
  } finally {
    await shell.close();
  }
}

describe("Kerberos over https, with a real KDC", () => {
  it.each(["connection", "request"] as const)("logs on where a logon counts for a %s", async (holdsFor) => {
    const host = await startHost({ schemes: [kerberosScheme(holdsFor)] });
    const text = "äöü".repeat(100_000);
    expect(await echo(connect(host), text)).toBe(text);
    const { requests, open_shells } = host.endpoint.wireRecord();
    expect(open_shells).toBe(0);
    expect(requests).toMatchObject({ Create: 1, Command: 1, Signal: 1, Delete: 1 });
    // Where it counts for the connection, nothing is refused; else what was refused goes over another one.
    expect(requests.refused !== undefined).toBe(holdsFor === "request");
  });

  it("logs on under the name Kerberos, where the host does not offer Negotiate", async () => {
    const host = await startHost({ schemes: [kerberosScheme("connection", { name: "Kerberos" })] });
    const authority = await createAuthority();
    const proxy = await AlteringProxy.start(`${host.endpoint.address}/wsman`, {
      certificate: await authority.issue(["localhost"]),
      ca: readFileSync(host.caFile, "utf8"),
    });
    closers.push(() => proxy.stop());
    proxy.alterRequest = ({ headers }) => {
      if (headers.authorization?.toString().startsWith("Negotiate")) delete headers.authorization;
    };
    proxy.alterAnswer = (answer) => {
      if (answer.headers["www-authenticate"]?.toString().includes("Negotiate")) {
        answer.headers["www-authenticate"] = "Kerberos";
      }
    };
    expect(await echo(connect(host, { url: proxy.url, ca: authority.ca }), "hello")).toBe("hello");
  });

  it("does not believe a host that does not prove itself", async () => {
    const host = await startHost({ schemes: [kerberosScheme("connection", { forget: true })] });
    await expect(connect(host).openShell()).rejects.toMatchObject({ reason: "host_not_proven" });
  });

  it("does not believe a host that proves itself by something else", async () => {
    const context = new KerberosContext({ principal: realm.principal("aetherv"), service: "HTTP@localhost" });
    await context.step(null);
    await expect(context.step(Buffer.from("6081990609", "hex"))).rejects.toThrow(/Kerberos says/);
    expect(context.isComplete).toBe(false);
  });

  it("is told of a ticket that the host refuses, as its key has changed since", async () => {
    const host = await startHost({ schemes: [kerberosScheme("connection")] });
    realm.addService("HTTP/other");
    realm.changeKey("HTTP/localhost");
    const failure = await connect(host)
      .openShell()
      .catch((error: unknown) => error);
    realm.addService("HTTP/localhost");
    expect(failure).toMatchObject({
      kind: "authentication",
      reason: "wrong_credentials",
      message: "The host refused the Kerberos ticket (Negotiate).",
      next: expect.stringContaining("setspn"),
      sent: false,
    });
  });

  it("says that the KDC does not know the service", async () => {
    const context = new KerberosContext({ principal: null, service: "HTTP@elsewhere" });
    await expect(context.step(null)).rejects.toMatchObject({
      reason: "principal_unknown",
      message: "Kerberos cannot log on to HTTP@elsewhere: the KDC knows no such service.",
      sent: false,
    });
  });

  it("says that there is no ticket for the account, and does not log on as another one", async () => {
    const host = await startHost({ schemes: [kerberosScheme("connection")] });
    await expect(connect(host, { username: realm.principal("nobody") }).openShell()).rejects.toMatchObject({
      reason: "no_ticket",
      next: expect.stringContaining("kinit"),
    });
  });

  it.each([
    ["Clock skew too great", "clock_skew", /time server/],
    ["Clock skew too great in KDC reply", "clock_skew", /time server/],
    ["Cannot contact any KDC for realm 'CONTOSO.EXAMPLE'", "kdc_unreachable", /port 88/],
    ["Ticket expired", "no_ticket", /kinit/],
    ["No Kerberos credentials available (default cache: FILE:/tmp/krb5cc_0)", "no_ticket", /kinit/],
    ["Server not found in Kerberos database", "principal_unknown", /setspn/],
  ])("knows what GSS-API means by %j", async (words, reason, next) => {
    const minor = "Unspecified GSS failure.  Minor code may provide more information";
    const initializeClient = async () => {
      throw new Error(`${minor}: ${words}`);
    };
    vi.doMock("kerberos", () => ({ default: { initializeClient } }));
    const context = new KerberosContext({ principal: null, service: "HTTP@localhost" });
    await expect(context.step(null)).rejects.toMatchObject({
      kind: "authentication",
      reason,
      next: expect.stringMatching(next),
    });
    vi.doUnmock("kerberos");
  });

  it("says how to get the package where it is not installed", async () => {
    vi.doMock("kerberos", () => {
      throw new Error("Cannot find package 'kerberos'");
    });
    const context = new KerberosContext({ principal: null, service: "HTTP@localhost" });
    await expect(context.step(null)).rejects.toMatchObject({
      reason: "kerberos_missing",
      next: expect.stringMatching(/libkrb5-dev.*npm install/),
      sent: false,
    });
    vi.doUnmock("kerberos");
  });
});
