import { WsManFault } from "./fault";
import { alterAnswer, breakOf, delayAnswer, deliveryOf, substituteOf } from "./fault-injection";
import type { FaultPlan, PlannedFault } from "./fault-plan";
import type { Answer, Delivery } from "./http-messages";
import { IDENTIFY_RESPONSE, isIdentify } from "./identify";
import { readRequest, type ShellRequest } from "./request";
import { faultEnvelope, responseEnvelope } from "./response";
import type { Client, ShellService } from "./shell-service";
import type { WireLog } from "./wire-log";

/** What becomes of a message. */
export type MessageOutcome =
  | { kind: "answer"; answer: Answer; delivery?: Delivery }
  /** A planned fault: an HTTP status without a body. */
  | { kind: "status"; status: number }
  /** A planned fault: the connection no longer knows its client. */
  | { kind: "context_lost" }
  /** A planned fault: the connection ends without an answer. */
  | { kind: "reset" }
  | { kind: "half_close" }
  /** The client went away. */
  | { kind: "gone" };

/** WS-Management on one host: from a SOAP message to its answer, with the faults that are planned. */
export class WsManService {
  readonly #host: string;
  readonly #shells: ShellService;
  readonly #faults: FaultPlan;
  readonly #wire: WireLog;

  constructor(host: string, shells: ShellService, faults: FaultPlan, wire: WireLog) {
    this.#host = host;
    this.#shells = shells;
    this.#faults = faults;
    this.#wire = wire;
  }

  async answer(message: Buffer, client: Client): Promise<MessageOutcome> {
    const read = readRequest(message);
    if (!read.ok) {
      if (isIdentify(message)) return { kind: "answer", answer: { status: 200, body: IDENTIFY_RESPONSE } };
      this.#wire.countRequest("invalid");
      return { kind: "answer", answer: this.#faultAnswer(read.fault, read.messageId) };
    }
    const { operation, messageId } = read.request;
    this.#wire.countRequest(operation);
    const faults = this.#faults.next(operation);
    for (const fault of faults) this.#wire.countFault(fault.kind);
    return this.#inPlace(faults, messageId) ?? (await this.#operate(read.request, client, faults));
  }

  /** What a planned fault does in place of the operation. */
  #inPlace(faults: PlannedFault[], messageId: string): MessageOutcome | null {
    const broken = breakOf(faults, "before");
    if (broken !== null) return { kind: broken };
    const substitute = substituteOf(faults);
    if (substitute === null) return null;
    if (substitute === "context_lost") return { kind: substitute };
    if (typeof substitute === "number") return { kind: "status", status: substitute };
    return { kind: "answer", answer: this.#faultAnswer(substitute, messageId) };
  }

  async #operate(request: ShellRequest, client: Client, faults: PlannedFault[]): Promise<MessageOutcome> {
    const answer = await this.#run(request, client);
    await delayAnswer(faults, client.gone);
    const broken = breakOf(faults, "after");
    if (answer === null) return { kind: "gone" };
    if (broken !== null) return { kind: broken };
    const altered = alterAnswer(answer, faults, request.messageId);
    return { kind: "answer", answer: altered, delivery: deliveryOf(faults) };
  }

  /** The answer to a valid request; null where the client went away. */
  async #run(request: ShellRequest, client: Client): Promise<Answer | null> {
    try {
      const body = await this.#shells.handle(request, client);
      this.#wire.noteProcesses(this.#shells.shells.runningProcesses);
      if (body === null) return null;
      return { status: 200, body: responseEnvelope(request.operation, request.messageId, body) };
    } catch (error) {
      if (error instanceof WsManFault) return this.#faultAnswer(error, request.messageId);
      throw error;
    }
  }

  #faultAnswer(fault: WsManFault, messageId: string | undefined): Answer {
    return { status: 500, body: faultEnvelope(fault, messageId, this.#host) };
  }
}
