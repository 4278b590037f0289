import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { WinrmClient, type WinrmEndpoint } from "@/lib/winrm/client";
import type { Engine } from "@/simulator/engine";
import { issueClientCertificate, openAuthority } from "@/simulator/tls/certificates";
import type { ServiceSettings } from "@/simulator/winrm/service-settings";
import { startTestHost, type TestHost } from "@/simulator/winrm/testing/test-host";
import { AlteringProxy } from "@/tests/support/altering-proxy";
import { createAuthority } from "@/tests/support/tls-certificates";

const closers: (() => unknown)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

/** Says its input back, and counts how often it was started. */
class Echo implements Engine {
  started = 0;

  async run(...[, , io]: Parameters<Engine["run"]>): Promise<number> {
    this.started += 1;
    for await (const chunk of io.stdin) io.stdout(chunk);
    return 0;
  }
}

async function startHost(service: Partial<ServiceSettings> = {}) {
  const engine = new Echo();
  const host = await startTestHost(engine, undefined, { service });
  closers.push(() => host.close());
  return { engine, host, ca: readFileSync(host.caFile, "utf8") };
}

async function intercept(...given: Parameters<typeof AlteringProxy.start>): Promise<AlteringProxy> {
  const proxy = await AlteringProxy.start(...given);
  closers.push(() => proxy.stop());
  return proxy;
}

type Scheme = "basic" | "negotiate" | "ntlm";

function connect(
  host: TestHost,
  url: string,
  scheme: Scheme,
  more: Partial<WinrmEndpoint> = {},
): WinrmClient {
  const { username, password } = host.credentials;
  const endpoint = { url, authentication: scheme, username, password: { reveal: () => password }, ...more };
  const client = new WinrmClient(endpoint as WinrmEndpoint);
  closers.push(() => client.close());
  return client;
}

/** Opens a shell, has it say something back, and closes it. */
async function echo(client: WinrmClient, text: string): Promise<string> {
  const shell = await client.openShell();
  const chunks: Uint8Array[] = [];
  try {
    const stdin = Buffer.from(text);
    await shell.run({ command: "echo", stdin, onStdout: (chunk) => chunks.push(chunk) });
    return Buffer.concat(chunks).toString("utf8");
  } finally {
    await shell.close();
  }
}

describe.each<Scheme>(["basic", "negotiate", "ntlm"])("%s over https", (scheme) => {
  it("runs a command, its messages in both directions larger than one envelope", async () => {
    const { host, ca } = await startHost({ cbtHardeningLevel: "strict" });
    const client = connect(host, `${host.endpoint.address}/wsman`, scheme, { tls: { ca } });
    const text = "äöü".repeat(200_000);
    expect(await echo(client, text)).toBe(text);
    expect(host.endpoint.wireRecord()).toMatchObject({ open_shells: 0 });
  });

  it("says that user name or password are wrong, having started nothing", async () => {
    const { host, ca } = await startHost();
    const password = { reveal: () => "canary-wrong" };
    const client = connect(host, `${host.endpoint.address}/wsman`, scheme, { tls: { ca }, password });
    const failure = await client.openShell().catch((error: Error) => error);
    expect(failure).toMatchObject({
      kind: "authentication",
      reason: "wrong_credentials",
      sent: false,
      next: expect.stringMatching(/password/),
    });
    expect(JSON.stringify([failure, (failure as Error).message, (failure as Error).stack])).not.toContain(
      "canary",
    );
    expect(host.endpoint.wireRecord().open_shells).toBe(0);
  });
});

