import { isTerminal, type JobView } from "@/lib/domain/job";
import { isJsonObject, type JsonObject } from "@/lib/domain/json";
import { AppServer } from "./app-server";
import { eventually } from "./eventually";
import { type SimulatorOptions, SimulatorProcess } from "./simulator-process";

export interface StackOptions {
  simulator?: SimulatorOptions;
  /** Merged over the configuration that the simulator wrote, one level deep. */
  config?: JsonObject;
}

/** The waits of the guest's handshake when nothing takes time. */
const IMPATIENT: JsonObject = { initialization: { poll_seconds: 0.05, propagation_seconds: 0 } };

/**
 * The whole of AetherV as processes of their own: a simulated fleet with its WinRM endpoints, and the
 * production build of the application (`npm test` has made it) that is configured for it.
 */
export class Stack {
  readonly simulator: SimulatorProcess;
  readonly #options: StackOptions;
  #app: AppServer;

  private constructor(simulator: SimulatorProcess, app: AppServer, options: StackOptions) {
    this.simulator = simulator;
    this.#app = app;
    this.#options = options;
  }

  static async start(options: StackOptions = {}): Promise<Stack> {
    const simulator = await SimulatorProcess.start(options.simulator);
    try {
      const app = await AppServer.start(configurationFor(simulator, options));
      return new Stack(simulator, app, options);
    } catch (error) {
      await simulator.stop();
      throw error;
    }
  }

  get app(): AppServer {
    return this.#app;
  }

  get url(): string {
    return this.#app.url;
  }

  /** Ends the application and starts it anew over the same hosts, as after a change of a schema file. */
  async restartApp(): Promise<void> {
    await this.#app.stop();
    this.#app = await AppServer.start(configurationFor(this.simulator, this.#options));
  }

  /** Ends the application as a power failure would, and starts it anew once `meanwhile` is done. */
  async crashApp(meanwhile: () => Promise<unknown>): Promise<void> {
    await this.#app.stop("SIGKILL");
    await meanwhile();
    this.#app = await AppServer.start(configurationFor(this.simulator, this.#options));
  }

  async stop(): Promise<void> {
    await this.#app.stop();
    await this.simulator.stop();
  }

  /** Waits until the job has ended, and gives it. */
  endOf(jobId: string): Promise<JobView> {
    return eventually(async () => {
      const { body } = await this.api<JobView>(`/jobs/${jobId}`);
      return isTerminal(body.state) && body;
    }, `job ${jobId} to end`);
  }

  /** A call of the application's API; gives status, headers and parsed body. */
  async api<T = JsonObject>(
    path: string,
    init: { method?: string; body?: unknown; headers?: Record<string, string> } = {},
  ): Promise<{ status: number; headers: Headers; body: T }> {
    const { body, method = body === undefined ? "GET" : "POST" } = init;
    const response = await fetch(`${this.url}/api/v1${path}`, {
      method,
      headers: { ...(body === undefined ? {} : { "content-type": "application/json" }), ...init.headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: (text ? JSON.parse(text) : null) as T,
    };
  }
}

function configurationFor(simulator: SimulatorProcess, { config = {} }: StackOptions): JsonObject {
  const merged: JsonObject = {};
  for (const layer of [simulator.configuration(), IMPATIENT, config]) {
    for (const [key, value] of Object.entries(layer)) {
      const present = merged[key];
      merged[key] = isJsonObject(present) && isJsonObject(value) ? { ...present, ...value } : value;
    }
  }
  return merged;
}
