import type { IncomingMessage, ServerResponse } from "node:http";
import type { Engine } from "../engine";
import type { ServerCertificate } from "../tls/certificates";
import { type Credentials, isAuthorized } from "./credentials";
import { quotaFault, timedOutFault, WsManFault } from "./fault";
import { FaultPlan, type PlannedFault } from "./fault-plan";
import type { Quotas } from "./quotas";
import { MAX_ENVELOPE_BYTES, readRequest, type ShellRequest } from "./request";
import { faultEnvelope, newId, responseEnvelope } from "./response";
import { ShellService } from "./shell-service";
import { TlsListener } from "./tls-listener";
import { WireLog, type WireRecord } from "./wire-log";

export interface EndpointOptions {
  /** The host's short name. */
  host: string;
  certificate: ServerCertificate;
  credentials: Credentials;
  engine: Engine;
  quotas: Quotas;
}

/** An answer before it is written. */
interface Answer {
  status: number;
  body: string;
}

/** The WinRM HTTPS listener of one simulated host: `POST /wsman` with Basic authentication. */
export class WinrmEndpoint {
  readonly faults = new FaultPlan();
  readonly #options: EndpointOptions;
  readonly #listener: TlsListener;
  readonly #service: ShellService;
  readonly #wire = new WireLog();

