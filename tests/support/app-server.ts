import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { request as httpRequest, type IncomingHttpHeaders } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { JsonObject } from "@/lib/domain/json";
import { eventually, Hopeless } from "./eventually";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

export interface RawAnswer {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
}

/** The production build of the application alone, as a process of its own, with the given configuration. */
export class AppServer {
  readonly folder = mkdtempSync(join(tmpdir(), "aetherv-app-"));
  readonly #app: ChildProcess;
  #output = "";
  #port = 0;

  private constructor(config: JsonObject | string, environment: Record<string, string>, flags: string[]) {
    const file = join(this.folder, "aetherv.config.json");
    writeFileSync(file, typeof config === "string" ? config : JSON.stringify(config));
    this.#app = spawn(process.execPath, [join(ROOT, "scripts", "start.mjs"), ...flags], {
      cwd: ROOT,
      env: { ...process.env, PORT: "0", AETHERV_CONFIG: file, ...environment },
      stdio: ["ignore", "pipe", "pipe"],
    });
    for (const stream of [this.#app.stdout, this.#app.stderr]) {
      stream?.setEncoding("utf8").on("data", (text: string) => {
        this.#output += text;
      });
    }
  }

  /** Resolves once it is ready. */
  static async start(config: JsonObject): Promise<AppServer> {
    const server = new AppServer(config, {}, []);
    try {
      await eventually(() => server.#isReady(), "the application to be ready");
    } catch (error) {
      await server.stop();
      throw error;
    }
    return server;
  }

  /** For a start that must fail: resolves with the exit code and all that was printed. */
  static async fail(
    config: JsonObject | string,
    environment: Record<string, string> = {},
    flags: string[] = [],
  ): Promise<{ code: number | null; output: string }> {
    const server = new AppServer(config, environment, flags);
    await once(server.#app, "close");
    rmSync(server.folder, { recursive: true, force: true });
    return { code: server.#app.exitCode, output: server.output };
  }

  get url(): string {
    return `http://localhost:${this.#port}`;
  }

  get port(): number {
    return this.#port;
  }

  /** All that it has printed so far. */
  get output(): string {
    return this.#output;
  }

  get ended(): boolean {
    return this.#app.exitCode !== null || this.#app.signalCode !== null;
  }

  /** A request with whatever headers: `fetch` would not send a `Host` or an `Origin` of one's own. */
  raw(
    path: string,
    init: { method?: string; headers?: Record<string, string>; body?: string | Buffer } = {},
  ): Promise<RawAnswer> {
    return new Promise((resolve, reject) => {
      const { method = init.body === undefined ? "GET" : "POST", headers = {}, body } = init;
      const request = httpRequest(
        { host: "127.0.0.1", port: this.#port, path, method, headers },
        (response) => {
          let text = "";
          response.setEncoding("utf8").on("data", (chunk: string) => {
            text += chunk;
          });
          response.once("end", () =>
            resolve({ status: response.statusCode ?? 0, headers: response.headers, text }),
          );
        },
      );
      request.once("error", reject);
      request.end(body);
    });
  }

  async #isReady(): Promise<boolean> {
    if (this.ended) throw new Hopeless(`The application ended:\n${this.output}`);
    this.#port = Number(/^Listening on http:\/\/localhost:(\d+)$/m.exec(this.output)?.[1] ?? 0);
    return this.#port > 0 && (await fetch(`${this.url}/api/v1/health/ready`)).ok;
  }

  /** Ends it, and gives its exit code once all of its output is here. */
  async stop(signal: NodeJS.Signals = "SIGTERM"): Promise<number | null> {
    if (!this.ended) {
      const closed = once(this.#app, "close");
      this.#app.kill(signal);
      await closed;
    }
    rmSync(this.folder, { recursive: true, force: true });
    return this.#app.exitCode;
  }
}
