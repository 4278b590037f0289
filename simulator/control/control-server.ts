import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { z } from "zod";
import { HyperVError } from "../host/hyperv-error";
import type { SimulatedHosts } from "../simulated-hosts";
import type { WinrmEndpoint } from "../winrm/endpoint";
import { FAULT_ACTIONS, FAULT_KINDS } from "../winrm/fault-plan";
import { OUTSIDE_ROUTES, rebootBody } from "./outside-routes";

const MAX_BODY_BYTES = 64 * 1024;
const LOOPBACK_HOST = /^(?:127\.0\.0\.1|localhost)(?::\d+)?$/;

/** What every fault names; the rest depends on the kind. */
const anyFault = z.looseObject({ host: z.string(), kind: z.string() });
const connectionFault = z
  .strictObject({
    host: z.string(),
    kind: z.enum(FAULT_KINDS),
    action: z.enum(FAULT_ACTIONS).optional(),
    nth: z.int().min(1).default(1),
    times: z.int().min(1).nullable().default(1),
    when: z.enum(["before", "after"]).default("before"),
    delay_ms: z.int().min(0).max(600_000).default(1000),
    code: z
      .int()
      .min(1)
      .max(2 ** 32 - 1)
      .optional(),
  })
  .transform(({ delay_ms, ...fault }) => ({ ...fault, delayMs: delay_ms }));
const powerBody = z.strictObject({ on: z.boolean() });

/** An answer other than 200; the text says what was wrong. */
class ControlError extends Error {
  override readonly name = "ControlError";
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/**
 * The control API for tests, on 127.0.0.1 only. Bodies are JSON; durations are real time.
 *
 * - `GET /state`, `GET /wire`: the hosts' whole state; the requests that their endpoints saw.
 * - `POST /faults`, `DELETE /faults`: see `FaultRegistry` and `FaultPlan`.
 * - `POST /hosts/{name}/power {on}`: the host loses its power, or gets it back.
 * - `POST /hosts/{name}/reboot {seconds}`: the host goes down and comes back: its endpoint refuses meanwhile, its
 *   roles start on other nodes, other VMs stop and start again as each is set to.
 * - `POST /vms/{vm_id}/migrate {to, seconds}`: the VM moves to another host, and is `migrating` until then.
 * - `POST /vms/{vm_id}/replicate {to}`: another host has it too, by the same id, as a replica that somebody brought up.
 * - `POST /vms/{vm_id}/rename {name}`, `POST /vms/{vm_id}/state {state}`, `DELETE /vms/{vm_id}`: somebody renames
 *   it, turns it on, off, saves or pauses it (`critical`: its storage went away), or removes it and leaves its files.
 */
export class ControlServer {
  readonly #server: Server;
  readonly #hosts: SimulatedHosts;
  readonly #endpoints: ReadonlyMap<string, WinrmEndpoint>;
  /** Hosts that are down and will come back. */
  readonly #reboots = new Map<string, NodeJS.Timeout>();

  constructor(hosts: SimulatedHosts, endpoints: ReadonlyMap<string, WinrmEndpoint>) {
    this.#hosts = hosts;
    this.#endpoints = endpoints;
    this.#server = createServer((request, response) => void this.#serve(request, response));
  }

