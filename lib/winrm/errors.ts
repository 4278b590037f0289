import type { SoapFault } from "./soap/soap-fault";

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

/**
 * What is wrong, where the client can tell more than the kind:
 * - `wrong_credentials`: the host refused user name and password, or the ticket
 * - `scheme_not_offered`: the host does not offer the scheme that the client is to use
 * - `unencrypted_refused`: the host takes no readable message (`AllowUnencrypted` is false)
 * - `certificate_not_mapped`: the client's certificate belongs to no account of the host
 * - `certificate_untrusted`, `fingerprint_mismatch`: it is not the certificate that is trusted
 * - `host_not_proven`: the host could not prove that it knows the secret, or a message was altered on the way
 * - `clock_skew`, `kdc_unreachable`, `no_ticket`, `kerberos_missing`, `principal_unknown`: Kerberos cannot begin
 */
export type WinrmErrorReason =
  | "wrong_credentials"
  | "scheme_not_offered"
  | "unencrypted_refused"
  | "certificate_not_mapped"
  | "certificate_untrusted"
  | "fingerprint_mismatch"
  | "host_not_proven"
  | "clock_skew"
  | "kdc_unreachable"
  | "no_ticket"
  | "kerberos_missing"
  | "principal_unknown";

interface WinrmErrorOptions {
  /** Whether the command could have started: if so, its outcome is not known. */
  sent?: boolean;
  fault?: SoapFault | null;
  reason?: WinrmErrorReason | null;
  next?: string | null;
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
  readonly reason: WinrmErrorReason | null;
  /** What the reader can do about it; null: nothing is known that helps. */
  readonly next: string | null;

  constructor(kind: WinrmErrorKind, message: string, options: WinrmErrorOptions = {}) {
    super(withoutControls(message.slice(0, MAX_MESSAGE)), { cause: options.cause });
    this.kind = kind;
    this.sent = options.sent ?? false;
    this.fault = options.fault ?? null;
    this.reason = options.reason ?? null;
    this.next = options.next ?? null;
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
  const { message, fault, reason, next, cause } = thrown;
  return new WinrmError(kind, message, { sent, fault, reason, next, cause });
}

/** A terminal that shows the message must not obey what a host put into it. */
function withoutControls(text: string): string {
  return text.replace(/[\p{Cc}\p{Bidi_Control}]/gu, "\uFFFD");
}
