import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { loadConfig } from "@/lib/config";
import type { HostConfig } from "@/lib/domain/host-config";
import type { JsonObject } from "@/lib/domain/json";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** A VM as the simulator's control API shows it: the parts that tests look at. */
export interface SimulatedVm {
  vm_id: string;
  vm_name: string;
  state: string;
  notes: string;
  disks: string[];
  adapters: { nic_id: string; switch: string | null; vlan_id: number | null }[];
  kvp: { host: Record<string, string>; guest: Record<string, string> };
  guest: { applied: Record<string, string> | null } | null;
}

/** One agent call as a simulated host saw it. */
export interface SimulatedCall {
  started: string;
  ended: string | null;
  host: string;
  agent: string;
  operation: string;
  deployment_id: string | null;
  spec: JsonObject;
}

interface SimulatedState {
  hosts: Record<string, { vms: SimulatedVm[] }>;
  requests: SimulatedCall[];
}

/** The simulator as a process of its own, on ephemeral ports, in which nothing takes time. */
export class SimulatorProcess {
  readonly hosts: readonly HostConfig[];
  readonly #child: ChildProcess;
  readonly #directory: string;
  readonly #control: string;

  private constructor(child: ChildProcess, directory: string, control: string, hosts: readonly HostConfig[]) {
    this.#child = child;
    this.#directory = directory;
    this.#control = control;
    this.hosts = hosts;
  }

  static async start(): Promise<SimulatorProcess> {
    const directory = mkdtempSync(join(tmpdir(), "aetherv-simulator-"));
    const flags = ["--engine", "node", "--seed", "demo", "--control-port", "0", "--time-factor", "0"];
    const program = ["--import", "tsx", join(ROOT, "simulator", "main.ts")];
    const child = spawn(process.execPath, [...program, ...flags, "--data", directory, "--exit-with-parent"], {
      cwd: ROOT,
      stdio: ["ignore", "pipe", "inherit"],
    });
    const ended = once(child, "exit").then(() => {
      throw new Error(`The simulator ended with ${child.exitCode}.`);
    });
    const [line] = await Promise.race([once(createInterface(child.stdout), "line"), ended]);
    ended.catch(() => {});
    const { control } = JSON.parse(String(line)) as { control: string };
    const { hosts } = loadConfig({ AETHERV_CONFIG: join(directory, "aetherv.config.json") }, directory);
    return new SimulatorProcess(child, directory, control, hosts);
  }

  async stop(): Promise<void> {
    const exited = once(this.#child, "exit");
    this.#child.kill("SIGTERM");
    await exited;
    rmSync(this.#directory, { recursive: true, force: true });
  }

  async vm(name: string): Promise<(SimulatedVm & { host: string }) | undefined> {
    const { hosts } = await this.#request<SimulatedState>("/state");
    const all = Object.entries(hosts).flatMap(([host, { vms }]) => vms.map((vm) => ({ ...vm, host })));
    return all.find(({ vm_name }) => vm_name === name);
  }

  /** The calls that belong to a deployment of one of these VMs. */
  async calls(deploymentIds: readonly string[]): Promise<SimulatedCall[]> {
    const { requests } = await this.#request<SimulatedState>("/state");
    return requests.filter(({ deployment_id }) => deploymentIds.includes(deployment_id ?? ""));
  }

  async fault(fault: JsonObject): Promise<void> {
    await this.#request("/faults", { method: "POST", body: JSON.stringify(fault) });
  }

  async clearFaults(): Promise<void> {
    await this.#request("/faults", { method: "DELETE" });
  }

  async power(host: string, on: boolean): Promise<void> {
    await this.#request(`/hosts/${host}/power`, { method: "POST", body: JSON.stringify({ on }) });
  }

  async wire(host: string): Promise<{ open_shells: number; command_lines: Record<string, number> }> {
    type Wire = { hosts: Record<string, { open_shells: number; command_lines: Record<string, number> }> };
    const record = (await this.#request<Wire>("/wire")).hosts[host];
    if (record === undefined) throw new Error(`There is no host ${host}.`);
    return record;
  }

  async #request<T>(path: string, init: RequestInit = {}): Promise<T> {
    const headers = { "content-type": "application/json" };
    const response = await fetch(`${this.#control}${path}`, { ...init, headers });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as T;
  }
}
