import { WinrmError, withSent } from "../errors";
import { refusedRequest } from "../refusals";
import { buildEnvelope, type EnvelopeSettings, type Request } from "../soap/envelope";
import type { Operation } from "../soap/namespaces";
import { looksLikeSoap, readResponse } from "../soap/response";
import type { XmlElement } from "../soap/xml-reader";
import type { ExchangeOptions } from "./connection";
import type { Transport } from "./transport";

/** Who may end a call, and where its cost is counted. */
export type CallOptions = Pick<ExchangeOptions, "signal" | "traffic">;

/** Requests and answers of WS-Management over a {@link Transport}. */
export class Channel {
  readonly #transport: Transport;
  readonly #settings: EnvelopeSettings;
  /** How long an answer may take: above the time after which the host itself gives up waiting. */
  readonly #answerMs: number;

  constructor(transport: Transport, settings: EnvelopeSettings, answerMs: number) {
    this.#transport = transport;
    this.#settings = settings;
    this.#answerMs = answerMs;
  }

  get maxEnvelopeBytes(): number {
    return this.#settings.maxEnvelopeBytes;
  }

  /** The size of a request on the wire, in bytes. */
  measure(request: Request): number {
    return Buffer.byteLength(buildEnvelope(this.#settings, request).xml);
  }

  /**
   * Sends one request, once, and gives the body of its answer.
   *
   * @throws WinrmError whose `sent` is false only if the host certainly did not do what was asked.
   */
  async call(request: Request, options: CallOptions = {}): Promise<XmlElement> {
    const { messageId, xml } = this.#build(request);
    const onlyOnce = request.operation === "command" || request.operation === "send";
    const timing = { timeoutMs: this.#answerMs, onlyOnce };
    const response = await this.#transport.exchange(xml, { ...timing, ...options });
    const text = response.body.toString("utf8");
    if (response.status === 200 || looksLikeSoap(text)) {
      return readAnswer(request.operation, messageId, text);
    }
    throw refusedRequest(response.status);
  }

  #build(request: Request) {
    try {
      return buildEnvelope(this.#settings, request);
    } catch (error) {
      throw new WinrmError("protocol", `The request cannot be sent: ${(error as Error).message}`, {
        cause: error,
      });
    }
  }
}

function readAnswer(operation: Operation, messageId: string, text: string): XmlElement {
  try {
    return readResponse(operation, messageId, text);
  } catch (error) {
    // A fault is a refusal; an answer that cannot be read says nothing about what was done.
    throw error instanceof WinrmError && error.fault ? error : withSent(error, true);
  }
}
