import { once } from "node:events";
import {
  createServer,
  request as httpRequest,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from "node:http";
import type { AddressInfo } from "node:net";

export interface Exchange {
  path: string;
  status: number;
  /** Of the answer's body, as it crossed the wire. */
  bytes: number;
}

/** What to do with an answer: let it pass, break off in the middle of its body, reset without a word, or keep it for good. */
export type Treatment = "pass" | "break" | "reset" | "keep";

/** Stands between a browser and AetherV, writes down what crosses, and breaks connections on request. */
export class RecordingProxy {
  readonly exchanges: Exchange[] = [];
  /** Asked for each answer. */
  treat: (path: string) => Treatment = () => "pass";
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
  }

  /** @param port where AetherV listens on the loopback interface */
  static async start(port: number): Promise<RecordingProxy> {
    const server = createServer();
    const proxy = new RecordingProxy(server);
    server.on("request", (request, response) => proxy.#forward(port, request, response));
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    return proxy;
  }

  get url(): string {
    return `http://localhost:${(this.#server.address() as AddressInfo).port}`;
  }

  /** What crossed for addresses of the API that begin so, below `/api/v1`. */
  of(prefix: string): Exchange[] {
    return this.exchanges.filter(({ path }) => path.startsWith(`/api/v1${prefix}`));
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, "close");
  }

  #forward(port: number, request: IncomingMessage, response: ServerResponse): void {
    const { method = "GET", url = "/", headers } = request;
    const upstream = httpRequest({ host: "127.0.0.1", port, path: url, method, headers }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on("data", (chunk: Buffer) => chunks.push(chunk));
      answer.once("end", () => this.#answer(url, answer, Buffer.concat(chunks), request, response));
    });
    upstream.once("error", () => request.socket.resetAndDestroy());
    request.pipe(upstream);
  }

  #answer(
    path: string,
    answer: IncomingMessage,
    body: Buffer,
    { socket }: IncomingMessage,
    response: ServerResponse,
  ) {
    const treatment = this.treat(path);
    if (treatment === "keep") return;
    if (treatment === "reset") {
      socket.resetAndDestroy();
      return;
    }
    const status = answer.statusCode ?? 0;
    const { "transfer-encoding": _, connection: __, ...headers } = answer.headers;
    const whole = status === 304 ? headers : { ...headers, "content-length": String(body.length) };
    response.writeHead(status, whole);
    if (treatment === "break") {
      response.write(body.subarray(0, Math.ceil(body.length / 2)), () => socket.resetAndDestroy());
      return;
    }
    this.exchanges.push({ path, status, bytes: body.length });
    response.end(body);
  }
}
