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
  /** How long the answer may take to begin, in ms. Default 120,000: the server may ask a host before it answers. */
  answerMs?: number;
  /** Told the version of what was answered: its ETag, for `If-Match`; null: it has none. */
  onVersion?: (version: string | null) => void;
}

/**
 * Of answers that the server has in memory. A connection that a sleeping laptop or a firewall forgot says
 * nothing for minutes: the page must not take that for news that do not come.
 */
export const FROM_MEMORY_MS = 10_000;

/** How long the rest of an answer may take, in ms: thousands of VMs over a slow line. */
const BODY_MS = 60_000;

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
  const { method = "GET", body, headers, signal, answerMs = 120_000, onVersion } = options;
  const patience = new Patience(answerMs);
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
      signal: signal ? AbortSignal.any([signal, patience.signal]) : patience.signal,
    });
    patience.renew(BODY_MS);
    text = await response.text();
  } catch (cause) {
    if (signal?.aborted) throw cause;
    throw new ConnectionFailed("AetherV's server does not answer.", { cause });
  } finally {
    patience.end();
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

/** Aborts its signal when it has run out. */
class Patience {
  readonly #controller = new AbortController();
  #timer: ReturnType<typeof setTimeout>;

  constructor(ms: number) {
    this.#timer = this.#in(ms);
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  renew(ms: number): void {
    this.end();
    this.#timer = this.#in(ms);
  }

  end(): void {
    clearTimeout(this.#timer);
  }

  #in(ms: number): ReturnType<typeof setTimeout> {
    return setTimeout(() => this.#controller.abort(), ms);
  }
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