describe.each<Scheme>(["negotiate", "ntlm"])("%s over http", (scheme) => {
  it("seals every message, large ones and faults too", async () => {
    const { host } = await startHost();
    const proxy = await intercept(`${host.endpoint.httpAddress}/wsman`);
    const client = connect(host, proxy.url, scheme);
    const text = "canary ".repeat(100_000);
    expect(await echo(client, text)).toBe(text);
    const crossed = Buffer.concat(proxy.bodies).toString("latin1");
    expect(proxy.bodies.every((body) => body.includes("--Encrypted Boundary\r\n"))).toBe(true);
    for (const word of ["Envelope", "canary", Buffer.from("canary ca").toString("base64")]) {
      expect(crossed).not.toContain(word);
    }
    const shell = await client.openShell();
    host.endpoint.faults.add({ kind: "quota", nth: 1, times: 1, when: "before", delayMs: 0 });
    await expect(shell.run({ command: "echo" })).rejects.toMatchObject({ kind: "quota" });
    await shell.close();
  });

  it("logs each connection on once, and no body leaves before", async () => {
    const { host } = await startHost();
    const proxy = await intercept(`${host.endpoint.httpAddress}/wsman`);
    const client = connect(host, proxy.url, scheme);
    await echo(client, "one");
    await echo(client, "two");
    const handshakes = proxy.requests.filter(({ headers }) => headers.authorization !== undefined);
    expect(handshakes).toHaveLength(2 * proxy.connections);
    expect(handshakes.every(({ body }) => body.length === 0)).toBe(true);
  });

  it("refuses a wrong password", async () => {
    const { host } = await startHost();
    const password = { reveal: () => "wrong" };
    const client = connect(host, `${host.endpoint.httpAddress}/wsman`, scheme, { password });
    await expect(client.openShell()).rejects.toMatchObject({ reason: "wrong_credentials", sent: false });
  });

  it.each<[string, (proxy: AlteringProxy) => void]>([
    [
      "whose sealed bytes were altered",
      (proxy) => {
        proxy.alterAnswer = ({ body }) => {
          if (body.length > 0) body.writeUInt8(body.readUInt8(body.length - 40) ^ 1, body.length - 40);
        };
      },
    ],
    [
      "whose signature was altered",
      (proxy) => {
        proxy.alterAnswer = ({ body }) => {
          const at = body.indexOf("octet-stream\r\n") + 14 + 8;
          if (body.length > 0) body.writeUInt8(body.readUInt8(at) ^ 1, at);
        };
      },
    ],
    [
      "that was put in place of it, readable",
      (proxy) => {
        proxy.alterAnswer = (answer) => {
          if (answer.body.length === 0) return;
          answer.body = Buffer.from("<s:Envelope/>");
          answer.headers["content-type"] = "application/soap+xml;charset=UTF-8";
        };
      },
    ],
    [
      "that was given before",
      (proxy) => {
        let first: Buffer | null = null;
        proxy.alterAnswer = (answer) => {
          if (answer.body.length === 0) return;
          first ??= answer.body;
          answer.body = first;
        };
      },
    ],
  ])("does not believe an answer %s", async (_, interfere) => {
    const { host } = await startHost();
    const proxy = await intercept(`${host.endpoint.httpAddress}/wsman`);
    interfere(proxy);
    const client = connect(host, proxy.url, scheme);
    const work = client.openShell().then((shell) => shell.run({ command: "echo" }));
    await expect(work).rejects.toMatchObject({ kind: "protocol", reason: "host_not_proven" });
  });

  it("gets an altered message of its own refused, and nothing is done", async () => {
    const { host, engine } = await startHost();
    const proxy = await intercept(`${host.endpoint.httpAddress}/wsman`);
    proxy.alterRequest = ({ body }) => {
      if (body.length > 0) body.writeUInt8(body.readUInt8(body.length - 40) ^ 1, body.length - 40);
    };
    await expect(connect(host, proxy.url, scheme).openShell()).rejects.toMatchObject({
      kind: "authentication",
      sent: false,
    });
    expect(engine.started).toBe(0);
    expect(host.endpoint.wireRecord().open_shells).toBe(0);
  });

  it("sends messages readable only when told to in so many words, and the host then has to allow it", async () => {
    const allowing = await startHost({ allowUnencrypted: true });
    const proxy = await intercept(`${allowing.host.endpoint.httpAddress}/wsman`);
    const plaintext = { allowPlaintextThatTheNetworkCanReadAndChange: true };
    expect(await echo(connect(allowing.host, proxy.url, scheme, plaintext), "readable")).toBe("readable");
    expect(Buffer.concat(proxy.bodies).toString()).toContain("<s:Envelope");
    const refusing = await startHost();
    const url = `${refusing.host.endpoint.httpAddress}/wsman`;
    await expect(connect(refusing.host, url, scheme, plaintext).openShell()).rejects.toMatchObject({
      kind: "authentication",
      reason: "unencrypted_refused",
      message: expect.stringContaining("AllowUnencrypted is false"),
      sent: false,
    });
  });
});