  constructor(options: EndpointOptions) {
    this.#options = options;
    this.#listener = new TlsListener(options.certificate, (request, response) => {
      this.#serve(request, response).catch((error: unknown) => {
        process.emitWarning(error instanceof Error ? error : String(error));
        response.destroy();
      });
    });
    this.#service = new ShellService({
      host: options.host,
      address: () => `${this.address}/wsman`,
      engine: options.engine,
      quotas: options.quotas,
      onCommand: (line, environment) => this.#wire.addCommand(line, environment),
    });
  }

  get port(): number {
    return this.#listener.port;
  }

  get address(): string {
    return `https://localhost:${this.#listener.port}`;
  }

  get isOn(): boolean {
    return this.#listener.isListening;
  }

  /** Starts to listen, on `port` if that is free. */
  async powerOn(port = this.#listener.port): Promise<void> {
    if (!this.isOn) await this.#listener.listen(port);
  }

  /** Every process ends, every connection is reset, new ones are refused. */
  async powerOff(): Promise<void> {
    await this.#listener.stop();
    this.#service.shells.closeAll();
  }

  wireRecord(): WireRecord {
    const { shells } = this.#service;
    return this.#wire.record(shells.size, shells.runningProcesses);
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const gone = new AbortController();
    response.once("close", () => gone.abort());
    const body = await readBody(request, MAX_ENVELOPE_BYTES);
    if (body === "broken_off") return;
    const refusal = this.#refusal(request, body);
    if (refusal !== null) {
      this.#wire.countRequest("refused");
      refuse(response, refusal);
      return;
    }
    await this.#answer(request, response, body as Buffer, gone.signal);
  }

  /** The HTTP status of a request that never reaches WS-Management; null if it does. */
  #refusal(request: IncomingMessage, body: Buffer | "too_large"): number | null {
    if (request.url?.toLowerCase() !== "/wsman") return 404;
    if (!isAuthorized(request.headers.authorization, this.#options.credentials)) return 401;
    if (request.method !== "POST") return 405;
    if (body === "too_large") return 413;
    const contentType = request.headers["content-type"] ?? "";
    if (!/^application\/soap\+xml\s*(?:;\s*charset="?utf-8"?\s*)?$/i.test(contentType)) return 415;
    return null;
  }

  async #answer(
    request: IncomingMessage,
    response: ServerResponse,
    body: Buffer,
    gone: AbortSignal,
  ): Promise<void> {
    const read = readRequest(body.toString("utf8"));
    if (!read.ok) {
      this.#wire.countRequest("invalid");
      send(response, this.#faultAnswer(read.fault, read.messageId));
      return;
    }
    this.#wire.countRequest(read.request.operation);
    const faults = this.faults.next(read.request.operation);
    for (const fault of faults) this.#wire.countFault(fault.kind);
    const client = {
      user: this.#options.credentials.username,
      ip: request.socket.remoteAddress ?? "",
      gone,
    };
    if (this.#disturb(faults, "before", request, response, read.request)) return;
    const answer = await this.#run(read.request, client);
    await delay(faults, gone);
    if (answer === null || this.#disturb(faults, "after", request, response, read.request)) return;
    send(response, alter(answer, faults, read.request.messageId));
  }

  async #run(
    request: ShellRequest,
    client: { user: string; ip: string; gone: AbortSignal },
  ): Promise<Answer | null> {
    try {
      const body = await this.#service.handle(request, client);
      this.#wire.noteProcesses(this.#service.shells.runningProcesses);
      if (body === null) return null;
      return { status: 200, body: responseEnvelope(request.operation, request.messageId, body) };
    } catch (error) {
      if (error instanceof WsManFault) return this.#faultAnswer(error, request.messageId);
      throw error;
    }
  }

  #faultAnswer(fault: WsManFault, messageId: string | undefined): Answer {
    return { status: 500, body: faultEnvelope(fault, messageId, this.#options.host) };
  }

  /** Carries out the faults that replace the answer; true where there is nothing left to answer. */
  #disturb(
    faults: PlannedFault[],
    when: "before" | "after",
    request: IncomingMessage,
    response: ServerResponse,
    { messageId }: ShellRequest,
  ): boolean {
    for (const fault of faults) {
      if (fault.kind === "reset" && fault.when === when) {
        this.#listener.reset(request.socket.remotePort);
        return true;
      }
      if (fault.kind === "half_close" && fault.when === when) {
        request.socket.end();
        return true;
      }
      if (when === "after") continue;
      if (fault.kind === "unauthorized") return refuse(response, 401);
      if (fault.kind === "too_large") return refuse(response, 413);
      if (fault.kind === "timed_out") return send(response, this.#faultAnswer(timedOutFault(), messageId));
      if (fault.kind === "quota") {
        const quota = quotaFault(2150859173, "The maximum number of concurrent shells has been exceeded. ");
        return send(response, this.#faultAnswer(quota, messageId));
      }
    }
    return false;
  }
}

function alter({ status, body }: Answer, faults: PlannedFault[], messageId: string): Answer {
  const kinds = new Set(faults.map((fault) => fault.kind));
  if (kinds.has("empty_500")) return { status: 500, body: "" };
  const related = kinds.has("wrong_relates_to") ? body.replace(messageId, `uuid:${newId()}`) : body;
  return {
    status,
    body: kinds.has("truncated") ? related.slice(0, Math.floor(related.length / 2)) : related,
  };
}

async function delay(faults: PlannedFault[], gone: AbortSignal): Promise<void> {
  const milliseconds = faults.reduce((sum, fault) => sum + (fault.kind === "slow" ? fault.delayMs : 0), 0);
  if (milliseconds === 0 || gone.aborted) return;
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    gone.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

function send(response: ServerResponse, { status, body }: Answer): true {
  response.writeHead(status, {
    "Content-Type": "application/soap+xml;charset=UTF-8",
    "Content-Length": Buffer.byteLength(body),
    Server: "Microsoft-HTTPAPI/2.0",
  });
  response.end(body);
  return true;
}

function refuse(response: ServerResponse, status: number): true {
  response.writeHead(status, {
    "Content-Length": 0,
    Server: "Microsoft-HTTPAPI/2.0",
    ...(status === 401 && { "WWW-Authenticate": 'Basic realm="WSMAN"' }),
    ...(status === 405 && { Allow: "POST" }),
    ...(status === 413 && { Connection: "close" }),
  });
  response.end();
  return true;
}

async function readBody(
  request: IncomingMessage,
  limit: number,
): Promise<Buffer | "too_large" | "broken_off"> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      length += chunk.length;
      // The rest is read and dropped, so that the client gets to see the answer.
      if (length <= limit) chunks.push(chunk);
    }
  } catch {
    return "broken_off";
  }
  return length > limit ? "too_large" : Buffer.concat(chunks);
}
