import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test, vi } from "vitest";
import { ConnectionFailed, request } from "./api";

let server: Server | undefined;

async function serve(answer: RequestListener): Promise<void> {
  const listening = createServer(answer);
  server = listening;
  await new Promise<void>((resolve) => listening.listen(0, "127.0.0.1", resolve));
  const { port } = listening.address() as AddressInfo;
  const fetched = globalThis.fetch;
  vi.stubGlobal("fetch", (path: string, init: RequestInit) =>
    fetched(`http://127.0.0.1:${port}${path}`, init),
  );
}

afterEach(() => {
  vi.unstubAllGlobals();
  server?.closeAllConnections();
  server?.close();
});

test("a server that keeps silent counts as one that does not answer", async () => {
  await serve(() => undefined);
  await expect(request("/jobs", { answerMs: 20 })).rejects.toThrow(ConnectionFailed);
});

test("who aborts gets the abort, not a connection that failed", async () => {
  await serve(() => undefined);
  const stop = new AbortController();
  const answer = request("/jobs", { signal: stop.signal });
  stop.abort();
  await expect(answer).rejects.toMatchObject({ name: "AbortError" });
});
