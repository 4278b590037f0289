import { Agent, type IncomingMessage, request } from "node:http";
import type { Socket } from "node:net";
import { Duplex } from "node:stream";
import { type Authentication, type HttpResponse, StaleConnection } from "../authentication/auth";
import { WinrmError } from "../errors";
import type { Dialed } from "./dial";

export interface ExchangeOptions {
  signal?: AbortSignal;
  /** From the first byte of the request to the last of the answer. */
  timeoutMs: number;
  /** What this exchange costs is added to it. */
  traffic?: Traffic;
  /** What would be done twice if it came twice. */
  onlyOnce?: boolean;
}

/** What has crossed the wire. */
export interface Traffic {
  /** HTTP requests that were given to a connection, answered or not. */
  requests: number;
  /** Bytes of the bodies of complete answers. */
  receivedBytes: number;
}

export interface ConnectionOptions {
  /** After so long without a request the connection is closed. */
  idleMs: number;
  /** The largest answer that is read, in bytes. */
  maxResponseBytes: number;
  /** What is counted up. */
  traffic: Traffic;
}

/** A leg of a handshake carries no message that could take its time. */
const HANDSHAKE_LEG_MS = 30_000;

/**
 * One socket, one request at a time, and the authentication that belongs to it. Never repeats a request and never
 * follows a redirect. `sent` in its errors says whether the body could have left.
 */
export class Connection {
  readonly #url: URL;
  readonly #socket: Socket;
  readonly #agent: OneSocketAgent;
  readonly #authentication: Authentication;
  readonly #maxResponseBytes: number;
  readonly #traffic: Traffic;

  constructor(url: URL, { socket }: Dialed, authentication: Authentication, options: ConnectionOptions) {
    this.#url = url;
    this.#socket = socket;
    this.#agent = new OneSocketAgent(socket, options.idleMs);
    this.#authentication = authentication;
    this.#maxResponseBytes = options.maxResponseBytes;
    this.#traffic = options.traffic;
    socket.on("error", () => undefined);
  }

  /** Whether the socket still takes a request, as far as can be seen from here. */
  get isOpen(): boolean {
    return !this.#socket.destroyed && this.#socket.writable;
  }

  /** Calls once, when the socket has closed. */
  onClose(listener: () => void): void {
    this.#socket.once("close", listener);
  }

  /** @throws StaleConnection; WinrmError of every kind but `fault`. */
  exchange(body: Buffer, options: ExchangeOptions): Promise<HttpResponse> {
    return this.#authentication.exchange((headers, bytes) => this.#post(headers, bytes, options), body);
  }

  /** A request that is under way fails. */
  close(): void {
    this.#agent.destroy();
    this.#socket.destroy();
  }

  #post(
    headers: Readonly<Record<string, string>>,
    body: Buffer,
    { signal, timeoutMs, traffic }: ExchangeOptions,
  ): Promise<HttpResponse> {
    const { host, pathname } = this.#url;
    const counts = traffic === undefined ? [this.#traffic] : [this.#traffic, traffic];
    return new Promise((resolve, reject) => {
      let sent = false;
      let timer: NodeJS.Timeout | undefined;
      const outgoing = request({
        method: "POST",
        path: pathname,
        agent: this.#agent,
        headers: { host, ...headers, "content-length": body.length, "user-agent": "AetherV WinRM" },
      });
      // Rejects at once: a request that still waits for the socket reports nothing when destroyed.
      const stop = (error: Error) => {
        fail(error);
        outgoing.destroy(error);
      };
      const onAbort = () => stop(aborted(sent, signal));
      const fail = (error: Error) => {
        clear();
        const known = error instanceof WinrmError || error instanceof StaleConnection;
        reject(known ? error : lost(host, error, sent));
      };
      const clear = () => {
        clearTimeout(timer);
        signal?.removeEventListener("abort", onAbort);
      };
      outgoing.on("error", fail);
      outgoing.on("socket", () => {
        sent = body.length > 0;
        for (const count of counts) count.requests += 1;
        const limitMs = sent ? timeoutMs : Math.min(timeoutMs, HANDSHAKE_LEG_MS);
        timer = setTimeout(() => stop(new Error(`no complete answer within ${limitMs / 1000} s`)), limitMs);
      });
      outgoing.on("response", (incoming) => {
        readBody(incoming, this.#maxResponseBytes, sent).then((bytes) => {
          clear();
          for (const count of counts) count.receivedBytes += bytes.length;
          resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, body: bytes });
        }, fail);
      });
      if (signal?.aborted) onAbort();
      else signal?.addEventListener("abort", onAbort, { once: true });
      outgoing.end(body);
    });
  }
}

/** Hands out one socket, again and again, and never opens another: who is logged on belongs to this one. */
class OneSocketAgent extends Agent {
  #socket: Socket | null;

  constructor(socket: Socket, idleMs: number) {
    super({ keepAlive: true, maxSockets: 1, timeout: idleMs });
    this.#socket = socket;
  }

  override createConnection(
    _options: unknown,
    callback?: (error: Error | null, socket: Duplex) => void,
  ): undefined {
    const socket = this.#socket;
    this.#socket = null;
    if (socket !== null && !socket.destroyed) callback?.(null, socket);
    else callback?.(new StaleConnection("The connection was closed.", { sent: false }), new Duplex());
    return undefined;
  }
}

/** The whole body, or an error for one that is cut short or larger than the limit. */
async function readBody(incoming: IncomingMessage, limit: number, sent: boolean): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > limit) {
      incoming.destroy();
      throw new WinrmError("protocol", `The host's answer is larger than ${limit} bytes.`, { sent });
    }
    chunks.push(chunk);
  }
  if (!incoming.complete) throw new Error("the answer was cut short");
  return Buffer.concat(chunks);
}

export function aborted(sent: boolean, signal: AbortSignal | undefined): WinrmError {
  return new WinrmError("aborted", "The request was aborted.", { sent, cause: signal?.reason });
}

function lost(host: string, error: Error, sent: boolean): WinrmError {
  const kind = sent ? "contact_lost" : "unreachable";
  return new WinrmError(kind, `The connection to ${host} was lost: ${error.message}`, { sent, cause: error });
}
