import { Agent } from "node:https";
import { isIP } from "node:net";
import type { Duplex } from "node:stream";
import { connect, type TLSSocket } from "node:tls";
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
 * Keep-alive connections to one host. A socket is handed to a request only after the host's certificate
 * was verified: no byte of a request, and so no credential, can leave before.
 */
export class TlsAgent extends Agent {
  readonly #options: TlsAgentOptions;
  readonly #connecting = new Set<TLSSocket>();

  constructor(options: TlsAgentOptions) {
    super({ keepAlive: true, maxSockets: MAX_SOCKETS, timeout: IDLE_SOCKET_MS });
    this.#options = options;
  }

  override createConnection(
    _options: unknown,
    callback?: (error: Error | null, socket: Duplex) => void,
  ): undefined {
    const { host, port, ca, connectMs } = this.#options;
    const socket = connect({
      host,
      port,
      ...(ca === null ? {} : { ca }),
      ...(isIP(host) ? {} : { servername: host }),
      // Explicit, so that NODE_TLS_REJECT_UNAUTHORIZED cannot switch it off.
      rejectUnauthorized: true,
      minVersion: "TLSv1.2",
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
      callback?.(null, socket);
    });
    return undefined;
  }

  override destroy(): void {
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
