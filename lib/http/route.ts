import { randomUUID } from "node:crypto";
import type { ErrorCode } from "@/lib/domain/error-codes";
import { AethervError, toAethervError } from "@/lib/domain/errors";
import { ApiCall, type ApiRuntime } from "./call";
import { requireSameOrigin } from "./origin";
import { problemResponse } from "./problem";

const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"] as const;
type Method = (typeof METHODS)[number];
const SAFE_METHODS: ReadonlySet<Method> = new Set(["GET", "HEAD", "OPTIONS"]);

export type Handler<Runtime extends ApiRuntime> = (call: ApiCall<Runtime>) => Response | Promise<Response>;

interface RouteContext {
  /** undefined for a path without `[segments]`. */
  params: Promise<Readonly<Record<string, string | string[] | undefined>> | undefined>;
}
type RouteExport = (request: Request, context: RouteContext) => Promise<Response>;

/**
 * Makes the exports of a `route.ts` from the handlers of its methods: all that is the same for every
 * endpoint. Methods without a handler answer 405 with what is allowed; whatever a handler throws
 * becomes a problem document; every answer carries its request id.
 *
 * @param current the running server; null: it is still being put together
 */
export function createApi<Runtime extends ApiRuntime>(current: () => Runtime | null) {
  return (
    handlers: Partial<Record<"GET" | "POST" | "PUT" | "PATCH" | "DELETE", Handler<Runtime>>>,
  ): Record<Method, RouteExport> => {
    const handlerOf = (method: Method) => {
      if (method === "HEAD") return handlers.GET;
      return method === "OPTIONS" ? undefined : handlers[method];
    };
    const allowed = METHODS.filter((method) => method === "OPTIONS" || handlerOf(method)).join(", ");
    const entries = METHODS.map((method) => {
      const route: RouteExport = (request, context) =>
        answer(current(), request, context, method, handlerOf(method), allowed);
      return [method, route] as const;
    });
    return Object.fromEntries(entries) as Record<Method, RouteExport>;
  };
}

async function answer<Runtime extends ApiRuntime>(
  runtime: Runtime | null,
  request: Request,
  context: RouteContext,
  method: Method,
  handler: Handler<Runtime> | undefined,
  allowed: string,
): Promise<Response> {
  const started = performance.now();
  const requestId = randomUUID();
  let response: Response;
  let failure: AethervError | null = null;
  let actor: string | null = null;
  try {
    if (!SAFE_METHODS.has(method)) requireSameOrigin(request.headers);
    if (handler === undefined) {
      response = withoutHandler(method);
    } else {
      const call = new ApiCall(request, await flatParams(context), requestId, runtime);
      response = await handler(call);
      if (call.actor === null) throw new Error("The handler answered without asking authorize().");
      actor = call.actor.name;
    }
  } catch (thrown) {
    failure = toAethervError(thrown);
    response = problemResponse(failure, requestId);
  }
  response.headers.set("X-Request-Id", requestId);
  if (handler === undefined) response.headers.set("Allow", allowed);
  runtime?.log[levelOf(method, response.status, failure)](
    {
      request_id: requestId,
      method,
      path: new URL(request.url).pathname,
      status: response.status,
      duration_ms: Math.round(performance.now() - started),
      actor,
      ...(failure === null ? {} : { code: failure.code, detail: failure.detail }),
      ...(failure?.code === "internal_error" ? { err: failure.cause ?? failure } : {}),
    },
    failure === null ? "answered" : failure.message,
  );
  return method === "HEAD" ? new Response(null, response) : response;
}

function withoutHandler(method: Method): Response {
  if (method === "OPTIONS") return new Response(null, { status: 204 });
  throw new AethervError("method_not_allowed", `This address does not take ${method}.`);
}

async function flatParams(context: RouteContext): Promise<Record<string, string>> {
  const params = Object.entries((await context.params) ?? {});
  return Object.fromEntries(
    params.map(([name, value]) => [name, Array.isArray(value) ? value.join("/") : (value ?? "")]),
  );
}

/** What a read finds out of the server's start and end: that it is asked then is how its keeper follows them. */
const EXPECTED: ReadonlySet<ErrorCode> = new Set(["not_ready", "shutting_down"]);

/** Reads are many and say little. */
function levelOf(method: Method, status: number, failure: AethervError | null): "error" | "info" | "debug" {
  const expected = SAFE_METHODS.has(method) && failure !== null && EXPECTED.has(failure.code);
  if (status >= 500 && !expected) return "error";
  return SAFE_METHODS.has(method) ? "debug" : "info";
}