  get address(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Listens on `port`, 0 for any; fails where it is taken. */
  async listen(port: number): Promise<void> {
    this.#server.listen(port, "127.0.0.1");
    await once(this.#server, "listening");
  }

  async close(): Promise<void> {
    for (const timer of this.#reboots.values()) clearTimeout(timer);
    const closed = once(this.#server, "close");
    this.#server.close();
    this.#server.closeAllConnections();
    await closed;
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      // A page in a browser must not reach this through a name that resolves to loopback.
      if (!LOOPBACK_HOST.test(request.headers.host ?? ""))
        throw new ControlError(403, "Not a loopback host.");
      answer(response, 200, await this.#route(request));
    } catch (error) {
      if (error instanceof ControlError) answer(response, error.status, { error: error.message });
      else if (error instanceof HyperVError) {
        answer(response, error.category === "ObjectNotFound" ? 404 : 409, { error: error.message });
      } else if (error instanceof z.ZodError) answer(response, 400, { error: z.prettifyError(error) });
      else answer(response, 500, { error: error instanceof Error ? error.message : String(error) });
    }
  }

  async #route(request: IncomingMessage): Promise<unknown> {
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    const outside = OUTSIDE_ROUTES.find(
      (route) => route.method === request.method && route.path.test(pathname),
    );
    if (outside !== undefined) {
      const [, vmId = ""] = outside.path.exec(pathname) ?? [];
      outside.run(this.#hosts.outside, vmId, request.method === "DELETE" ? {} : await readJson(request));
      return {};
    }
    const [, host = "", action] = /^\/hosts\/([^/]+)\/(power|reboot)$/.exec(pathname) ?? [];
    const route = `${request.method} ${action === undefined ? pathname : `/hosts/{name}/${action}`}`;
    switch (route) {
      case "GET /state":
        return this.#hosts.state();
      case "GET /wire":
        return { hosts: this.#perHost((endpoint) => ({ on: endpoint.isOn, ...endpoint.wireRecord() })) };
      case "POST /faults":
        this.#addFault(await readJson(request));
        return {};
      case "DELETE /faults":
        this.#hosts.clearFaults();
        this.#perHost((endpoint) => endpoint.faults.clear());
        return {};
      case "POST /hosts/{name}/power":
        return this.#switchPower(decodeURIComponent(host), powerBody.parse(await readJson(request)).on);
      case "POST /hosts/{name}/reboot":
        return this.#reboot(decodeURIComponent(host), rebootBody.parse(await readJson(request)).seconds);
      default:
        throw new ControlError(404, `There is no ${route}.`);
    }
  }

  /** Faults of the connection are the endpoint's, all others the hosts'. */
  #addFault(body: unknown): void {
    const { host, kind } = anyFault.parse(body);
    const endpoint = this.#endpoint(host);
    if (this.#hosts.faultKinds.includes(kind)) this.#hosts.addFault(body);
    else {
      const known = [...FAULT_KINDS, ...this.#hosts.faultKinds];
      if (!known.includes(kind)) throw new ControlError(400, `kind is one of ${known.join(", ")}.`);
      endpoint.faults.add(connectionFault.parse(body));
    }
  }

  async #switchPower(name: string, on: boolean): Promise<{ on: boolean; address: string }> {
    const endpoint = this.#endpoint(name);
    clearTimeout(this.#reboots.get(name));
    if (on) {
      this.#hosts.setPower(name, true);
      await endpoint.powerOn();
    } else {
      await endpoint.powerOff();
      this.#hosts.setPower(name, false);
    }
    return { on, address: endpoint.address };
  }

  /** Answers as soon as the host is down; without any seconds when it is up again. */
  async #reboot(name: string, seconds: number): Promise<{ address: string }> {
    const endpoint = this.#endpoint(name);
    clearTimeout(this.#reboots.get(name));
    await endpoint.powerOff();
    this.#hosts.outside.stopHost(name);
    if (seconds === 0) await this.#switchPower(name, true);
    else {
      const comeBack = () => {
        this.#switchPower(name, true).catch((error: unknown) => process.emitWarning(String(error)));
      };
      this.#reboots.set(name, setTimeout(comeBack, seconds * 1000));
    }
    return { address: endpoint.address };
  }

  #endpoint(name: string): WinrmEndpoint {
    const endpoint = this.#endpoints.get(name);
    if (endpoint === undefined) {
      throw new ControlError(
        404,
        `There is no host ${name}; there are ${[...this.#endpoints.keys()].join(", ")}.`,
      );
    }
    return endpoint;
  }

  #perHost<Value>(give: (endpoint: WinrmEndpoint) => Value): Record<string, Value> {
    return Object.fromEntries([...this.#endpoints].map(([name, endpoint]) => [name, give(endpoint)]));
  }
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  if (!/^application\/json\b/i.test(request.headers["content-type"] ?? "")) {
    throw new ControlError(415, "The body must be application/json.");
  }
  let text = "";
  for await (const chunk of request.setEncoding("utf8") as AsyncIterable<string>) {
    text += chunk;
    if (text.length > MAX_BODY_BYTES) throw new ControlError(413, "The body is too large.");
  }
  try {
    return JSON.parse(text);
  } catch {
    throw new ControlError(400, "The body is no JSON.");
  }
}

function answer(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "Content-Type": "application/json" });
  response.end(JSON.stringify(body));
}
