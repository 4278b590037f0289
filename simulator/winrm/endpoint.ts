import type { IncomingMessage, ServerResponse } from "node:http";
import type { Engine } from "../engine";
import type { ServerCertificate } from "../tls/certificates";
import { type Credentials, isAuthorized } from "./credentials";
import { WsManFault } from "./fault";
import { alterAnswer, breakOf, delayAnswer, substituteOf } from "./fault-injection";
import { FaultPlan, type PlannedFault } from "./fault-plan";
import { type Answer, readBody, refuse, sendAnswer } from "./http-messages";
import type { Quotas } from "./quotas";
import { MAX_ENVELOPE_BYTES, readRequest, type ShellRequest } from "./request";
import { faultEnvelope, responseEnvelope } from "./response";
import { type Client, ShellService } from "./shell-service";
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
    const read = readRequest(body);
    if (!read.ok) {
      this.#wire.countRequest("invalid");
      sendAnswer(response, this.#faultAnswer(read.fault, read.messageId));
      return;
    }
    const { operation, messageId } = read.request;
    this.#wire.countRequest(operation);
    const faults = this.faults.next(operation);
    for (const fault of faults) this.#wire.countFault(fault.kind);

    if (this.#breakConnection(faults, "before", request)) return;
    const substitute = substituteOf(faults);
    if (typeof substitute === "number") refuse(response, substitute);
    else if (substitute !== null) sendAnswer(response, this.#faultAnswer(substitute, messageId));
    if (substitute !== null) return;

    const user = this.#options.credentials.username;
    const answer = await this.#run(read.request, { user, ip: request.socket.remoteAddress ?? "", gone });
    await delayAnswer(faults, gone);
    if (answer === null || this.#breakConnection(faults, "after", request)) return;
    sendAnswer(response, alterAnswer(answer, faults, messageId));
  }

  /** The answer to a valid request; null where the client went away. */
  async #run(request: ShellRequest, client: Client): Promise<Answer | null> {
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

  /** Breaks the connection where the faults say so; true: it is broken, there is nothing left to answer. */
  #breakConnection(faults: PlannedFault[], when: PlannedFault["when"], request: IncomingMessage): boolean {
    const how = breakOf(faults, when);
    if (how === "reset") this.#listener.reset(request.socket.remotePort);
    if (how === "half_close") request.socket.end();
    return how !== null;
  }
}
