import { randomUUID } from "node:crypto";
import { readAddress } from "./address";
import { authenticatorFor, type Credentials } from "./authentication/authenticators";
import { WinrmError } from "./errors";
import { mayHaveArrived } from "./shell/process";
import { Shell } from "./shell/shell";
import { newId } from "./soap/envelope";
import { createRequest, type ShellOptions } from "./soap/requests";
import { readShellId } from "./soap/response";
import { type CallOptions, Channel } from "./transport/channel";
import type { Traffic } from "./transport/connection";
import type { TlsOptions } from "./transport/dial";
import { Transport } from "./transport/transport";

export type WinrmEndpoint = EndpointOptions & Credentials;

interface EndpointOptions {
  /**
   * `https://host:5986/wsman`. Over `http://host:5985/wsman` go `negotiate` and `ntlm` only, which seal every message.
   */
  url: string;
  /**
   * Over http: sends every message readable and changeable for anybody on the way, to a host whose `AllowUnencrypted`
   * is true. The password itself still does not cross.
   */
  allowPlaintextThatTheNetworkCanReadAndChange?: boolean;
  /** Whom to trust, and the client's own certificate. Verification cannot be switched off. */
  tls?: TlsOptions;
  timeouts?: {
    /** TCP and TLS together. Default 10,000. */
    connectMs?: number;
    /**
     * After so long without a request a connection is closed. Default 100,000: http.sys closes it after 120 s, and forgets
     * who is logged on.
     */
    idleMs?: number;
    /** w:OperationTimeout: how long the host holds a Receive open without output. Default 20. */
    operationSeconds?: number;
    /** How long an answer may take from the first byte of the request. Default: 30 s above the former. */
    socketMs?: number;
  };
  /** The largest envelope in bytes, either way. Default 512,000: `MaxEnvelopeSizekb` of Windows. */
  maxEnvelopeBytes?: number;
}

export interface OpenShellOptions extends ShellOptions, CallOptions {}

/** How long an aborted Create may still answer, so that its shell can be deleted. */
const CREATE_GRACE_MS = 2000;

/**
 * A client for WinRM text shells (MS-WSMV) on one host. Nothing is connected before the first shell is
 * opened, and nothing is ever sent twice.
 *
 * ```ts
 * const client = new WinrmClient({ url: "https://hv01:5986/wsman", username, password });
 * const shell = await client.openShell();
 * try {
 *   const { exitCode } = await shell.run({ command: "hostname.exe", onStdout: (bytes) => … });
 * } finally {
 *   await shell.close();
 *   client.close();
 * }
 * ```
 */
export class WinrmClient {
  readonly #transport: Transport;
  readonly #channel: Channel;

  /** @throws TypeError for an address or credentials that cannot be used, saying why. */
  constructor(endpoint: WinrmEndpoint) {
    const url = readAddress(endpoint.url, endpoint.authentication ?? "basic");
    const operationSeconds = endpoint.timeouts?.operationSeconds ?? 20;
    const answerMs = endpoint.timeouts?.socketMs ?? operationSeconds * 1000 + 30_000;
    if (answerMs <= operationSeconds * 1000) {
      throw new TypeError("timeouts.socketMs must be above timeouts.operationSeconds.");
    }
    const maxEnvelopeBytes = endpoint.maxEnvelopeBytes ?? 512_000;
    if (endpoint.authentication === "certificate" && endpoint.tls?.certificate === undefined) {
      throw new TypeError("authentication by certificate needs tls.certificate.");
    }
    const plaintext = endpoint.allowPlaintextThatTheNetworkCanReadAndChange ?? false;
    this.#transport = new Transport({
      url,
      tls: endpoint.tls ?? {},
      authenticator: authenticatorFor(endpoint, plaintext),
      connectMs: endpoint.timeouts?.connectMs ?? 10_000,
      idleMs: endpoint.timeouts?.idleMs ?? 100_000,
      // The host keeps to the limit that requests name; twice that is no answer of WinRM.
      maxResponseBytes: 2 * maxEnvelopeBytes,
    });
    const settings = { to: url.href, maxEnvelopeBytes, operationSeconds, sessionId: newId() };
    this.#channel = new Channel(this.#transport, settings, answerMs);
  }

  /**
   * Creates a shell on the host. It must be closed; the host removes a forgotten one after `idleSeconds`.
   *
   * @throws WinrmError; its `sent` is false, as no command was started.
   */
  async openShell(options: OpenShellOptions = {}): Promise<Shell> {
    const { signal, traffic } = options;
    if (signal?.aborted) throw openAborted(signal);
    const ownId = randomUUID().toUpperCase();
    // A Create that is cut off might leave a shell on a host that chose its id: it may finish first.
    const patience = new AbortController();
    let timer: NodeJS.Timeout | undefined;
    const onAbort = () => {
      timer = setTimeout(() => patience.abort(signal?.reason), CREATE_GRACE_MS);
    };
    signal?.addEventListener("abort", onAbort, { once: true });
    try {
      const body = await this.#channel.call(createRequest(ownId, options), {
        signal: patience.signal,
        traffic,
      });
      const shell = new Shell(this.#channel, readShellId(body));
      if (!signal?.aborted) return shell;
      await shell.close().catch(() => undefined);
    } catch (error) {
      // Nobody knows whether there is a shell now: if so, it has the id that was asked for.
      if (mayHaveArrived(error)) await new Shell(this.#channel, ownId).close().catch(() => undefined);
      if (!signal?.aborted) throw withoutCommand(error);
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener("abort", onAbort);
    }
    throw openAborted(signal);
  }

  /** All that has crossed the wire so far, for this client. */
  get traffic(): Traffic {
    return this.#transport.traffic;
  }

  /** Ends every connection. Shells must be closed before. */
  close(): void {
    this.#transport.close();
  }
}

function openAborted(signal: AbortSignal | undefined): WinrmError {
  return new WinrmError("aborted", "The shell was not opened: the call was aborted.", {
    cause: signal?.reason,
  });
}

function withoutCommand(error: unknown): unknown {
  if (!(error instanceof WinrmError) || !error.sent) return error;
  const { kind, message, fault, reason, next, cause } = error;
  return new WinrmError(kind, message, { sent: false, fault, reason, next, cause });
}