describe("a host that forgets a client", () => {
  type Action = "Create" | "Command" | "Send" | "Receive" | "Signal" | "Delete";
  const begin = async (protocol: "http" | "https", action: Action) => {
    const { host, engine, ca } = await startHost();
    const address = protocol === "https" ? host.endpoint.address : host.endpoint.httpAddress;
    const client = connect(host, `${address}/wsman`, "negotiate", { tls: { ca } });
    expect(await echo(client, "one")).toBe("one");
    const { requests: before } = host.endpoint.wireRecord();
    host.endpoint.faults.add({
      kind: "context_lost",
      action,
      nth: 1,
      times: 1,
      when: "before",
      delayMs: 0,
    });
    /** What was refused is counted as a request, too. */
    const countOf = ({ requests }: { requests: Readonly<Record<string, number>> }) =>
      (requests[action] ?? 0) - (before[action] ?? 0);
    return { host, engine, client, countOf };
  };
  const once: Action[] = ["Command", "Send"];
  const repeated: Action[] = ["Create", "Receive", "Signal", "Delete"];

  it.each([
    ...repeated.map((action) => ["http", action] as const),
    ...[...once, ...repeated].map((action) => ["https", action] as const),
  ])("over %s just before a %s is logged on to anew, and does everything once", async (protocol, action) => {
    const { host, engine, client, countOf } = await begin(protocol, action);
    const { requests } = host.endpoint.wireRecord();
    const usual = requests[action] ?? 0;
    expect(await echo(client, "two")).toBe("two");
    const after = host.endpoint.wireRecord();
    expect(after.faults).toEqual({ context_lost: 1 });
    expect(after.open_shells).toBe(0);
    expect(engine.started).toBe(2);
    // How often output is asked for depends on how it comes.
    if (action !== "Receive") expect(countOf(after)).toBe(usual + 1);
  });

  it.each(once)(
    "over http just before a %s may be somebody between: it is not sent again",
    async (action) => {
      const { host, client, countOf } = await begin("http", action);
      await expect(echo(client, "two")).rejects.toMatchObject({ kind: "contact_lost", sent: true });
      const after = host.endpoint.wireRecord();
      expect(countOf(after)).toBe(1);
      expect(after.open_shells).toBe(0);
    },
  );
});

it("logs on anew over another connection once one was idle for too long", async () => {
  const { host, engine } = await startHost();
  const proxy = await intercept(`${host.endpoint.httpAddress}/wsman`);
  const client = connect(host, proxy.url, "negotiate", { timeouts: { idleMs: 50 } });
  expect(await echo(client, "one")).toBe("one");
  const before = proxy.connections;
  await expect.poll(() => proxy.openConnections, { timeout: 20_000 }).toBe(0);
  expect(await echo(client, "two")).toBe("two");
  expect(proxy.connections).toBeGreaterThan(before);
  expect(engine.started).toBe(2);
});

describe("a handshake that breaks off", () => {
  const legs = ["negotiate", "ntlm"].flatMap((scheme) =>
    [1, 2].map((nth) => ({ scheme: scheme as Scheme, nth })),
  );

  it.each(legs.flatMap((leg) => (["reset", "half_close"] as const).map((kind) => ({ ...leg, kind }))))(
    "by $kind at leg $nth of $scheme is no contact, and nothing was done",
    async ({ scheme, nth, kind }) => {
      const { host, engine } = await startHost();
      host.endpoint.faults.add({ kind, action: "Handshake", nth, times: 1, when: "before", delayMs: 0 });
      const client = connect(host, `${host.endpoint.httpAddress}/wsman`, scheme);
      await expect(client.openShell()).rejects.toMatchObject({ kind: "unreachable", sent: false });
      expect(host.endpoint.wireRecord()).toMatchObject({ open_shells: 0, faults: { [kind]: 1 } });
      expect(await echo(client, "again")).toBe("again");
      expect(engine.started).toBe(1);
    },
  );
});

