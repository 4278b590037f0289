import { ERROR_CATALOGUE, type ErrorCode } from "@/lib/domain/error-codes";
import type { AethervError } from "@/lib/domain/errors";
import type { Problem } from "@/lib/domain/problem";
import { API_CONTENT_SECURITY_POLICY, SECURITY_HEADERS } from "./security-headers";

/** Seconds until it may be worth asking again. */
export const RETRY_AFTER: Partial<Record<ErrorCode, number>> = {
  not_ready: 1,
  queue_full: 5,
  host_busy: 10,
  host_unreachable: 30,
  shutting_down: 30,
};

/** An error as RFC 9457 problem details. What only the log may know (`detail`, `cause`) stays out. */
function problemOf(error: AethervError, requestId: string): Problem {
  const { status, title } = ERROR_CATALOGUE[error.code];
  return {
    type: `urn:aetherv:problem:${error.code}`,
    title,
    status,
    code: error.code,
    detail: error.message,
    next: error.next,
    errors: [...error.fields],
    request_id: requestId,
    ...(error.vm === null ? {} : { vm: error.vm }),
  };
}

export function problemResponse(error: AethervError, requestId: string): Response {
  const retryAfter = RETRY_AFTER[error.code];
  return new Response(JSON.stringify(problemOf(error, requestId)), {
    status: error.status,
    headers: {
      ...SECURITY_HEADERS,
      "Content-Security-Policy": API_CONTENT_SECURITY_POLICY,
      "Content-Type": "application/problem+json",
      "Cache-Control": "no-store",
      ...(retryAfter === undefined ? {} : { "Retry-After": String(retryAfter) }),
    },
  });
}
