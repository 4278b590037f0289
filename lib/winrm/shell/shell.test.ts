import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { deferred } from "@/tests/support/deferred";
import {
  type Answer,
  answer,
  commandResponse,
  created,
  received,
  type Seen,
  WinrmDouble,
  wmiFault,
  wsmanFault,
} from "@/tests/support/winrm-double";
import { WinrmClient, type WinrmEndpoint } from "../client";
import type { RunOptions } from "./shell";

const TIMED_OUT = 2150858793;

let host: WinrmDouble;
let client: WinrmClient;

beforeEach(async () => {
  host = await WinrmDouble.start();
  client = connect();
});

afterEach(async () => {
  client.close();
  await host.stop();
});

function connect(endpoint: Partial<WinrmEndpoint> = {}): WinrmClient {
  const password = { reveal: () => "pässword" };
  return new WinrmClient({ url: host.url, username: "admin", password, tls: { ca: host.ca }, ...endpoint });
}

/** Opens a shell, runs one command in it and closes it, as callers do. */
async function run(options: Partial<RunOptions> = {}) {
  const shell = await client.openShell(options.signal ? { signal: options.signal } : {});
  try {
    return await shell.run({ command: "a.exe", ...options });
  } finally {
    await shell.close().catch(() => undefined);
  }
}

/** A Receive that the host holds open; `arrived` resolves when it is there. */
function holdReceive(): { arrived: Promise<Seen> } {
  const { promise, resolve } = deferred<Seen>();
  host.on("Receive", resolve);
  return { arrived: promise };
}

describe("a command", () => {
  it("takes the fewest round trips there are, with Basic credentials in UTF-8", async () => {
    await expect(run()).resolves.toEqual({ exitCode: 0 });
    expect([...host.operations].sort()).toEqual(["Command", "Create", "Delete", "Receive", "Send", "Signal"]);
    expect(host.operations.slice(-2)).toEqual(["Signal", "Delete"]);
    const credentials = Buffer.from("admin:pässword", "utf8").toString("base64");
    expect(host.seen.every((seen) => seen.headers.authorization === `Basic ${credentials}`)).toBe(true);
  });

  it("gives output as the bytes it was, from many small streams, and the exit code", async () => {
    const bytes = Buffer.from("grüße €");
    const pieces = [...bytes].map((byte): [string, Uint8Array] => ["stdout", Uint8Array.of(byte)]);
    host.on("Receive", (seen) =>
      answer(
        seen,
        host.count("Receive") < 3 ? received(pieces, null) : received([["stderr", "oh"]], -1073741819),
      ),
    );
    const stdout: Uint8Array[] = [];
    const stderr: Uint8Array[] = [];
    const result = await run({
      onStdout: (chunk) => stdout.push(chunk),
      onStderr: (chunk) => stderr.push(chunk),
    });
    expect(result.exitCode).toBe(-1073741819);
    expect(Buffer.concat(stdout).toString()).toBe("grüße €grüße €");
    expect(Buffer.concat(stderr).toString()).toBe("oh");
  });

  it("polls again after TimedOut, a thousand times", async () => {
    host.on("Receive", (seen) => {
      if (host.count("Receive") > 1000) answer(seen, received([], 7));
      else answer(seen, wsmanFault(TIMED_OUT, "TimedOut", "not yet"), 500);
    });
    await expect(run()).resolves.toEqual({ exitCode: 7 });
    expect(host.count("Receive")).toBe(1001);
    expect(host.count("Command")).toBe(1);
  });

  it("sends stdin in pieces below the largest envelope, its end on the last", async () => {
    client.close();
    client = connect({ maxEnvelopeBytes: 8000 });
    const stdin = randomBytes(50_000);
    await run({ stdin });
    const sends = host.seen.filter((seen) => seen.operation === "Send");
    expect(sends.length).toBeGreaterThan(8);
    expect(Math.max(...sends.map((seen) => Buffer.byteLength(seen.xml)))).toBeLessThanOrEqual(8000);
    expect(sends.map((seen) => seen.xml.includes('End="true"')).lastIndexOf(false)).toBe(sends.length - 2);
    expect(host.stdin.equals(stdin)).toBe(true);
  });

  it("does not let a Send wait behind a Receive that the host holds open", async () => {
    const { arrived } = holdReceive();
    host.on("Send", async (seen) => {
      const receive = await arrived;
      answer(seen, "<rsp:SendResponse/>");
      answer(receive, received([], 0));
    });
    await expect(run({ stdin: Buffer.from("x") })).resolves.toEqual({ exitCode: 0 });
    const sockets = new Set(host.seen.map((seen) => seen.request.socket));
    expect(sockets.size).toBe(2);
  });

  it("counts a process that ends without reading its stdin by its exit code", async () => {
    const { arrived } = holdReceive();
    host.on("Send", async (seen) => {
      answer(seen, wsmanFault(2147942632, "InternalError", "The pipe is being closed."), 500);
      answer(await arrived, received([["stderr", "bad"]], 3));
    });
    await expect(run({ stdin: Buffer.from("x") })).resolves.toEqual({ exitCode: 3 });
  });
});

