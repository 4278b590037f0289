import { Writable } from "node:stream";
import type { Problem } from "@/lib/domain/problem";
import { IdempotencyStore } from "@/lib/http/idempotency";
import { createApi } from "@/lib/http/route";
import { createLogger } from "@/lib/log";

type Routes = ReturnType<ReturnType<typeof createApi>>;

export interface CallInit {
  /** POST where there is a body, else GET. */
  method?: keyof Routes;
  headers?: Readonly<Record<string, string>>;
  body?: BodyInit;
  query?: string;
}

/** The HTTP layer over a server that is nothing but a switchboard, called without a socket. */
export class ApiHarness {
  /** The log, a JSON line each. */
  readonly logged: string[] = [];
  running = true;
  shuttingDown = false;
  readonly api = createApi(() => (this.running ? this.#runtime : null));
  readonly #runtime = {
    log: createLogger(
      "debug",
      new Writable({
        write: (chunk, _encoding, done) => {
          this.logged.push(String(chunk));
          done();
        },
      }),
    ),
    idempotency: new IdempotencyStore(),
    shuttingDown: () => this.shuttingDown,
  };

  async call(routes: Routes, { method, headers, body, query = "" }: CallInit = {}) {
    const verb = method ?? (body === undefined ? "GET" : "POST");
    const request = new Request(`http://localhost:3000/api/v1/x${query}`, {
      method: verb,
      headers: {
        host: "localhost:3000",
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...headers,
      },
      ...(body === undefined ? {} : { body, duplex: "half" }),
    } as RequestInit);
    const response = await routes[verb](request, { params: Promise.resolve({}) });
    const text = await response.text();
    const problem = (text.startsWith("{") ? JSON.parse(text) : {}) as Problem;
    return { status: response.status, headers: response.headers, text, problem };
  }
}
