import type { IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { TLSSocket } from "node:tls";
import type { Engine } from "../engine";
import type { IssuedCertificate } from "../tls/certificates";
import type { AuthenticationScheme, Channel } from "./authentication/authentication-scheme";
import { basicScheme } from "./authentication/basic";
import { certificateScheme } from "./authentication/certificate";
import { serverEndPointHash } from "./authentication/channel-binding";
import { Connection } from "./authentication/connection";
import { type Credentials, type LocalAccount, LocalAccounts } from "./authentication/local-accounts";
import { negotiateScheme } from "./authentication/negotiate";
import { FaultPlan } from "./fault-plan";
import { HttpGate } from "./http-gate";
import { readBody, refuse, sendAnswer } from "./http-messages";
import { HttpService } from "./http-service";
import { Listener } from "./listener";
import type { Quotas } from "./quotas";
import { MAX_ENVELOPE_BYTES } from "./request";
import { DEFAULT_SERVICE_SETTINGS, type ServiceSettings } from "./service-settings";
import { ShellService } from "./shell-service";
import { WireLog, type WireRecord } from "./wire-log";
import { WsManService } from "./ws-man-service";

export interface EndpointOptions {
  /** The host's short name. */
  host: string;
  certificate: IssuedCertificate;
  credentials: Credentials;
  /** More accounts that the host knows. */
  accounts?: readonly LocalAccount[];
  engine: Engine;
  quotas: Quotas;
  /** Other than a fresh host's settings. */
  service?: Partial<ServiceSettings>;
}

/** What the headers and the wrapping of a sealed message take beside it. */
const SEALING_BYTES = 1024;

/** The WinRM listeners of one simulated host: `POST /wsman` over HTTPS and over plain HTTP. */
export class WinrmEndpoint {
  readonly faults = new FaultPlan();
  readonly #https: Listener;
  readonly #http: Listener;
  readonly #shells: ShellService;
  readonly #service: HttpService;
  readonly #wire = new WireLog();
  readonly #connections = new WeakMap<Socket, Connection>();
  readonly #schemes: readonly AuthenticationScheme[];
  readonly #settings: ServiceSettings;
  readonly #certificateHash: Buffer;

  constructor(options: EndpointOptions) {
    const { host, certificate, credentials, engine, quotas } = options;
    this.#settings = { ...DEFAULT_SERVICE_SETTINGS, ...options.service };
    const { allowUnencrypted, cbtHardeningLevel, certificateMappings, schemes } = this.#settings;
    const accounts = new LocalAccounts([credentials, ...(options.accounts ?? [])]);
    this.#schemes = [
      ...schemes,
      negotiateScheme(host.toUpperCase(), accounts, cbtHardeningLevel),
      basicScheme(accounts, allowUnencrypted),
      certificateScheme(accounts, certificateMappings),
    ];
    this.#certificateHash = serverEndPointHash(certificate.cert);
    this.#shells = new ShellService({
      host,
      address: () => `${this.address}/wsman`,
      engine,
      quotas,
      onCommand: (line, environment) => this.#wire.addCommand(line, environment),
    });
    const { faults } = this;
    const wire = this.#wire;
    this.#service = new HttpService({
      gate: new HttpGate({ maxMessageBytes: MAX_ENVELOPE_BYTES, allowUnencrypted }),
      service: new WsManService(host, this.#shells, faults, wire),
      accounts,
      faults,
      wire,
    });
    // Which certificates are good the mappings say, not TLS.
    const asksClients = { requestCert: certificateMappings.length > 0, rejectUnauthorized: false };
    this.#https = Listener.https({ ...certificate, ...asksClients }, (request, response) =>
      this.#take(request, response, this.#https),
    );
    this.#http = Listener.http((request, response) => this.#take(request, response, this.#http));
  }

  get port(): number {
    return this.#https.port;
  }

  get httpPort(): number {
    return this.#http.port;
  }

  get address(): string {
    return `https://localhost:${this.#https.port}`;
  }

  /** The listener without TLS, where messages must be sealed. */
  get httpAddress(): string {
    return `http://localhost:${this.#http.port}`;
  }

  get isOn(): boolean {
    return this.#https.isListening;
  }

  /** Starts to listen, on those ports that are free. */
  async powerOn(port = this.#https.port, httpPort = this.#http.port): Promise<void> {
    if (this.isOn) return;
    await this.#http.listen(httpPort);
    await this.#https.listen(port);
  }

  /** Every process ends, every connection is reset, new ones are refused. */
  async powerOff(): Promise<void> {
    await Promise.all([this.#https.stop(), this.#http.stop()]);
    this.#shells.shells.closeAll();
  }

  wireRecord(): WireRecord {
    const { shells } = this.#shells;
    return this.#wire.record(shells.size, shells.runningProcesses);
  }

  #take(request: IncomingMessage, response: ServerResponse, listener: Listener): void {
    this.#serve(request, response, listener).catch((error: unknown) => {
      process.emitWarning(error instanceof Error ? error : String(error));
      response.destroy();
    });
  }

  async #serve(request: IncomingMessage, response: ServerResponse, listener: Listener): Promise<void> {
    const gone = new AbortController();
    response.once("close", () => gone.abort());
    const body = await readBody(request, MAX_ENVELOPE_BYTES + SEALING_BYTES);
    if (body === "broken_off") return;
    const connection = this.#connectionOf(request.socket);
    const outcome = await this.#service.outcome(request, body, connection, gone.signal);
    connection.touch();
    switch (outcome.kind) {
      case "answer":
        return sendAnswer(response, outcome.answer, outcome);
      case "status":
        return refuse(response, outcome.status, outcome.challenges);
      case "reset":
        return listener.reset(request.socket.remotePort);
      case "half_close":
        request.socket.end();
    }
  }

  #connectionOf(socket: Socket): Connection {
    const known = this.#connections.get(socket);
    if (known !== undefined) return known;
    const connection = new Connection(this.#schemes, this.#channelOf(socket), this.#settings.idleMs);
    this.#connections.set(socket, connection);
    return connection;
  }

  #channelOf(socket: Socket): Channel {
    if (!(socket instanceof TLSSocket)) {
      return { isEncrypted: false, serverCertificateHash: null, clientCertificate: null };
    }
    const { raw } = socket.getPeerCertificate();
    return {
      isEncrypted: true,
      serverCertificateHash: this.#certificateHash,
      clientCertificate: raw === undefined ? null : raw,
    };
  }
}
