import { type ErrorCode, isErrorCode } from "@/lib/domain/error-codes";
import { AethervError } from "@/lib/domain/errors";
import type { HostConfig } from "@/lib/domain/host-config";
import { pointerTo } from "@/lib/domain/json-pointer";
import type { WinrmError, WinrmErrorKind } from "@/lib/winrm/errors";
import type { AgentResult } from "./agent-output";

/** What a transport failure is to AetherV when the agent certainly did not run. */
const NOT_STARTED: Readonly<Record<WinrmErrorKind, ErrorCode>> = {
  unreachable: "host_unreachable",
  contact_lost: "host_unreachable",
  certificate: "host_certificate_rejected",
  authentication: "host_authentication_failed",
  access_denied: "host_access_denied",
  quota: "host_busy",
  fault: "winrm_fault",
  protocol: "winrm_fault",
  aborted: "canceled",
};

/**
 * Once the agent could have started, every failure means the same, a cancel too: how it ended is not known. The
 * message is for operators, who know hosts and not agents; which call it was stands in `detail`.
 *
 * @param what the call, such as `disk/create on hv01`
 */
export function transportError(error: WinrmError, what: string, host: CalledHost): AethervError {
  const code = error.sent ? "contact_lost" : NOT_STARTED[error.kind];
  const detail = `${what} ${error.sent ? "may have run" : "did not start"}: ${error.message}`;
  const next = error.sent ? null : nextOf(error);
  const more = { detail, cause: error, ...(next === null ? {} : { next }) };
  return new AethervError(code, sentenceFor(error, what, host), more);
}

/** What the client knows to do about it; null: the catalogue says it better, by the names of our settings. */
function nextOf({ reason, next }: WinrmError): string | null {
  return reason === "certificate_untrusted" ? null : next;
}

/** The host that was called, as the configuration has it. */
type CalledHost = Pick<HostConfig, "name" | "address">;

function sentenceFor(error: WinrmError, what: string, { name, address }: CalledHost): string {
  const { kind, sent, message } = error;
  if (kind === "aborted") return `${what} was canceled ${sent ? "while it ran there" : "before it started"}.`;
  if (sent) return `Contact with ${name} was lost while it worked on a call.`;
  switch (kind) {
    case "unreachable":
    case "contact_lost":
      return `${name} does not answer at ${address}: ${reasonOf(error)}`;
    case "certificate":
      return `${name} shows a certificate at ${address} that is not trusted: ${reasonOf(error)}`;
    case "authentication":
      return `${name} does not let AetherV log on: ${message}`;
    case "access_denied":
      return `${name} does not let AetherV's account do this: ${message}`;
    case "quota":
      return `${name} takes no further call now: ${message}`;
    default:
      return `${name} did not take a call: ${message}`;
  }
}

/** What the operating system calls failures of a connection, in words. */
const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: "connection refused",
  ECONNRESET: "connection reset",
  EHOSTUNREACH: "no route to the host",
  ENETUNREACH: "no route to its network",
  ENOTFOUND: "its name is not known to DNS",
  EAI_AGAIN: "DNS does not answer",
  ETIMEDOUT: "connection timed out",
};

/** What a failure before anything was started is to AetherV. */
export function codeOf({ kind }: WinrmError): ErrorCode {
  return NOT_STARTED[kind];
}

/** Why there is no connection: from what lies below the error, where that is known, else in its own words. */
export function reasonOf({ cause, message }: WinrmError): string {
  if (!(cause instanceof Error)) return message;
  const { code = "", reason } = cause as NodeJS.ErrnoException & { reason?: string };
  // OpenSSL's own messages are addresses and file names; its reason is the readable part.
  return `${REASONS[code] ?? reason ?? (cause.message || message)}.`;
}

/**
 * @param exitCode null: the process goes on, only the call has ended
 * @param tail what the agent said last
 */
export function noResultError(what: string, exitCode: number | null, tail: string): AethervError {
  const how = exitCode === null ? "" : ` with exit code ${exitCode} and`;
  const message = `${what} ended${how} without a result.`;
  return new AethervError("agent_failed", message, { detail: tail || null });
}

/** An agent's own error; a code that the catalogue does not have is Hyper-V's. */
export function agentError(
  what: string,
  error: AgentResult["error"],
  redact: (text: string) => string,
): AethervError {
  if (!error) return new AethervError("agent_failed", `${what} failed and did not say why.`);
  const message = redact(error.message);
  const fields = error.target === null ? [] : [{ pointer: pointerTo(error.target), message }];
  if (isErrorCode(error.code)) return new AethervError(error.code, message, { fields });
  const detail = `The agent's code is ${redact(error.code)}.`;
  return new AethervError("hyperv_error", message, { fields, detail });
}