describe("a failure", () => {
  it.each([
    ["quota", 2150859173, "QuotaLimit", wsmanFault],
    ["quota", 2150859174, "QuotaLimit", wsmanFault],
    ["access_denied", 2147942405, "AccessDenied", wsmanFault],
    ["access_denied", 5, "AccessDenied", wmiFault],
    ["fault", 2147942402, "InternalError", wsmanFault],
    ["fault", 2147942606, "InternalError", wmiFault],
    ["fault", 4242, "InternalError", wsmanFault],
  ] as const)("before the start: %s %i", async (kind, code, subcode, form) => {
    host.on("Command", (seen) => answer(seen, form(code, subcode, "Because &lt;it&gt; is so."), 500));
    const message = expect.stringContaining("Because <it> is so.");
    await expect(run()).rejects.toMatchObject({ kind, faultCode: code, sent: false, message });
    expect(host.operations).toEqual(["Create", "Command", "Delete"]);
  });

  it("is told in words that no terminal obeys", async () => {
    const reason = "&#27;[2Jfine&#x202E;&#7; &amp; done";
    host.on("Create", (seen) => answer(seen, wsmanFault(5, "AccessDenied", reason), 500));
    await expect(run()).rejects.toMatchObject({
      message: expect.stringMatching(/: \uFFFD\[2Jfine\uFFFD\uFFFD & done$/),
    });
  });

  it("is told briefly, however long the answer is that cannot be read", async () => {
    host.on("Create", ({ response }) => void response.end(`<${"a".repeat(500_000)}></b>`));
    const error: Error = await run().then(
      () => expect.unreachable(),
      (thrown) => thrown,
    );
    expect(error.message).toMatch(/^The host's answer cannot be read/);
    expect(error.message.length).toBeLessThan(3000);
  });

  it("401: one attempt, and what the host offers instead", async () => {
    host.on("Create", ({ response }) => {
      response.writeHead(401, { "www-authenticate": ["Negotiate", 'Kerberos realm="X, Y"'] }).end();
    });
    await expect(run()).rejects.toMatchObject({
      kind: "authentication",
      sent: false,
      message: "The host does not offer Basic authentication; it offers Negotiate and Kerberos.",
    });
    expect(host.operations).toEqual(["Create"]);
  });

  it("401 for Basic: the credentials are wrong", async () => {
    host.on("Create", ({ response }) => {
      response.writeHead(401, { "www-authenticate": 'Basic realm="WSMAN"' }).end();
    });
    await expect(run()).rejects.toMatchObject({
      message: "The host refused the user name or password (Basic).",
    });
  });

  it.each([
    ["a reset in the middle", ({ request }: Seen): void => void request.socket.destroy(), "contact_lost"],
    [
      "an answer that is cut short",
      ({ response }: Seen) => {
        response.writeHead(200, { "content-length": 1000 });
        response.write("<s:Envelope", () => response.destroy());
      },
      "contact_lost",
    ],
    [
      "truncated XML",
      ({ response }: Seen) =>
        void response.end('<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"><s:Body>'),
      "protocol",
    ],
    [
      "another request's answer",
      (seen: Seen) => answer(seen, received([], 0), 200, "uuid:OTHER"),
      "protocol",
    ],
    [
      "another command's output",
      (seen: Seen) => answer(seen, received([], 0).replaceAll("22222222", "33333333")),
      "protocol",
    ],
    [
      "a stream that is not base64",
      (seen: Seen) => answer(seen, received([["stdout", "abc"]], 0).replace("YWJj", "YW*j")),
      "protocol",
    ],
    [
      "a document type",
      ({ response }: Seen) =>
        void response.end(
          '<!DOCTYPE a SYSTEM "file:///etc/passwd"><s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"/>',
        ),
      "protocol",
    ],
    ["an HTML page", ({ response }: Seen) => void response.writeHead(502).end("<html>"), "protocol"],
    [
      "a body without end",
      ({ response }: Seen) => {
        const more = () => {
          while (!response.destroyed && response.write(Buffer.alloc(65_536, 32)));
        };
        response.on("drain", more);
        more();
      },
      "protocol",
    ],
    [
      "a shell that is gone",
      (seen: Seen) => answer(seen, wsmanFault(2150858843, "InvalidSelectors", "gone"), 500),
      "fault",
    ],
  ] satisfies [string, Answer, string][])("while it runs: %s", async (_, reply, kind) => {
    host.on("Receive", reply);
    await expect(run({ stdin: Buffer.from("x") })).rejects.toMatchObject({ kind, sent: true });
    expect(host.count("Command")).toBe(1);
    expect(host.count("Receive")).toBe(1);
    expect(host.operations.slice(-2)).toEqual(["Signal", "Delete"]);
  });

  it("a lost answer to Command: it may have started, and is not sent again", async () => {
    host.on("Command", ({ request }) => void request.socket.destroy());
    await expect(run()).rejects.toMatchObject({ kind: "contact_lost", sent: true });
    expect(host.operations).toEqual(["Create", "Command", "Delete"]);
  });

  it("a lost answer to Send is not sent again", async () => {
    holdReceive();
    host.on("Send", ({ request }) => void request.socket.destroy());
    await expect(run({ stdin: Buffer.from("x") })).rejects.toMatchObject({
      kind: "contact_lost",
      sent: true,
    });
    expect(host.count("Send")).toBe(1);
    expect(host.operations.slice(-2)).toEqual(["Signal", "Delete"]);
  });

  it("a host that never answers is given up", async () => {
    client.close();
    client = connect({ timeouts: { operationSeconds: 0.02, socketMs: 100 } });
    holdReceive();
    await expect(run()).rejects.toMatchObject({
      kind: "contact_lost",
      message: expect.stringMatching(/no complete answer within 0.1 s/),
    });
  });
});

describe("an abort", () => {
  it("terminates the process, deletes the shell and keeps the reason", async () => {
    const { arrived } = holdReceive();
    const abort = new AbortController();
    const running = run({ signal: abort.signal });
    const receive = await arrived;
    const closed = once(receive.response, "close");
    abort.abort(new Error("enough"));
    await expect(running).rejects.toMatchObject({
      kind: "aborted",
      sent: true,
      cause: { message: "enough" },
    });
    await closed;
    expect(host.operations.slice(-2)).toEqual(["Signal", "Delete"]);
  });

  it("before anything was sent opens nothing", async () => {
    await expect(run({ signal: AbortSignal.abort() })).rejects.toMatchObject({
      kind: "aborted",
      sent: false,
    });
    expect(host.operations).toEqual([]);
  });

  it("while the shell is being created still deletes it", async () => {
    const abort = new AbortController();
    const create = deferred<Seen>();
    const deleted = deferred<void>();
    host.on("Create", create.resolve);
    host.on("Delete", (seen) => {
      answer(seen, "");
      deleted.resolve();
    });
    const opening = client.openShell({ signal: abort.signal });
    const seen = await create.promise;
    abort.abort();
    answer(seen, created());
    await expect(opening).rejects.toMatchObject({ kind: "aborted", sent: false });
    await deleted.promise;
  });

  it("is bounded even if the host answers nothing any more", async () => {
    const { arrived } = holdReceive();
    host.on("Signal", () => undefined).on("Delete", () => undefined);
    const abort = new AbortController();
    const running = run({ signal: abort.signal });
    await arrived;
    abort.abort();
    await expect(running).rejects.toMatchObject({ kind: "aborted" });
    expect(host.operations.slice(-2)).toEqual(["Signal", "Delete"]);
  });
});

describe("a shell", () => {
  it("is deleted once, and one that is gone already counts as deleted", async () => {
    host.on("Delete", (seen) => answer(seen, wsmanFault(2150858843, "InvalidSelectors", "gone"), 500));
    const shell = await client.openShell();
    await Promise.all([shell.close(), shell.close()]);
    expect(host.count("Delete")).toBe(1);
  });

  it("runs several commands, one after the other, over the same connections", async () => {
    host.on("Command", (seen) => answer(seen, commandResponse()));
    const shell = await client.openShell();
    await shell.run({ command: "a.exe" });
    await shell.run({ command: "b.exe" });
    await shell.close();
    expect(new Set(host.seen.map((seen) => seen.request.socket)).size).toBeLessThanOrEqual(2);
  });
});
