import { Agent } from "node:https";
import { isIP } from "node:net";
import { Duplex } from "node:stream";
import { connect, createSecureContext, type SecureContext, type TLSSocket } from "node:tls";
import { WinrmError } from "./errors";

export interface TlsAgentOptions {
  host: string;
  port: number;
  /** PEM; null: the system's list. */
  ca: string | null;
  connectMs: number;
}

/** Send and Signal must never wait behind a Receive that the host holds open. */
const MAX_SOCKETS = 4;

/** Below the 120 s after which http.sys closes an idle connection. */
const IDLE_SOCKET_MS = 30_000;

/**
 * The authorities to trust, read once for all hosts that share them: reading them takes longer than all else that
 * a connection costs. Never more than the configuration names.
 */
const contexts = new Map<string | null, SecureContext>();

function contextOf(ca: string | null): SecureContext {
  const known = contexts.get(ca);
  if (known !== undefined) return known;
  const context = createSecureContext({ ...(ca === null ? {} : { ca }), minVersion: "TLSv1.2" });
  contexts.set(ca, context);
  return context;
}

/**
 * How far apart connections begin, to whatever host, in ms. Each takes some milliseconds of the event loop before its
 * first answer is read: those to hundreds of hosts at once would hold up everything else.
 */
const APART_MS = 5;
const beginnings: (() => void)[] = [];

function inTurn(begin: () => void): void {
  beginnings.push(begin);
  if (beginnings.length === 1) setImmediate(beginNext);
}

function beginNext(): void {
  beginnings[0]?.();
  beginnings.shift();
  if (beginnings.length > 0) setTimeout(beginNext, APART_MS);
}

/**
 * Keep-alive connections to one host. A socket is handed to a request only after the host's certificate
 * was verified: no byte of a request, and so no credential, can leave before.
 */
export class TlsAgent extends Agent {
  readonly #options: TlsAgentOptions;
  readonly #connecting = new Set<TLSSocket>();
  /** Of a connection that was verified: a further one need not be from the beginning. */
  #session: Buffer | undefined;
  #destroyed = false;

  constructor(options: TlsAgentOptions) {
    super({ keepAlive: true, maxSockets: MAX_SOCKETS, timeout: IDLE_SOCKET_MS });
    this.#options = options;
  }

  override createConnection(
    _options: unknown,
    callback?: (error: Error | null, socket: Duplex) => void,
  ): undefined {
    inTurn(() => {
      if (!this.#destroyed) this.#connect(callback);
      else callback?.(new WinrmError("unreachable", "The client was closed."), new Duplex());
    });
    return undefined;
  }

  #connect(callback: ((error: Error | null, socket: Duplex) => void) | undefined): void {
    const { host, port, ca, connectMs } = this.#options;
    const socket = connect({
      host,
      port,
      secureContext: contextOf(ca),
      ...(isIP(host) ? {} : { servername: host }),
      ...(this.#session === undefined ? {} : { session: this.#session }),
      // Explicit, so that NODE_TLS_REJECT_UNAUTHORIZED cannot switch it off.
      rejectUnauthorized: true,
      ALPNProtocols: ["http/1.1"],
    });
    this.#connecting.add(socket);
    const timer = setTimeout(() => {
      socket.destroy(new Error(`no connection within ${connectMs / 1000} s`));
    }, connectMs);
    const settle = () => {
      clearTimeout(timer);
      this.#connecting.delete(socket);
      socket.off("error", onError);
      socket.off("close", onClose);
    };
    const onError = (error: Error) => {
      settle();
      callback?.(connectError(socket, error, `${host}:${port}`), socket);
    };
    const onClose = () => onError(new Error("the connection was closed"));
    socket.once("error", onError);
    socket.once("close", onClose);
    socket.once("secureConnect", () => {
      settle();
      socket.setNoDelay(true);
      socket.on("session", (session) => {
        this.#session = session;
      });
      callback?.(null, socket);
    });
  }

  override destroy(): void {
    this.#destroyed = true;
    for (const socket of this.#connecting) socket.destroy();
    super.destroy();
  }
}

function connectError(socket: TLSSocket, error: Error, address: string): WinrmError {
  const rejected = socket.authorizationError;
  if (rejected) {
    return new WinrmError("certificate", `The certificate of ${address} was not accepted: ${error.message}`, {
      cause: error,
    });
  }
  // OpenSSL's own messages are addresses and file names; its reason is the readable part.
  const reason = (error as { reason?: string }).reason ?? error.message;
  return new WinrmError("unreachable", `No TLS connection to ${address}: ${reason}`, { cause: error });
}
