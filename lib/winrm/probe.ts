import { lookup } from "node:dns/promises";
import { connect, isIP } from "node:net";
import { readAddress } from "./address";
import { type Authenticator, SOAP } from "./authentication/auth";
import { authenticatorFor } from "./authentication/authenticators";
import { WinrmClient, type WinrmEndpoint } from "./client";
import { WinrmError } from "./errors";
import { offeredSchemes, refusedRequest } from "./refusals";
import { IDENTIFY, type Identity, readIdentity } from "./soap/identify";
import { looksLikeSoap } from "./soap/response";
import { describeCertificate, lookAtCertificate, type ShownCertificate } from "./transport/certificate";
import { Dialer } from "./transport/dial";
import { Transport } from "./transport/transport";

/** TLS as it came about, or why it did not and what the host showed. */
export type TlsFinding =
  | { trusted: true; certificate: ShownCertificate }
  | { trusted: false; certificate: ShownCertificate | null; error: WinrmError };

const MAX_ANSWER_BYTES = 64 * 1024;
/** For an answer that takes the host no work. */
const ANSWER_MS = 30_000;
const EMPTY = Buffer.alloc(0);

/**
 * The way to a WinRM service in its parts, each tried by itself, so that one can say which of them fails: the name,
 * TCP, TLS, what the service offers, the logon, a shell. Every part is bounded by `timeouts.connectMs` or by 30 s, and
 * ends at once when `signal` says so. Nothing on the host is changed but for a shell that is deleted again.
 */
export class WinrmProbe {
  readonly #endpoint: WinrmEndpoint;
  readonly #url: URL;
  readonly #host: string;
  readonly #port: number;
  readonly #connectMs: number;

  /** @throws TypeError as {@link WinrmClient} */
  constructor(endpoint: WinrmEndpoint) {
    this.#endpoint = endpoint;
    this.#url = readAddress(endpoint.url, endpoint.authentication ?? "basic");
    this.#host = this.#url.hostname.replace(/^\[(.*)\]$/, "$1");
    this.#port = Number(this.#url.port || (this.encrypted ? 443 : 80));
    this.#connectMs = endpoint.timeouts?.connectMs ?? 10_000;
  }

  /** The name or address that the endpoint's URL holds. */
  get host(): string {
    return this.#host;
  }

  get port(): number {
    return this.#port;
  }

  /** Whether the URL says https. */
  get encrypted(): boolean {
    return this.#url.protocol === "https:";
  }

  /**
   * The addresses that the name stands for; of an address, itself.
   * @throws WinrmError `unreachable`, its cause with the code of the resolver
   */
  async resolve(signal: AbortSignal): Promise<string[]> {
    if (isIP(this.#host)) return [this.#host];
    try {
      const found = await bounded(lookup(this.#host, { all: true }), this.#connectMs, signal);
      return found.map(({ address }) => address);
    } catch (error) {
      if (error instanceof WinrmError) throw error;
      throw new WinrmError("unreachable", `The name ${this.#host} is not known.`, { cause: error });
    }
  }

  /** @throws WinrmError `unreachable`, its cause with the code of the operating system */
  connect(signal: AbortSignal): Promise<void> {
    const address = `${this.#host}:${this.#port}`;
    const socket = connect({ host: this.#host, port: this.#port });
    const connected = new Promise<void>((resolve, reject) => {
      socket.once("connect", resolve);
      socket.once("error", (error) =>
        reject(
          new WinrmError("unreachable", `No connection to ${address}: ${error.message}`, { cause: error }),
        ),
      );
    });
    return bounded(connected, this.#connectMs, signal).finally(() =>
      socket.on("error", () => undefined).destroy(),
    );
  }

  /** Meant for https. @throws WinrmError `unreachable` where TLS does not come about at all */
  async secure(signal: AbortSignal): Promise<TlsFinding> {
    const dialer = new Dialer({
      host: this.#host,
      port: this.#port,
      tls: this.#endpoint.tls ?? {},
      connectMs: this.#connectMs,
    });
    try {
      const { socket, certificate } = await dialer.open(signal);
      socket.on("error", () => undefined).destroy();
      return { trusted: true, certificate: describeCertificate(certificate ?? EMPTY) };
    } catch (error) {
      if (!(error instanceof WinrmError) || error.kind !== "certificate") throw error;
      const limit = AbortSignal.any([signal, AbortSignal.timeout(this.#connectMs)]);
      const certificate = await lookAtCertificate({ host: this.#host, port: this.#port }, limit);
      return { trusted: false, certificate, error };
    } finally {
      dialer.close();
    }
  }

  /**
   * The authentication schemes that the service offers to somebody unknown, as it writes them.
   * @throws WinrmError where no WinRM service answers
   */
  async offers(signal: AbortSignal): Promise<string[]> {
    const nobody: Authenticator = {
      connect: () => ({ exchange: (post) => post({ "content-type": SOAP }, EMPTY) }),
    };
    const response = await this.#ask(nobody, "", signal);
    if (response.status !== 401) throw refusedRequest(response.status);
    return offeredSchemes(response);
  }

  /**
   * Logs on and asks the service what it is (DSP0226 section 11). Whatever WS-Management answers, the logon was good.
   * @returns null where it does not tell
   * @throws WinrmError
   */
  async logOn(signal: AbortSignal): Promise<Identity | null> {
    const plaintext = this.#endpoint.allowPlaintextThatTheNetworkCanReadAndChange ?? false;
    const response = await this.#ask(authenticatorFor(this.#endpoint, plaintext), IDENTIFY, signal);
    const text = response.body.toString("utf8");
    if (response.status === 200) return readIdentity(text);
    if (looksLikeSoap(text)) return null;
    throw refusedRequest(response.status);
  }

  /** Opens a shell and deletes it. @throws WinrmError */
  async openShell(signal: AbortSignal): Promise<void> {
    const client = new WinrmClient(this.#endpoint);
    try {
      const shell = await client.openShell({
        signal: AbortSignal.any([signal, AbortSignal.timeout(ANSWER_MS)]),
      });
      // What counts is that it was opened; one that is not deleted ends by its idle time.
      await shell.close().catch(() => undefined);
    } finally {
      client.close();
    }
  }

  async #ask(authenticator: Authenticator, body: string, signal: AbortSignal) {
    const transport = new Transport({
      url: this.#url,
      tls: this.#endpoint.tls ?? {},
      authenticator,
      connectMs: this.#connectMs,
      maxResponseBytes: MAX_ANSWER_BYTES,
      idleMs: ANSWER_MS,
    });
    try {
      return await transport.exchange(body, { signal, timeoutMs: ANSWER_MS });
    } finally {
      transport.close();
    }
  }
}

/** Fails when the time is over, whatever the work still does. */
async function bounded<T>(work: Promise<T>, limitMs: number, signal: AbortSignal): Promise<T> {
  let settle = () => {};
  const over = new Promise<never>((_, reject) => {
    const timer = setTimeout(
      () => reject(new WinrmError("unreachable", `There was no answer within ${limitMs / 1000} s.`)),
      limitMs,
    );
    const onAbort = () =>
      reject(new WinrmError("aborted", "The request was aborted.", { cause: signal.reason }));
    settle = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", onAbort);
    };
    if (signal.aborted) onAbort();
    else signal.addEventListener("abort", onAbort, { once: true });
  });
  try {
    return await Promise.race([work, over]);
  } finally {
    settle();
  }
}
