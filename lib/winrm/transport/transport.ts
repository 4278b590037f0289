import { type Authenticator, type HttpResponse, StaleConnection } from "../authentication/auth";
import { WinrmError } from "../errors";
import { aborted, Connection, type ExchangeOptions, type Traffic } from "./connection";
import { Dialer, type TlsOptions } from "./dial";

export interface TransportOptions {
  url: URL;
  tls: TlsOptions;
  authenticator: Authenticator;
  /** TCP and TLS together. */
  connectMs: number;
  /** After so long without a request a connection is closed. */
  idleMs: number;
  /** The largest answer that is read, in bytes. */
  maxResponseBytes: number;
}

/**
 * Each request under way holds a connection: a Receive until the host has output. Send and Signal must find a free one,
 * for as many commands as run at a time: two for each of the 30 shells that a user may have, and some for what comes and
 * goes. They are opened only as they are needed, and a host takes 300 (MaxConnections).
 */
const MAX_CONNECTIONS = 64;

/**
 * Requests to one endpoint, each over a connection that carries no other at the time. Connections are opened as they
 * are needed, kept, and used again.
 */
export class Transport {
  readonly #options: TransportOptions;
  readonly #encrypted: boolean;
  readonly #dialer: Dialer;
  readonly #connections = new Set<Connection>();
  /** The one used last is used next, so that the others can end. */
  readonly #idle: Connection[] = [];
  readonly #waiting: (() => void)[] = [];
  readonly #traffic: Traffic = { requests: 0, receivedBytes: 0 };
  #opening = 0;

  constructor(options: TransportOptions) {
    this.#options = options;
    const { url, tls, connectMs } = options;
    this.#encrypted = url.protocol === "https:";
    this.#dialer = new Dialer({
      host: hostOf(url),
      port: Number(url.port || (this.#encrypted ? 443 : 80)),
      tls: this.#encrypted ? tls : null,
      connectMs,
    });
  }

  /** @throws WinrmError of every kind but `fault`. */
  async exchange(body: string, options: ExchangeOptions): Promise<HttpResponse> {
    const bytes = Buffer.from(body, "utf8");
    for (let kept = true; ; kept = false) {
      const connection = await this.#take(options.signal, kept);
      try {
        const response = await connection.exchange(bytes, options);
        this.#giveBack(connection);
        return response;
      } catch (error) {
        this.#discard(connection);
        if (!(error instanceof StaleConnection)) throw error;
        if (error.sent && options.onlyOnce && !this.#encrypted) throw doubtful(error);
        if (!kept)
          throw new WinrmError("unreachable", "The host closes its connections at once.", { cause: error });
      }
    }
  }

  get traffic(): Traffic {
    return { ...this.#traffic };
  }

  /** How many connections are open. */
  get connections(): number {
    return this.#connections.size;
  }

  /** Ends every connection; requests under way fail. */
  close(): void {
    this.#dialer.close();
    for (const connection of this.#connections) connection.close();
    for (const wake of this.#waiting.splice(0)) wake();
  }

  /** @param kept whether it may be one that was used before. */
  async #take(signal: AbortSignal | undefined, kept: boolean): Promise<Connection> {
    for (;;) {
      if (signal?.aborted) throw aborted(false, signal);
      const idle = kept ? this.#idle.pop() : undefined;
      if (idle?.isOpen) return idle;
      if (idle !== undefined) this.#discard(idle);
      else if (this.#connections.size + this.#opening < MAX_CONNECTIONS) return this.#open(signal);
      else if (!kept && this.#idle.length > 0) this.#discard(this.#idle.shift() as Connection);
      else await this.#turn(signal);
    }
  }

  async #open(signal: AbortSignal | undefined): Promise<Connection> {
    const { url, authenticator, maxResponseBytes, idleMs } = this.#options;
    this.#opening += 1;
    try {
      const dialed = await unlessAborted(signal, (ended) => this.#dialer.open(ended));
      const authentication = authenticator.connect({ host: hostOf(url), certificate: dialed.certificate });
      const traffic = this.#traffic;
      const connection = new Connection(url, dialed, authentication, { maxResponseBytes, idleMs, traffic });
      this.#connections.add(connection);
      connection.onClose(() => this.#discard(connection));
      return connection;
    } finally {
      this.#opening -= 1;
      this.#wakeOne();
    }
  }

  /** Until a connection may have become free. */
  #turn(signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        signal?.removeEventListener("abort", leave);
        resolve();
      };
      const leave = () => {
        this.#waiting.splice(this.#waiting.indexOf(wake), 1);
        resolve();
      };
      this.#waiting.push(wake);
      signal?.addEventListener("abort", leave, { once: true });
    });
  }

  #giveBack(connection: Connection): void {
    this.#idle.push(connection);
    this.#wakeOne();
  }

  #discard(connection: Connection): void {
    connection.close();
    if (!this.#connections.delete(connection)) return;
    const place = this.#idle.indexOf(connection);
    if (place !== -1) this.#idle.splice(place, 1);
    this.#wakeOne();
  }

  #wakeOne(): void {
    this.#waiting.shift()?.();
  }
}

/** Over plain http, who said that the host did nothing may have been somebody between, who passed the request on. */
function doubtful(cause: StaleConnection): WinrmError {
  return new WinrmError(
    "contact_lost",
    "The host's answer says that it knows the connection no longer. Over plain http it may not be the host's: the request is not sent again.",
    { sent: true, next: "Use https for this host: there, nobody between can answer in its place.", cause },
  );
}

/** The name or address without the brackets of IPv6. */
function hostOf(url: URL): string {
  return url.hostname.replace(/^\[(.*)\]$/, "$1");
}

/** Rejects as soon as the signal says so; what `work` still does then ends by the signal that it was given. */
function unlessAborted<T>(
  signal: AbortSignal | undefined,
  work: (ended: AbortSignal) => Promise<T>,
): Promise<T> {
  if (signal === undefined) return work(new AbortController().signal);
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(aborted(false, signal));
    signal.addEventListener("abort", onAbort, { once: true });
    work(signal)
      .finally(() => signal.removeEventListener("abort", onAbort))
      .then(resolve, reject);
  });
}
