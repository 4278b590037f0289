import { createHash } from "node:crypto";
import { connect as connectTcp, isIP, type Socket } from "node:net";
import { connect, createSecureContext, type SecureContext, type TLSSocket } from "node:tls";
import { WinrmError } from "../errors";
import { inTurn } from "./turns";

/** How the host is known, and who the client is to it on the level of TLS. */
export interface TlsOptions {
  /** PEM of the authorities to trust instead of the system's. */
  ca?: string;
  /**
   * SHA-256 of the host's certificate in hexadecimal, with or without colons. In place of an authority: this very
   * certificate is trusted, whatever its name, its issuer and its dates, and no other.
   */
  fingerprint?: string;
  /** The client's own certificate and its key, both PEM. */
  certificate?: { chain: string; key: { reveal(): string } };
}

export interface DialOptions {
  host: string;
  port: number;
  /** null: plain TCP. */
  tls: TlsOptions | null;
  connectMs: number;
}

export interface Dialed {
  socket: Socket;
  /** The host's certificate in DER; null: plain TCP. */
  certificate: Buffer | null;
}

/** Opens connections to one host. Each is given out only after the host's certificate was verified. */
export class Dialer {
  readonly #options: DialOptions;
  readonly #connecting = new Set<Socket>();
  /** Of a connection that was verified: a further one need not be from the beginning. */
  #session: Buffer | undefined;
  /** The certificate of that connection: one that is resumed shows none, and proves that it is the same host. */
  #certificate: Buffer | undefined;
  #closed = false;

  /** @throws TypeError for a fingerprint that is none. */
  constructor(options: DialOptions) {
    if (options.tls?.fingerprint !== undefined) normalFingerprint(options.tls.fingerprint);
    this.#options = options;
  }

  /**
   * @param signal gives up at once
   * @throws WinrmError `unreachable` or `certificate`
   */
  open(signal: AbortSignal): Promise<Dialed> {
    return new Promise((resolve, reject) => {
      inTurn(() => {
        if (this.#closed) reject(new WinrmError("unreachable", "The client was closed."));
        else if (signal.aborted) reject(new WinrmError("aborted", "The request was aborted."));
        else this.#dial(signal).then(resolve, reject);
      });
    });
  }

  /** Whatever is still connecting fails. */
  close(): void {
    this.#closed = true;
    for (const socket of this.#connecting) socket.destroy(new Error("the client was closed"));
  }

  #dial(signal: AbortSignal): Promise<Dialed> {
    const { host, port, tls, connectMs } = this.#options;
    const address = `${host}:${port}`;
    return new Promise((resolve, reject) => {
      const socket = tls === null ? connectTcp({ host, port }) : this.#connectTls(tls);
      this.#connecting.add(socket);
      const timer = setTimeout(() => {
        socket.destroy(new Error(`no connection within ${connectMs / 1000} s`));
      }, connectMs);
      const onAbort = () => socket.destroy(new Error("the request was aborted"));
      const settle = () => {
        clearTimeout(timer);
        this.#connecting.delete(socket);
        signal.removeEventListener("abort", onAbort);
        socket.off("error", onError);
        socket.off("close", onClose);
      };
      const onError = (error: Error) => {
        settle();
        // An error may be followed by another.
        socket.on("error", () => undefined).destroy();
        reject(dialError(socket, error, address));
      };
      const onClose = () => onError(new Error("the connection was closed"));
      signal.addEventListener("abort", onAbort, { once: true });
      socket.once("error", onError);
      socket.once("close", onClose);
      socket.once(tls === null ? "connect" : "secureConnect", () => {
        try {
          const certificate = tls === null ? null : this.#verified(socket as TLSSocket, tls, address);
          settle();
          socket.setNoDelay(true);
          resolve({ socket, certificate });
        } catch (error) {
          onError(error as Error);
        }
      });
    });
  }

  #connectTls(tls: TlsOptions): TLSSocket {
    const { host, port } = this.#options;
    return connect({
      host,
      port,
      secureContext: contextOf(tls),
      ...(isIP(host) ? {} : { servername: host }),
      ...(this.#session === undefined ? {} : { session: this.#session }),
      // Explicit, so that NODE_TLS_REJECT_UNAUTHORIZED cannot switch it off. A fingerprint is compared below.
      rejectUnauthorized: tls.fingerprint === undefined,
      ALPNProtocols: ["http/1.1"],
    });
  }

  #verified(socket: TLSSocket, { fingerprint }: TlsOptions, address: string): Buffer {
    const shown = socket.getPeerX509Certificate();
    const certificate = shown?.raw ?? (socket.isSessionReused() ? this.#certificate : undefined);
    if (certificate === undefined) throw untrusted(address, "it showed none");
    if (fingerprint !== undefined) {
      const print = createHash("sha256").update(certificate).digest("hex").toUpperCase();
      if (print !== normalFingerprint(fingerprint)) throw mismatch(address, print);
    }
    this.#certificate = certificate;
    socket.on("session", (session) => {
      this.#session = session;
    });
    return certificate;
  }
}

/**
 * Made once for all hosts that share them: reading authorities takes longer than all else that a connection costs.
 * Never more than the configuration names.
 */
const contexts = new Map<string, SecureContext>();

function contextOf({ ca, certificate }: TlsOptions): SecureContext {
  const name = `${ca ?? ""}\n${certificate?.chain ?? ""}`;
  const known = contexts.get(name);
  if (known !== undefined) return known;
  const context = createSecureContext({
    ...(ca === undefined ? {} : { ca }),
    ...(certificate === undefined ? {} : { cert: certificate.chain, key: certificate.key.reveal() }),
    minVersion: "TLSv1.2",
  });
  contexts.set(name, context);
  return context;
}

/** @throws TypeError for what is no SHA-256 in hexadecimal. */
export function normalFingerprint(text: string): string {
  const digits = text.replaceAll(":", "").toUpperCase();
  if (!/^[0-9A-F]{64}$/.test(digits)) {
    throw new TypeError(
      "A fingerprint is the SHA-256 of a certificate: 64 hexadecimal digits, with or without colons.",
    );
  }
  return digits;
}

function dialError(socket: Socket, error: Error, address: string): WinrmError {
  if (error instanceof WinrmError) return error;
  // OpenSSL's own messages are addresses and file names; its reason is the readable part.
  const reason = (error as { reason?: string }).reason ?? error.message;
  if (!("authorizationError" in socket)) {
    return new WinrmError("unreachable", `No connection to ${address}: ${reason}`, { cause: error });
  }
  if (socket.authorizationError) return untrusted(address, error.message, error);
  return new WinrmError("unreachable", `No TLS connection to ${address}: ${reason}`, { cause: error });
}

function untrusted(address: string, why: string, cause?: Error): WinrmError {
  return new WinrmError("certificate", `The certificate of ${address} was not accepted: ${why}`, {
    reason: "certificate_untrusted",
    next: "Give the host a certificate that is valid for its name and comes from an authority that the client trusts, name that authority to the client, or pin the certificate by its SHA-256 fingerprint.",
    cause,
  });
}

function mismatch(address: string, shown: string): WinrmError {
  return new WinrmError(
    "certificate",
    `The certificate of ${address} is not the pinned one: its SHA-256 fingerprint is ${shown}.`,
    {
      reason: "fingerprint_mismatch",
      next: "If the host got a new certificate, compare this fingerprint with the one that the host itself shows, and pin it. If not, somebody is between: do not go on.",
    },
  );
}
