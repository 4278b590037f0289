import type { SoapFault } from "./soap-fault";

/**
 * - `unreachable`: no connection could be made
 * - `certificate`: TLS answered, but not with a certificate that is valid for this host
 * - `authentication`: the host refused the credentials, or does not offer the scheme
 * - `access_denied`: the account is known and may not do this
 * - `quota`: a limit of the WinRM service is reached
 * - `fault`: any other SOAP fault
 * - `contact_lost`: the connection broke, or no answer came, after a request had left
 * - `protocol`: the answer is not what WS-Management allows
 * - `aborted`: the caller's signal
 */
export type WinrmErrorKind =
  | "unreachable"
  | "certificate"
  | "authentication"
  | "access_denied"
  | "quota"
  | "fault"
  | "contact_lost"
  | "protocol"
  | "aborted";

interface WinrmErrorOptions {
  /** Whether the command could have started: if so, its outcome is not known. */
  sent?: boolean;
  fault?: SoapFault | null;
  cause?: unknown;
}

/** Characters of a message: it may quote a host, which can answer at any length. */
const MAX_MESSAGE = 2500;

/** The only error that a {@link WinrmClient} and its shells throw, but for wrong arguments (TypeError). */
export class WinrmError extends Error {
  override readonly name = "WinrmError";
  readonly kind: WinrmErrorKind;
  /** Whether the command could have started on the host. Only false makes repeating it safe. */
  readonly sent: boolean;
  /** What the host said, if it answered with a fault. */
  readonly fault: SoapFault | null;

  constructor(kind: WinrmErrorKind, message: string, options: WinrmErrorOptions = {}) {
    super(withoutControls(message.slice(0, MAX_MESSAGE)), { cause: options.cause });
    this.kind = kind;
    this.sent = options.sent ?? false;
    this.fault = options.fault ?? null;
  }

  /** The code of the fault, an unsigned 32-bit number (Win32 or WS-Management); null: there is none. */
  get faultCode(): number | null {
    return this.fault?.code ?? null;
  }
}

/**
 * Any failure as a {@link WinrmError} that says whether the command could have started. Once it could,
 * a host that does not answer is contact lost.
 */
export function withSent(thrown: unknown, sent: boolean): WinrmError {
  if (!(thrown instanceof WinrmError)) {
    return new WinrmError("protocol", "The WinRM client failed.", { sent, cause: thrown });
  }
  const kind = sent && thrown.kind === "unreachable" ? "contact_lost" : thrown.kind;
  return new WinrmError(kind, thrown.message, { sent, fault: thrown.fault, cause: thrown.cause });
}

/** A terminal that shows the message must not obey what a host put into it. */
function withoutControls(text: string): string {
  return text.replace(/[\p{Cc}\p{Bidi_Control}]/gu, "\uFFFD");
}
