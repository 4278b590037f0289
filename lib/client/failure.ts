import type { FieldProblem } from "@/lib/domain/problem";
import { ApiProblem, ConnectionFailed } from "./api";

/** A failure as the pages show it: what happened, and what to do next. */
export interface Failure {
  title: string;
  detail: string;
  next: string;
  code: string | null;
  requestId: string | null;
  /** Fields of the request that are to blame. */
  fields: readonly FieldProblem[];
}

/** Whatever a request threw, in words. */
export function describeFailure(thrown: unknown): Failure {
  if (thrown instanceof ApiProblem) {
    const { title, detail, next, code, request_id, errors } = thrown.problem;
    return { title, detail, next, code, requestId: request_id ?? null, fields: errors ?? [] };
  }
  if (thrown instanceof ConnectionFailed) {
    return {
      title: "AetherV cannot be reached",
      detail: thrown.message,
      next: "Check your network connection and that the server runs, then try again.",
      code: null,
      requestId: null,
      fields: [],
    };
  }
  return {
    title: "This page made a mistake",
    detail: thrown instanceof Error ? thrown.message : String(thrown),
    next: "Reload the page. If it happens again, report it with this text.",
    code: null,
    requestId: null,
    fields: [],
  };
}
