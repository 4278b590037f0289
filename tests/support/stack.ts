import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { JsonObject } from "@/lib/domain/json";
import { eventually, Hopeless } from "./eventually";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

export interface StackOptions {
  /** Keep each VM's KVP as Linux pool files in `<dataDir>/kvp/<vm_id>/`. */
  kvpPools?: boolean;
  /** 0 (the default): nothing takes time. */
  timeFactor?: number;
  /** More flags for the simulator. */
  simulatorFlags?: string[];
  /** Merged over the configuration that the simulator wrote, one level deep. */
  config?: JsonObject;
}

/**
 * The whole of AetherV as processes of their own: a simulated fleet with its WinRM endpoints and the
 * production build of the application, on ephemeral ports. `npm test` has made the build.
 */
export class Stack {
  readonly dataDir = mkdtempSync(join(tmpdir(), "aetherv-stack-"));
  readonly configFile = join(this.dataDir, "aetherv.config.json");
  #options: StackOptions;
  #simulator: ChildProcess | null = null;
  #app: ChildProcess | null = null;
  #appOutput = "";
  #simulatorOutput = "";
  #url = "";
  #control = "";

  private constructor(options: StackOptions) {
    this.#options = options;
  }

  static async start(options: StackOptions = {}): Promise<Stack> {
    const stack = new Stack(options);
    try {
      await stack.#startSimulator();
      await stack.startApp();
    } catch (error) {
      await stack.stop();
      throw error;
    }
    return stack;
  }

  /** `http://localhost:<port>` of the application. */
  get url(): string {
    return this.#url;
  }

  /** All that the application has printed so far. */
  get appOutput(): string {
    return this.#appOutput;
  }

  get simulatorOutput(): string {
    return this.#simulatorOutput;
  }

  async startApp(): Promise<void> {
    const port = await freePort();
    this.#url = `http://localhost:${port}`;
    const app = spawn(process.execPath, [join(ROOT, "scripts", "start.mjs")], {
      cwd: ROOT,
      env: { ...process.env, PORT: String(port), AETHERV_CONFIG: this.configFile },
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.#app = app;
    for (const stream of [app.stdout, app.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => {
        this.#appOutput += text;
      });
    }
    await eventually(async () => {
      if (app.exitCode !== null) throw new Hopeless(`The application ended:\n${this.#appOutput}`);
      return (await fetch(`${this.#url}/api/v1/health/ready`)).ok;
    }, "the application to be ready");
  }

  async stopApp(signal: NodeJS.Signals = "SIGTERM"): Promise<void> {
    await end(this.#app, signal);
    this.#app = null;
  }

  async stop(): Promise<void> {
    await this.stopApp();
    await end(this.#simulator, "SIGTERM");
    rmSync(this.dataDir, { recursive: true, force: true });
  }

  /** A call of the simulator's control API. */
  async control<T>(path: string, init: { method?: string; body?: JsonObject } = {}): Promise<T> {
    const response = await fetch(`${this.#control}${path}`, {
      method: init.method ?? "GET",
      ...(init.body
        ? { body: JSON.stringify(init.body), headers: { "content-type": "application/json" } }
        : {}),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`Control API ${path}: ${response.status} ${text}`);
    return (text === "" ? null : JSON.parse(text)) as T;
  }

  /** A call of the application's API; gives status, headers and parsed body. */
  async api<T = JsonObject>(
    path: string,
    init: { method?: string; body?: unknown; headers?: Record<string, string> } = {},
  ): Promise<{ status: number; headers: Headers; body: T }> {
    const response = await fetch(`${this.#url}/api/v1${path}`, {
      method: init.method ?? (init.body === undefined ? "GET" : "POST"),
      headers: {
        ...(init.body === undefined ? {} : { "content-type": "application/json" }),
        ...init.headers,
      },
      ...(init.body === undefined ? {} : { body: JSON.stringify(init.body) }),
    });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: (text ? JSON.parse(text) : null) as T,
    };
  }

  async #startSimulator(): Promise<void> {
    const { kvpPools = false, timeFactor = 0, simulatorFlags = [], config = {} } = this.#options;
    const flags = ["--engine", "node", "--seed", "demo", "--data", this.dataDir, "--control-port", "0"];
    const args = [
      "--import",
      "tsx",
      join(ROOT, "simulator", "main.ts"),
      ...flags,
      "--time-factor",
      String(timeFactor),
    ];
    const simulator = spawn(
      process.execPath,
      [...args, "--exit-with-parent", ...(kvpPools ? ["--kvp-pools"] : []), ...simulatorFlags],
      { cwd: ROOT, stdio: ["ignore", "pipe", "pipe"] },
    );
    this.#simulator = simulator;
    let announced = "";
    simulator.stdout.setEncoding("utf8").on("data", (text: string) => {
      announced += text;
    });
    simulator.stderr.setEncoding("utf8").on("data", (text: string) => {
      this.#simulatorOutput += text;
    });
    await eventually(() => {
      if (simulator.exitCode !== null) throw new Hopeless(`The simulator ended:\n${this.#simulatorOutput}`);
      return announced.includes("\n");
    }, "the simulator to listen");
    this.#control = (JSON.parse(announced.slice(0, announced.indexOf("\n"))) as { control: string }).control;
    const written = JSON.parse(readFileSync(this.configFile, "utf8")) as JsonObject;
    const fast = { initialization: { poll_seconds: 0.05, propagation_seconds: 0 } };
    writeFileSync(this.configFile, JSON.stringify(mergeSections(written, fast, config)));
  }
}

function mergeSections(...layers: JsonObject[]): JsonObject {
  const merged: JsonObject = {};
  for (const layer of layers) {
    for (const [key, value] of Object.entries(layer)) {
      const present = merged[key];
      merged[key] = isObject(present) && isObject(value) ? { ...present, ...value } : value;
    }
  }
  return merged;
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

async function end(child: ChildProcess | null, signal: NodeJS.Signals): Promise<void> {
  if (!child || child.exitCode !== null || child.signalCode !== null) return;
  const exited = new Promise((resolve) => child.once("exit", resolve));
  child.kill(signal);
  await exited;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      if (address === null || typeof address === "string") return reject(new Error("No port was given."));
      server.close(() => resolve(address.port));
    });
  });
}
