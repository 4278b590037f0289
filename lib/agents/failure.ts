import { type ErrorCode, isErrorCode } from "@/lib/domain/error-codes";
import { AethervError } from "@/lib/domain/errors";
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
 * Once the agent could have started, every failure means the same, a cancel too: how it ended is not known.
 *
 * @param what the call for people, such as `disk/create on hv01`
 */
export function transportError(error: WinrmError, what: string): AethervError {
  const code = error.sent ? "contact_lost" : NOT_STARTED[error.kind];
  return new AethervError(code, sentenceFor(error, what), { detail: error.message, cause: error });
}

function sentenceFor({ kind, sent, message }: WinrmError, what: string): string {
  if (kind === "aborted") return `${what} was canceled ${sent ? "while it ran there" : "before it started"}.`;
  return sent ? `Contact was lost while ${what} ran.` : `${what} did not start: ${message}`;
}

/** @param tail what the agent said last */
export function noResultError(what: string, exitCode: number, tail: string): AethervError {
  const message = `${what} ended with exit code ${exitCode} and without a result.`;
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
