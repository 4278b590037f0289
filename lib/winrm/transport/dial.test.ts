import { X509Certificate } from "node:crypto";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { createServer, type TlsOptions as ServerOptions, type TLSSocket } from "node:tls";
import { afterEach, describe, expect, it } from "vitest";
import { createAuthority } from "@/tests/support/tls-certificates";
import { WinrmClient, type WinrmEndpoint } from "../client";
import { Dialer, normalFingerprint, type TlsOptions } from "./dial";

const closers: (() => void)[] = [];

afterEach(() => {
  for (const close of closers.splice(0)) close();
});

const password = { reveal: () => "canary" };

/** A TLS server that answers every request with this status, and notes what it reads and who connects. */
async function listen(options: ServerOptions, status = "401 Unauthorized") {
  const bytes: Buffer[] = [];
  const sockets: TLSSocket[] = [];
  const server = createServer(options, (socket) => {
    sockets.push(socket);
    socket.on("error", () => undefined);
    socket.on("data", (chunk) => {
      bytes.push(chunk);
      socket.write(`HTTP/1.1 ${status}\r\nContent-Length: 0\r\n\r\n`);
    });
  });
  server.on("tlsClientError", () => undefined);
  server.listen(0, "localhost");
  await once(server, "listening");
  closers.push(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { port, sockets, text: () => Buffer.concat(bytes).toString("latin1") };
}

const fingerprintOf = (pem: string) => new X509Certificate(pem).fingerprint256;
const signal = new AbortController().signal;

function dialer(port: number, tls: TlsOptions): Dialer {
  const opened = new Dialer({ host: "localhost", port, tls, connectMs: 5000 });
  closers.push(() => opened.close());
  return opened;
}

describe("a pinned fingerprint", () => {
  it.each([
    ["valid for the name", ["localhost"], undefined],
    ["of another name", ["hv99.example"], undefined],
    ["that has expired", ["localhost"], new Date(1000)],
  ])("trusts the very certificate, %s", async (_, names, notAfter) => {
    const issued = await (await createAuthority()).issue(names, notAfter);
    const server = await listen(issued);
    for (const fingerprint of [
      fingerprintOf(issued.cert),
      fingerprintOf(issued.cert).replaceAll(":", "").toLowerCase(),
    ]) {
      const { socket, certificate } = await dialer(server.port, { fingerprint }).open(signal);
      expect(certificate).toEqual(new X509Certificate(issued.cert).raw);
      socket.destroy();
    }
  });

  it("trusts no other, even one of a trusted authority, and no byte of a request leaves", async () => {
    const authority = await createAuthority();
    const server = await listen(await authority.issue(["localhost"]));
    const fingerprint = fingerprintOf((await authority.issue(["localhost"])).cert);
    const endpoint = { url: `https://localhost:${server.port}/wsman`, username: "admin", password };
    const client = new WinrmClient({ ...endpoint, tls: { ca: authority.ca, fingerprint } });
    closers.push(() => client.close());
    await expect(client.openShell()).rejects.toMatchObject({
      kind: "certificate",
      reason: "fingerprint_mismatch",
      message: expect.stringMatching(/not the pinned one: its SHA-256 fingerprint is [0-9A-F]{64}\.$/),
      sent: false,
    });
    expect(server.text()).toBe("");
  });

  it("is compared anew for a connection that is resumed", async () => {
    const issued = await (await createAuthority()).issue(["localhost"]);
    const server = await listen(issued);
    const opened = dialer(server.port, { fingerprint: fingerprintOf(issued.cert) });
    const first = await opened.open(signal);
    const ticket = once(first.socket, "session");
    first.socket.write("x");
    await ticket;
    const second = await opened.open(signal);
    expect((second.socket as TLSSocket).isSessionReused()).toBe(true);
    expect(second.certificate).toEqual(first.certificate);
    for (const { socket } of [first, second]) socket.destroy();
  });

  it("is 32 bytes in hexadecimal", () => {
    expect(normalFingerprint("ab".repeat(32))).toBe("AB".repeat(32));
    for (const text of ["", "ab".repeat(20), "xy".repeat(32)])
      expect(() => normalFingerprint(text)).toThrow(TypeError);
  });
});

describe("a client's certificate", () => {
  const connect = async (status: string) => {
    const authority = await createAuthority();
    const own = await authority.issue(["aetherv"]);
    const issued = await authority.issue(["localhost"]);
    const server = await listen(
      { ...issued, ca: authority.ca, requestCert: true, rejectUnauthorized: true },
      status,
    );
    const tls: TlsOptions = {
      ca: authority.ca,
      certificate: { chain: own.cert, key: { reveal: () => own.key } },
    };
    const url = `https://localhost:${server.port}/wsman`;
    const client = new WinrmClient({ url, authentication: "certificate", tls });
    closers.push(() => client.close());
    return { client, server, own };
  };

  it.each(["401 Unauthorized", "403 Forbidden"])(
    "is shown within TLS; %s says that it is not mapped",
    async (status) => {
      const { client, server, own } = await connect(status);
      await expect(client.openShell()).rejects.toMatchObject({
        kind: "authentication",
        reason: "certificate_not_mapped",
        next: expect.stringContaining("ClientCertificate"),
        sent: false,
      });
      expect(server.sockets[0]?.getPeerX509Certificate()?.raw).toEqual(new X509Certificate(own.cert).raw);
      expect(server.text()).toContain(
        "authorization: http://schemas.dmtf.org/wbem/wsman/1/wsman/secprofile/https/mutual\r\n",
      );
    },
  );

  it("is needed for that scheme", () => {
    const endpoint: WinrmEndpoint = { url: "https://hv01/wsman", authentication: "certificate" };
    expect(() => new WinrmClient(endpoint)).toThrow(/tls\.certificate/);
  });
});
