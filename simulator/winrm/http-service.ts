import type { IncomingMessage } from "node:http";
import type { Connection } from "./authentication/connection";
import type { LocalAccounts } from "./authentication/local-accounts";
import { breakOf, delayAnswer, handshakeStatusOf } from "./fault-injection";
import type { FaultPlan, PlannedFault } from "./fault-plan";
import type { HttpGate } from "./http-gate";
import type { Answer, Envelope } from "./http-messages";
import type { WireLog } from "./wire-log";
import type { WsManService } from "./ws-man-service";

/** How a request ends, down to the connection. */
export type Outcome =
  | ({ kind: "answer"; answer: Answer } & Envelope)
  | { kind: "status"; status: number; challenges: string[] }
  | { kind: "reset" | "half_close" | "gone" };

/** From an HTTP request on a connection to what becomes of it: who asks, what is asked, and how it is answered. */
export class HttpService {
  readonly #gate: HttpGate;
  readonly #service: WsManService;
  readonly #accounts: LocalAccounts;
  readonly #faults: FaultPlan;
  readonly #wire: WireLog;

  constructor(parts: {
    gate: HttpGate;
    service: WsManService;
    accounts: LocalAccounts;
    faults: FaultPlan;
    wire: WireLog;
  }) {
    this.#gate = parts.gate;
    this.#service = parts.service;
    this.#accounts = parts.accounts;
    this.#faults = parts.faults;
    this.#wire = parts.wire;
  }

  /** What becomes of a request, with the faults that are planned for the steps of handshakes. */
  async outcome(
    request: IncomingMessage,
    body: Buffer | "too_large",
    connection: Connection,
    gone: AbortSignal,
  ): Promise<Outcome> {
    const faults = isHandshakeStep(request) ? this.#faults.next("Handshake") : [];
    for (const fault of faults) this.#wire.countFault(fault.kind);
    const inPlace = handshakeSubstituteOf(faults, connection.offers);
    if (inPlace !== null) return inPlace;
    const outcome = await this.#answer(request, body, connection, gone);
    await delayAnswer(faults, gone);
    const broken = breakOf(faults, "after");
    return broken === null ? outcome : { kind: broken };
  }

  async #answer(
    request: IncomingMessage,
    body: Buffer | "too_large",
    connection: Connection,
    gone: AbortSignal,
  ): Promise<Outcome> {
    const admission = await this.#gate.admit(request, body, connection);
    if (admission.state === "answered") {
      this.#wire.countRequest(admission.isHandshake ? "handshake" : "refused");
      return { kind: "status", ...admission };
    }
    const { user, context, challenges } = admission;
    const mayOpenShells = this.#accounts.find(user)?.mayOpenShells ?? true;
    const client = { user, mayOpenShells, ip: request.socket.remoteAddress ?? "", gone };
    const outcome = await this.#service.answer(admission.message, client);
    switch (outcome.kind) {
      case "answer":
        return { ...outcome, context, challenges };
      case "status":
        return { ...outcome, challenges: outcome.status === 401 ? connection.offers : [] };
      case "context_lost":
        connection.forget();
        if (context !== null) return { kind: "status", status: 400, challenges: [] };
        return { kind: "status", status: 401, challenges: connection.offers };
      default:
        return outcome;
    }
  }
}

/** Whether a request bears a token of Negotiate, Kerberos or the like. */
function isHandshakeStep({ headers }: IncomingMessage): boolean {
  return /^(?!Basic )\S+ +\S/i.test(headers.authorization ?? "");
}

function handshakeSubstituteOf(faults: PlannedFault[], offers: string[]): Outcome | null {
  const broken = breakOf(faults, "before");
  if (broken !== null) return { kind: broken };
  const status = handshakeStatusOf(faults);
  if (status === null) return null;
  return { kind: "status", status, challenges: status === 401 ? offers : [] };
}
