import { once } from "node:events";
import {
  createServer,
  Agent as HttpAgent,
  request as httpRequest,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  type ServerResponse,
} from "node:http";
import { createServer as createTlsServer, Agent as HttpsAgent, request as httpsRequest } from "node:https";
import type { AddressInfo, Server, Socket } from "node:net";
import type { ServerCertificate } from "./tls-certificates";

/** A request or an answer on its way; a test may change what is in it. */
export interface Passing {
  /** Of an answer. */
  status: number;
  headers: OutgoingHttpHeaders;
  body: Buffer;
}

export interface AlteringProxyOptions {
  /** The proxy ends TLS with this certificate of its own. */
  certificate?: ServerCertificate;
  /** PEM of the authority of an upstream over https. */
  ca?: string;
}

/**
 * Somebody between a WinRM client and a host: each connection goes to the host over one of its own, so that logons
 * that belong to a connection hold, and every message can be seen and altered.
 */
export class AlteringProxy {
  /** Requests as they came from the client. */
  readonly requests: Passing[] = [];
  alterRequest: (passing: Passing) => void = () => undefined;
  alterAnswer: (passing: Passing, request: Passing) => void = () => undefined;
  readonly #server: Server;
  readonly #upstream: URL;
  readonly #options: AlteringProxyOptions;
  readonly #agents = new Map<Socket, HttpAgent>();

  private constructor(upstream: URL, options: AlteringProxyOptions) {
    this.#upstream = upstream;
    this.#options = options;
    const take = (request: IncomingMessage, response: ServerResponse) => void this.#pass(request, response);
    this.#server =
      options.certificate === undefined ? createServer(take) : createTlsServer(options.certificate, take);
  }

  static async start(upstream: string, options: AlteringProxyOptions = {}): Promise<AlteringProxy> {
    const proxy = new AlteringProxy(new URL(upstream), options);
    proxy.#server.listen(0, "localhost");
    await once(proxy.#server, "listening");
    return proxy;
  }

  get url(): string {
    const scheme = this.#options.certificate === undefined ? "http" : "https";
    return `${scheme}://localhost:${(this.#server.address() as AddressInfo).port}/wsman`;
  }

  /** The host no longer knows the connections that there are, while the client's own stay open. */
  forgetLogons(): void {
    for (const [socket, agent] of this.#agents) {
      agent.destroy();
      this.#agents.set(socket, this.#newAgent());
    }
  }

  /** How many connections clients have made. */
  get connections(): number {
    return this.#agents.size;
  }

  /** How many of them are still there. */
  get openConnections(): number {
    return [...this.#agents.keys()].filter(({ destroyed }) => !destroyed).length;
  }

  async stop(): Promise<void> {
    for (const agent of this.#agents.values()) agent.destroy();
    for (const socket of this.#agents.keys()) socket.destroy();
    this.#server.close();
    await once(this.#server, "close");
  }

  /** What the client sent with a body, in the order in which it did. */
  get bodies(): Buffer[] {
    return this.requests.map(({ body }) => body).filter((body) => body.length > 0);
  }

  async #pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const sent: Passing = { status: 0, headers: { ...request.headers }, body: await bodyOf(request) };
    this.requests.push({ ...sent });
    this.alterRequest(sent);
    const answered = await this.#forward(request, sent);
    this.alterAnswer(answered, sent);
    response.writeHead(answered.status, { ...answered.headers, "content-length": answered.body.length });
    response.end(answered.body);
  }

  async #forward({ socket, method }: IncomingMessage, { headers, body }: Passing): Promise<Passing> {
    const send = this.#upstream.protocol === "https:" ? httpsRequest : httpRequest;
    const agent = this.#agentFor(socket);
    const outgoing = send(this.#upstream, {
      method,
      agent,
      headers: { ...headers, "content-length": body.length },
    });
    outgoing.end(body);
    const [incoming] = (await once(outgoing, "response")) as [IncomingMessage];
    const answer = await bodyOf(incoming);
    const { connection: _, ...kept } = incoming.headers;
    return { status: incoming.statusCode ?? 0, headers: kept, body: answer };
  }

  #agentFor(socket: Socket): HttpAgent {
    const known = this.#agents.get(socket);
    if (known !== undefined) return known;
    const agent = this.#newAgent();
    this.#agents.set(socket, agent);
    return agent;
  }

  #newAgent(): HttpAgent {
    const one = { keepAlive: true, maxSockets: 1 };
    const { ca } = this.#options;
    return this.#upstream.protocol === "https:"
      ? new HttpsAgent({ ...one, ...(ca && { ca }) })
      : new HttpAgent(one);
  }
}

async function bodyOf(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}
