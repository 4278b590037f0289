import type { IncomingMessage } from "node:http";
import { request } from "node:https";
import type { Authenticator, HttpResponse } from "./auth";
import { WinrmError } from "./errors";
import { TlsAgent } from "./tls-agent";

export interface TransportOptions {
  url: URL;
  ca: string | null;
  authenticator: Authenticator;
  connectMs: number;
  /** The largest answer that is read, in bytes. */
  maxResponseBytes: number;
}

export interface ExchangeOptions {
  signal?: AbortSignal;
  /** From the first byte of the request to the last of the answer. */
  timeoutMs: number;
}

/** What has crossed the wire. */
export interface Traffic {
  /** HTTP requests that were given to a connection, answered or not. */
  requests: number;
  /** Bytes of the bodies of complete answers. */
  receivedBytes: number;
}

/**
 * HTTP over verified TLS, one request and one answer at a time. Never repeats a request and never follows
 * a redirect. `sent` in its errors says whether the request could have left.
 */
export class Transport {
  readonly #options: TransportOptions;
  readonly #agent: TlsAgent;
  #requests = 0;
  #receivedBytes = 0;

  constructor(options: TransportOptions) {
    this.#options = options;
    const { url, ca, connectMs } = options;
    const host = url.hostname.replace(/^\[(.*)\]$/, "$1");
    this.#agent = new TlsAgent({ host, port: Number(url.port || 443), ca, connectMs });
  }

  /** @throws WinrmError of every kind but `fault`. */
  exchange(body: string, options: ExchangeOptions): Promise<HttpResponse> {
    return this.#options.authenticator.exchange(
      (headers, bytes) => this.#post(headers, bytes, options),
      Buffer.from(body, "utf8"),
    );
  }

  get traffic(): Traffic {
    return { requests: this.#requests, receivedBytes: this.#receivedBytes };
  }

  /** Ends every connection; requests under way fail. */
  close(): void {
    this.#agent.destroy();
  }

  #post(
    headers: Readonly<Record<string, string>>,
    body: Buffer,
    { signal, timeoutMs }: ExchangeOptions,
  ): Promise<HttpResponse> {
    const { url, maxResponseBytes } = this.#options;
    return new Promise((resolve, reject) => {
      let sent = false;
      let timer: NodeJS.Timeout | undefined;
      const outgoing = request(url, {
        method: "POST",
        agent: this.#agent,
        headers: { ...headers, "content-length": body.length, "user-agent": "AetherV WinRM" },
      });
      // Rejects at once: a request that still waits for its connection reports nothing when destroyed.
      const stop = (error: Error) => {
        fail(error);
        outgoing.destroy(error);
      };
      const onAbort = () => stop(aborted(sent, signal));
      const fail = (error: Error) => {
        clear();
        reject(error instanceof WinrmError ? error : lost(url, error, sent));
      };
      const clear = () => {
        clearTimeout(timer);
        signal?.removeEventListener("abort", onAbort);
      };
      outgoing.on("error", fail);
      outgoing.on("socket", () => {
        sent = true;
        this.#requests += 1;
        timer = setTimeout(() => {
          stop(new Error(`no complete answer within ${timeoutMs / 1000} s`));
        }, timeoutMs);
      });
      outgoing.on("response", (incoming) => {
        readBody(incoming, maxResponseBytes).then((bytes) => {
          clear();
          this.#receivedBytes += bytes.length;
          resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, body: bytes });
        }, fail);
      });
      if (signal?.aborted) onAbort();
      else signal?.addEventListener("abort", onAbort, { once: true });
      outgoing.end(body);
    });
  }
}

/** The whole body, or an error for one that is cut short or larger than the limit. */
async function readBody(incoming: IncomingMessage, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > limit) {
      incoming.destroy();
      throw new WinrmError("protocol", `The host's answer is larger than ${limit} bytes.`, { sent: true });
    }
    chunks.push(chunk);
  }
  if (!incoming.complete) throw new Error("the answer was cut short");
  return Buffer.concat(chunks);
}

function aborted(sent: boolean, signal: AbortSignal | undefined): WinrmError {
  return new WinrmError("aborted", "The request was aborted.", { sent, cause: signal?.reason });
}

function lost(url: URL, error: Error, sent: boolean): WinrmError {
  const kind = sent ? "contact_lost" : "unreachable";
  return new WinrmError(kind, `The connection to ${url.host} was lost: ${error.message}`, {
    sent,
    cause: error,
  });
}
