import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { createServer as createTlsServer } from "node:tls";
import { afterEach, describe, expect, it } from "vitest";
import {
  createAuthority,
  type ServerCertificate,
  type TestAuthority,
} from "@/tests/support/tls-certificates";
import { WinrmClient } from "./client";

const closers: (() => void)[] = [];

afterEach(() => {
  for (const close of closers.splice(0)) close();
});

function connect(port: number, ca?: string): WinrmClient {
  const client = new WinrmClient({
    url: `https://localhost:${port}/wsman`,
    username: "admin",
    password: { reveal: () => "canary" },
    ...(ca === undefined ? {} : { tls: { ca } }),
  });
  closers.push(() => client.close());
  return client;
}

/** A TLS server that notes every decrypted byte it gets. */
async function listen(certificate: ServerCertificate) {
  const bytes: Buffer[] = [];
  let connections = 0;
  const server = createTlsServer(certificate, (socket) => socket.on("data", (chunk) => bytes.push(chunk)));
  server.on("connection", () => connections++);
  server.on("tlsClientError", () => undefined);
  server.listen(0, "localhost");
  await once(server, "listening");
  closers.push(() => server.close());
  return { port: (server.address() as AddressInfo).port, bytes, connections: () => connections };
}

it("fails what still waits for its connection when the client is closed", async () => {
  const client = connect(1);
  const opening = client.openShell();
  client.close();
  await expect(opening).rejects.toMatchObject({
    kind: "unreachable",
    message: "The client was closed.",
    sent: false,
  });
});

describe("TLS", () => {
  const foreign = async (authority: TestAuthority) => ({
    certificate: await authority.issue(["localhost"]),
    ca: (await createAuthority()).ca,
  });
  it.each([
    ["an unknown authority", foreign],
    [
      "the system's authorities only",
      async (authority: TestAuthority) => ({
        certificate: await authority.issue(["localhost"]),
        ca: undefined,
      }),
    ],
    [
      "another name",
      async (authority: TestAuthority) => ({
        certificate: await authority.issue(["hv99.example"]),
        ca: authority.ca,
      }),
    ],
    [
      "an expired certificate",
      async (authority: TestAuthority) => ({
        certificate: await authority.issue(["localhost"], new Date(1000)),
        ca: authority.ca,
      }),
    ],
  ])("refuses %s after one attempt, and no byte of a request leaves", async (_, prepare) => {
    const { certificate, ca } = await prepare(await createAuthority());
    const server = await listen(certificate);
    await expect(connect(server.port, ca).openShell()).rejects.toMatchObject({
      kind: "certificate",
      sent: false,
    });
    expect(server.connections()).toBe(1);
    expect(Buffer.concat(server.bytes).toString("latin1")).toBe("");
  });

  it("cannot be switched off by NODE_TLS_REJECT_UNAUTHORIZED", async () => {
    const { certificate, ca } = await foreign(await createAuthority());
    const server = await listen(certificate);
    const warn = process.emitWarning;
    process.emitWarning = () => undefined;
    process.env.NODE_TLS_REJECT_UNAUTHORIZED = "0";
    try {
      await expect(connect(server.port, ca).openShell()).rejects.toMatchObject({ kind: "certificate" });
    } finally {
      delete process.env.NODE_TLS_REJECT_UNAUTHORIZED;
      process.emitWarning = warn;
    }
  });

  it("does not reach a port that nobody listens on, nor one that speaks no TLS", async () => {
    const server = createServer((socket: Socket) => socket.resume().end("HTTP/1.1 400 Bad Request\r\n\r\n"));
    server.listen(0, "localhost");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    await expect(connect(port).openShell()).rejects.toMatchObject({ kind: "unreachable", sent: false });
    server.close();
    await once(server, "close");
    await expect(connect(port).openShell()).rejects.toMatchObject({ kind: "unreachable", sent: false });
  });

  it("gives up a server that never completes the handshake, when aborted and by itself", async () => {
    const sockets: Socket[] = [];
    const server = createServer((socket) => sockets.push(socket.on("error", () => undefined)));
    server.listen(0, "localhost");
    await once(server, "listening");
    closers.push(() => {
      for (const socket of sockets) socket.destroy();
      server.close();
    });
    const { port } = server.address() as AddressInfo;
    const password = { reveal: () => "x" };
    const url = `https://localhost:${port}/wsman`;
    const client = new WinrmClient({ url, username: "a", password, timeouts: { connectMs: 50 } });
    closers.push(() => client.close());
    await expect(client.openShell()).rejects.toMatchObject({
      kind: "unreachable",
      message: expect.stringMatching(/within 0.05 s/),
    });
    const abort = new AbortController();
    const opening = connect(port).openShell({ signal: abort.signal });
    await once(server, "connection");
    abort.abort();
    await expect(opening).rejects.toMatchObject({ kind: "aborted", sent: false });
  });
});

describe("an address", () => {
  it.each([
    ["http://hv01:5985/wsman", /must begin with https/],
    ["hv01", /is not a URL/],
    ["https://user:pw@hv01/wsman", /neither credentials/],
    ["https://hv01/wsman?x=1", /nor a query/],
  ])("%s is refused", (url, message) => {
    expect(() => new WinrmClient({ url, username: "a", password: { reveal: () => "b" } })).toThrow(message);
  });

  it("a user name with a colon is refused", () => {
    const endpoint = { url: "https://hv01/wsman", username: "a:b", password: { reveal: () => "c" } };
    expect(() => new WinrmClient(endpoint)).toThrow(/no colon/);
  });
});
