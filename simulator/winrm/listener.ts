import { once } from "node:events";
import { createServer as createHttpServer, type Server as HttpServer, type RequestListener } from "node:http";
import { createServer as createHttpsServer, type ServerOptions } from "node:https";
import { type AddressInfo, Socket } from "node:net";

/** http.sys closes a connection that was idle for two minutes. */
const KEEP_ALIVE_MS = 120_000;

/** A server on 127.0.0.1 whose connections can be reset, and that can go away and come back. */
export class Listener {
  readonly #server: HttpServer;
  readonly #sockets = new Set<Socket>();
  #boundPort = 0;

  /** HTTPS, with the certificate in `options`. */
  static https(options: ServerOptions, onRequest: RequestListener): Listener {
    return new Listener(createHttpsServer({ ...options, minVersion: "TLSv1.2" }, onRequest));
  }

  static http(onRequest: RequestListener): Listener {
    return new Listener(createHttpServer(onRequest));
  }

  private constructor(server: HttpServer) {
    this.#server = server;
    server.keepAliveTimeout = KEEP_ALIVE_MS;
    // The TCP connections, also beneath TLS: only those can be reset.
    server.on("connection", (socket) => {
      if (!(socket instanceof Socket)) return;
      this.#sockets.add(socket);
      socket.once("close", () => this.#sockets.delete(socket));
      socket.on("error", () => undefined);
    });
    server.on("tlsClientError", (_error, socket: Socket) => socket.destroy());
  }

  get port(): number {
    return this.#boundPort;
  }

  get isListening(): boolean {
    return this.#server.listening;
  }

  /** Listens on `port`, 0 for any; on any other one too, if that one is taken. */
  async listen(port: number): Promise<void> {
    try {
      await this.#bind(port);
    } catch (error) {
      if (port === 0 || (error as NodeJS.ErrnoException).code !== "EADDRINUSE") throw error;
      await this.#bind(0);
    }
  }

  /** Connections are refused from now on and the open ones are reset; `listen(port)` undoes it. */
  async stop(): Promise<void> {
    if (!this.#server.listening) return;
    const closed = once(this.#server, "close");
    this.#server.close();
    for (const socket of this.#sockets) socket.resetAndDestroy();
    await closed;
  }

  /** Resets the TCP connection that a request came over: the client sees ECONNRESET. */
  reset(remotePort: number | undefined): void {
    for (const socket of this.#sockets) {
      if (socket.remotePort === remotePort) socket.resetAndDestroy();
    }
  }

  async #bind(port: number): Promise<void> {
    this.#server.listen(port, "127.0.0.1");
    await once(this.#server, "listening");
    this.#boundPort = (this.#server.address() as AddressInfo).port;
  }
}
