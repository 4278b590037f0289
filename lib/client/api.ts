import type { Problem } from "@/lib/domain/problem";

const API = "/api/v1";

/** A failed operation that the server answered with a problem document (RFC 9457). */
export class ApiProblem extends Error {
  override readonly name = "ApiProblem";
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.detail);
    this.problem = problem;
  }
}

/** Whether a failure stays for good: what is not there (404) or gone (410) does not come back, all else may pass. */
export function isLasting(thrown: unknown): thrown is ApiProblem {
  return thrown instanceof ApiProblem && (thrown.problem.status === 404 || thrown.problem.status === 410);
}

/** No usable answer came: the network is cut, the server is down, or something between answered in its place. */
export class ConnectionFailed extends Error {
  override readonly name = "ConnectionFailed";
}

export interface RequestOptions {
  method?: string;
  body?: unknown;
  headers?: Record<string, string>;
  signal?: AbortSignal;
  /** Told the version of what was answered: its ETag, for `If-Match`; null: it has none. */
  onVersion?: (version: string | null) => void;
}

let serverClockOffset = 0;

/** The server's time in ms, by the `Date` of its last answer: ages stay right where this machine's clock is wrong. */
export function serverNow(): number {
  return Date.now() + serverClockOffset;
}

/**
 * One request to the API.
 *
 * @param path below `/api/v1`, with its query
 * @throws ApiProblem where the server refused, ConnectionFailed where it did not answer; an abort by
 *   `options.signal` keeps its own `AbortError`
 */
export async function request<T>(path: string, options: RequestOptions = {}): Promise<T> {
  const { method = "GET", body, headers, signal, onVersion } = options;
  let response: Response;
  let text: string;
  try {
    response = await fetch(`${API}${path}`, {
      method,
      headers: {
        Accept: "application/json",
        ...(body === undefined ? {} : { "Content-Type": "application/json" }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal ? { signal } : {}),
    });
    text = await response.text();
  } catch (cause) {
    if (signal?.aborted) throw cause;
    throw new ConnectionFailed("AetherV's server does not answer.", { cause });
  }
  noteServerClock(response.headers.get("Date"));
  const content = parseJson(text);
  if (response.ok && content !== undefined) {
    onVersion?.(response.headers.get("ETag"));
    return content as T;
  }
  if (isProblem(content)) throw new ApiProblem(content);
  throw new ConnectionFailed(
    `AetherV's server answered ${response.status} without an explanation; a proxy may have answered for it.`,
  );
}

function noteServerClock(date: string | null): void {
  const time = date === null ? Number.NaN : Date.parse(date);
  if (!Number.isNaN(time)) {
    const offset = time - Date.now();
    // The header counts whole seconds: a smaller difference says nothing.
    serverClockOffset = Math.abs(offset) < 2_000 ? 0 : offset;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isProblem(content: unknown): content is Problem {
  return (
    typeof content === "object" &&
    content !== null &&
    "code" in content &&
    "title" in content &&
    "detail" in content
  );
}