describe("a client's certificate", () => {
  const begin = async (mappedTo: string) => {
    const folder = mkdtempSync(join(tmpdir(), "aetherv-client-ca-"));
    closers.push(() => rmSync(folder, { recursive: true }));
    const authority = await openAuthority(folder);
    const issuer = readFileSync(authority.file, "utf8");
    const mapping = { subject: "operator@localhost", issuer, username: mappedTo };
    const { host, ca, engine } = await startHost({ certificateMappings: [mapping] });
    const own = await issueClientCertificate(authority, "operator@localhost");
    const certificate = { chain: own.cert, key: { reveal: () => own.key } };
    const url = `${host.endpoint.address}/wsman`;
    const client = new WinrmClient({ url, authentication: "certificate", tls: { ca, certificate } });
    closers.push(() => client.close());
    return { host, client, engine };
  };

  it("is the account that the host has mapped it to", async () => {
    const { host, client } = await begin("aetherv");
    expect(await echo(client, "hello")).toBe("hello");
    expect(host.endpoint.wireRecord().requests.refused).toBeUndefined();
  });

  it("that is mapped to no account is told with what to do on the host", async () => {
    const { client, engine } = await begin("nobody");
    await expect(client.openShell()).rejects.toMatchObject({
      kind: "authentication",
      reason: "certificate_not_mapped",
      next: expect.stringContaining("WSMan:\\localhost\\ClientCertificate"),
      sent: false,
    });
    expect(engine.started).toBe(0);
  });
});

describe("who is between", () => {
  const inTheMiddle = async (cbtHardeningLevel: ServiceSettings["cbtHardeningLevel"]) => {
    const { host, ca } = await startHost({ cbtHardeningLevel });
    const authority = await createAuthority();
    const certificate = await authority.issue(["localhost"]);
    const proxy = await intercept(`${host.endpoint.address}/wsman`, { certificate, ca });
    // The client trusts the proxy's authority, as where a company inspects TLS.
    return { host, proxy, tls: { ca: authority.ca } };
  };

  it.each<Scheme>(["negotiate", "ntlm"])(
    "cannot use a logon by %s over another TLS channel",
    async (scheme) => {
      const { host, proxy, tls } = await inTheMiddle("relaxed");
      await expect(connect(host, proxy.url, scheme, { tls }).openShell()).rejects.toMatchObject({
        kind: "authentication",
        sent: false,
        next: expect.stringContaining("channel binding"),
      });
    },
  );

  it.each<Scheme>(["negotiate", "ntlm"])(
    "sees a body on the last leg of %s over https, and on none before",
    async (scheme) => {
      const { host, proxy, tls } = await inTheMiddle("none");
      const client = connect(host, proxy.url, scheme, { tls });
      await echo(client, "hello");
      const legs = proxy.requests.filter(({ headers }) => headers.authorization !== undefined);
      for (const { headers, body } of legs) {
        const token = Buffer.from(String(headers.authorization).split(" ")[1] ?? "", "base64");
        const isLast = token.readUInt32LE(token.indexOf("NTLMSSP\0") + 8) === 3;
        expect(body.length > 0).toBe(isLast);
      }
      expect(legs).toHaveLength(2 * proxy.connections);
    },
  );

  it("is let through by a host that does not look at the channel", async () => {
    const { host, proxy, tls } = await inTheMiddle("none");
    expect(await echo(connect(host, proxy.url, "negotiate", { tls }), "hello")).toBe("hello");
  });

  it("cannot take the MIC away, nor give NTLM weaker keys", async () => {
    const { host } = await startHost();
    const proxy = await intercept(`${host.endpoint.httpAddress}/wsman`);
    const change = (header: unknown, alter: (token: Buffer) => void) => {
      const [name = "", token = ""] = String(header).split(" ");
      const bytes = Buffer.from(token, "base64");
      const message = bytes.subarray(Math.max(0, bytes.indexOf("NTLMSSP\0")));
      if (message.length > 40) alter(message);
      return `${name} ${bytes.toString("base64")}`;
    };
    proxy.alterRequest = ({ headers }) => {
      if (headers.authorization === undefined) return;
      headers.authorization = change(headers.authorization, (message) => {
        if (message.readUInt32LE(8) === 3) message.fill(0, 72, 88);
      });
    };
    await expect(connect(host, proxy.url, "ntlm").openShell()).rejects.toMatchObject({ sent: false });
    proxy.alterRequest = () => undefined;
    proxy.alterAnswer = ({ headers }) => {
      const offered = headers["www-authenticate"];
      if (offered === undefined) return;
      headers["www-authenticate"] = change(offered, (message) => {
        if (message.readUInt32LE(8) === 2) message.writeUInt32LE(message.readUInt32LE(20) & ~0x20000000, 20);
      });
    };
    await expect(connect(host, proxy.url, "ntlm").openShell()).rejects.toMatchObject({
      reason: "host_not_proven",
      message: expect.stringContaining("128-bit"),
      sent: false,
    });
  });

  it("cannot pretend that the host agreed on the mechanism", async () => {
    const { host } = await startHost();
    const proxy = await intercept(`${host.endpoint.httpAddress}/wsman`);
    proxy.alterAnswer = (answer) => {
      if (answer.status === 200) delete answer.headers["www-authenticate"];
    };
    await expect(connect(host, proxy.url, "negotiate").openShell()).rejects.toMatchObject({
      reason: "host_not_proven",
      sent: false,
    });
  });
});

