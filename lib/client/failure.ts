import type { FieldProblem } from "@/lib/domain/problem";
import { ApiProblem, ConnectionFailed } from "./api";
import { isOutdated } from "./outdated";

/** A failure as the pages show it: what happened, and what to do next. */
export interface Failure {
  title: string;
  detail: string;
  next: string;
  code: string | null;
  requestId: string | null;
  /** Fields of the request that are to blame. */
  fields: readonly FieldProblem[];
  /** Only the page anew helps, no second try. */
  reload: boolean;
}

/** Whatever a request threw, in words. */
export function describeFailure(thrown: unknown): Failure {
  if (thrown instanceof ApiProblem) {
    const { title, detail, next, code, request_id, errors } = thrown.problem;
    return { title, detail, next, code, requestId: request_id ?? null, fields: errors ?? [], reload: false };
  }
  if (thrown instanceof ConnectionFailed || (isOutdated(thrown) && isOffline())) {
    return {
      title: "AetherV cannot be reached",
      detail:
        thrown instanceof ConnectionFailed ? thrown.message : "A part of this page could not be loaded.",
      next: "Check your network connection and that the server runs, then try again.",
      code: null,
      requestId: null,
      fields: [],
      reload: false,
    };
  }
  if (isOutdated(thrown)) {
    return {
      title: "AetherV was updated: reload the page",
      detail: "A part of this page is no longer on the server, which runs a newer version by now.",
      next: "If reloading does not help, check that the server runs.",
      code: null,
      requestId: null,
      fields: [],
      reload: true,
    };
  }
  return {
    title: "This page made a mistake",
    detail: thrown instanceof Error ? thrown.message : String(thrown),
    next: "Reload the page. If it happens again, report it with this text.",
    code: null,
    requestId: null,
    fields: [],
    reload: false,
  };
}

/** Without a network a part that could not be loaded says nothing about the server's version. */
function isOffline(): boolean {
  return typeof navigator !== "undefined" && navigator.onLine === false;
}
