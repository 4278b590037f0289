import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { afterEach, expect, it } from "vitest";
import { type Authenticator, StaleConnection } from "../authentication/auth";
import { Transport } from "./transport";

const closers: (() => void)[] = [];

afterEach(() => {
  for (const close of closers.splice(0)) close();
});

/** Posts the body as it is. */
const nobody: Authenticator = { connect: () => ({ exchange: (post, body) => post({}, body) }) };

interface Arrived {
  body: string;
  socket: Socket;
  response: ServerResponse;
}

/** A server whose answers the test gives, and a transport to it. */
async function start(authenticator: Authenticator = nobody) {
  const arrived: Arrived[] = [];
  const server = createServer(async (request: IncomingMessage, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    arrived.push({ body: Buffer.concat(chunks).toString(), socket: request.socket, response });
  });
  server.listen(0, "localhost");
  await once(server, "listening");
  const url = new URL(`http://localhost:${(server.address() as AddressInfo).port}/wsman`);
  const transport = new Transport({
    url,
    tls: {},
    authenticator,
    connectMs: 5000,
    idleMs: 60_000,
    maxResponseBytes: 1000,
  });
  closers.push(() => {
    transport.close();
    server.closeAllConnections();
    server.close();
  });
  const until = (count: number) => expect.poll(() => arrived.length, { timeout: 20_000 }).toBe(count);
  return { arrived, transport, until };
}

const options = { timeoutMs: 20_000 };

it("gives each request under way a connection of its own, and uses the free ones again", async () => {
  const { arrived, transport, until } = await start();
  const held = Array.from({ length: 30 }, (_, index) => transport.exchange(`receive ${index}`, options));
  await until(30);
  const send = transport.exchange("send", options);
  await until(31);
  arrived.at(-1)?.response.end("sent");
  expect((await send).body.toString()).toBe("sent");
  const next = transport.exchange("next", options);
  await until(32);
  expect(arrived[31]?.socket).toBe(arrived[30]?.socket);
  expect(new Set(arrived.map(({ socket }) => socket)).size).toBe(31);
  for (const { response } of arrived) response.end();
  await Promise.all([...held, next]);
});

it("lets requests beyond 64 wait for their turn, and leaves out those that were aborted meanwhile", async () => {
  const { arrived, transport, until } = await start();
  const first = Array.from({ length: 64 }, () => transport.exchange("first", options));
  await until(64);
  const abort = new AbortController();
  const aborted = transport.exchange("aborted", { ...options, signal: abort.signal });
  const waiting = transport.exchange("waiting", options);
  abort.abort();
  await expect(aborted).rejects.toMatchObject({ kind: "aborted", sent: false });
  arrived[0]?.response.end();
  await until(65);
  expect(arrived.at(-1)?.body).toBe("waiting");
  for (const { response } of arrived) response.end();
  await Promise.all([...first, waiting]);
});

it("takes another connection where the host had closed the idle one", async () => {
  const { arrived, transport, until } = await start();
  const first = transport.exchange("first", options);
  await until(1);
  arrived[0]?.response.end();
  await first;
  arrived[0]?.socket.destroy();
  await expect.poll(() => transport.connections, { timeout: 20_000 }).toBe(0);
  const second = transport.exchange("second", options);
  await until(2);
  arrived[1]?.response.end("answer");
  expect((await second).body.toString()).toBe("answer");
  expect(transport.traffic.requests).toBe(2);
});

it("takes another connection once where a scheme calls one stale, and then gives up", async () => {
  let tries = 0;
  const { transport } = await start({
    connect: () => ({
      exchange: async () => {
        tries += 1;
        throw new StaleConnection("again", { sent: true });
      },
    }),
  });
  await expect(transport.exchange("x", options)).rejects.toMatchObject({ kind: "unreachable", sent: false });
  expect(tries).toBe(2);
});

it("fails what waits for its turn when it is closed", async () => {
  const { transport, until } = await start();
  const all = Array.from({ length: 66 }, () => transport.exchange("x", options));
  const ended = Promise.allSettled(all);
  await until(64);
  transport.close();
  for (const { status } of await ended) expect(status).toBe("rejected");
});

it("does not send again, over plain http, what would be done twice", async () => {
  let tries = 0;
  const { transport } = await start({
    connect: () => ({
      exchange: async () => {
        tries += 1;
        throw new StaleConnection("again", { sent: true });
      },
    }),
  });
  const once = transport.exchange("x", { ...options, onlyOnce: true });
  await expect(once).rejects.toMatchObject({ kind: "contact_lost", sent: true });
  expect(tries).toBe(1);
});