describe.each([
  ["negotiate", "http"],
  ["ntlm", "http"],
  ["negotiate", "https"],
  ["ntlm", "https"],
] as const)("a connection that the host has forgotten, by %s over %s", (scheme, protocol) => {
  const begin = async () => {
    const { host, engine, ca } = await startHost({ cbtHardeningLevel: "none" });
    const authority = await createAuthority();
    const encrypted = protocol === "https";
    const address = encrypted ? host.endpoint.address : host.endpoint.httpAddress;
    const own = encrypted ? { ca, certificate: await authority.issue(["localhost"]) } : {};
    const proxy = await intercept(`${address}/wsman`, own);
    const client = connect(host, proxy.url, scheme, { tls: { ca: authority.ca } });
    return { host, engine, proxy, client };
  };

  it("is replaced by another one that logs on, and nothing runs twice", async () => {
    const { host, engine, proxy, client } = await begin();
    expect(await echo(client, "one")).toBe("one");
    proxy.forgetLogons();
    expect(await echo(client, "two")).toBe("two");
    expect(engine.started).toBe(2);
    const { requests, open_shells } = host.endpoint.wireRecord();
    expect(open_shells).toBe(0);
    expect(requests).toMatchObject({ Create: 2, Command: 2, Delete: 2 });
  });

  it("is an error where that does not help: the request is not sent a third time", async () => {
    const { host, proxy, client } = await begin();
    expect(await echo(client, "one")).toBe("one");
    const before = proxy.bodies.length;
    proxy.alterAnswer = (answer, { body }) => {
      if (body.length === 0) return;
      answer.status = 401;
      answer.body = Buffer.alloc(0);
      answer.headers = { "www-authenticate": "Negotiate" };
    };
    await expect(client.openShell()).rejects.toMatchObject({ kind: "authentication", sent: false });
    expect(proxy.bodies.length - before).toBe(2);
    expect(host.endpoint.wireRecord().requests.Command).toBe(1);
  });
});

describe("a host that does not offer the scheme", () => {
  it.each<[Scheme, string, string]>([
    [
      "negotiate",
      'Basic realm="WSMAN", Kerberos',
      "The host does not offer Negotiate authentication; it offers Basic and Kerberos.",
    ],
    ["ntlm", 'Basic realm="WSMAN"', "The host does not offer Negotiate authentication; it offers Basic."],
  ])("is named with what it offers: %s, %s", async (scheme, offers, message) => {
    const { host } = await startHost();
    const proxy = await intercept(`${host.endpoint.httpAddress}/wsman`);
    proxy.alterAnswer = (answer) => {
      answer.status = 401;
      answer.headers["www-authenticate"] = offers;
    };
    await expect(connect(host, proxy.url, scheme).openShell()).rejects.toMatchObject({
      reason: "scheme_not_offered",
      message,
      next: expect.stringContaining("Service\\Auth\\Negotiate"),
    });
  });

  it("takes NTLM alone where that is all there is", async () => {
    const { host } = await startHost();
    const proxy = await intercept(`${host.endpoint.httpAddress}/wsman`);
    const rename = (headers: { [name: string]: unknown }, name: string, from: string, to: string) => {
      const value = headers[name];
      if (typeof value === "string") headers[name] = value.replace(from, to);
    };
    proxy.alterRequest = (request) => {
      // What is SPNEGO is not known here.
      if (String(request.headers.authorization).startsWith("Negotiate"))
        request.headers.authorization = "Unknown x";
      rename(request.headers, "authorization", "NTLM ", "Negotiate ");
    };
    proxy.alterAnswer = (answer) => rename(answer.headers, "www-authenticate", "Negotiate", "NTLM");
    expect(await echo(connect(host, proxy.url, "negotiate"), "hello")).toBe("hello");
  });
});
