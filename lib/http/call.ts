import { AethervError } from "@/lib/domain/errors";
import type { Logger } from "@/lib/log";
import type { IdempotencyStore } from "./idempotency";

/** What the HTTP layer itself needs of the server; handlers see all of it. */
export interface ApiRuntime {
  log: Logger;
  idempotency: IdempotencyStore;
  /** True once the process was told to end: nothing new is started. */
  shuttingDown(): boolean;
}

/** Who asks. */
export interface Actor {
  /** Stands in jobs and in the log. */
  name: string;
}

/** One request to the API, as a handler sees it. */
export class ApiCall<Runtime extends ApiRuntime = ApiRuntime> {
  readonly request: Request;
  readonly url: URL;
  /** The values of the path's `[segments]`. */
  readonly params: Readonly<Record<string, string>>;
  readonly requestId: string;
  /** Set by `authorize`; null: the handler has not asked yet. */
  actor: Actor | null = null;
  readonly #runtime: Runtime | null;

  constructor(request: Request, params: Record<string, string>, requestId: string, runtime: Runtime | null) {
    this.request = request;
    this.url = new URL(request.url);
    this.params = params;
    this.requestId = requestId;
    this.#runtime = runtime;
  }

  /** @throws AethervError `not_ready` while the server is being put together. */
  get server(): Runtime {
    if (this.#runtime !== null) return this.#runtime;
    throw new AethervError("not_ready", "The server is still starting.");
  }
}
