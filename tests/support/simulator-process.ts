import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { loadConfig } from "@/lib/config";
import type { HostConfig } from "@/lib/domain/host-config";
import type { JsonObject } from "@/lib/domain/json";

const CONFIG_FILE = "aetherv.config.json";
const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** A VM as the simulator's control API shows it: the parts that tests look at. */
export interface SimulatedVm {
  vm_id: string;
  vm_name: string;
  state: string;
  clustered: boolean;
  generation: number;
  processor_count: number;
  memory_startup_bytes: number;
  notes: string;
  disks: string[];
  adapters: {
    nic_id: string;
    name: string;
    switch: string | null;
    vlan_id: number | null;
    dynamic_mac: boolean;
    /** Twelve hexadecimal digits, or none yet. */
    mac: string | null;
    ip_addresses: string[];
  }[];
  kvp: { host: Record<string, string>; guest: Record<string, string> };
  guest: { os_family: string; applied: Record<string, string> | null } | null;
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

/** What one simulated host has seen on the wire so far: the parts that tests look at. */
export interface SimulatedWire {
  /** WinRM requests by operation. */
  requests: Record<string, number>;
  command_lines: Record<string, number>;
  open_shells: number;
}

/** A virtual hard disk as a file; half of a copy has no size as a disk yet. */
export interface SimulatedFile {
  path: string;
  virtual_bytes: number;
}

interface SimulatedState {
  hosts: Record<string, { vms: SimulatedVm[]; volumes: { files: SimulatedFile[] }[] }>;
  requests: SimulatedCall[];
}

export interface SimulatorOptions {
  /** What runs the agents; `node` (the default) stands in for them. */
  engine?: "node" | "powershell";
  /** 0 (the default): nothing takes time. */
  timeFactor?: number;
  /** More flags of its command line. */
  flags?: string[];
}

/** What it prints once it is ready. */
interface Ready {
  control: string;
  http_addresses: Record<string, string>;
}

/** The simulator as a process of its own, on ephemeral ports. */
export class SimulatorProcess {
  readonly hosts: readonly HostConfig[];
  /** The listeners without TLS, by host: `http://localhost:…`. */
  readonly httpAddresses: Readonly<Record<string, string>>;
  readonly #child: ChildProcess;
  readonly #directory: string;
  readonly #control: string;

  private constructor(
    child: ChildProcess,
    directory: string,
    { control, http_addresses }: Ready,
    hosts: readonly HostConfig[],
  ) {
    this.#child = child;
    this.#directory = directory;
    this.#control = control;
    this.httpAddresses = http_addresses;
    this.hosts = hosts;
  }

  static async start(options: SimulatorOptions = {}): Promise<SimulatorProcess> {
    const directory = mkdtempSync(join(tmpdir(), "aetherv-simulator-"));
    const { engine = "node", timeFactor = 0, flags = [] } = options;
    const own = ["--engine", engine, "--seed", "demo", "--control-port", "0", "--data", directory];
    const program = ["--import", "tsx", join(ROOT, "simulator", "main.ts"), "--exit-with-parent"];
    const child = spawn(
      process.execPath,
      [...program, ...own, "--time-factor", String(timeFactor), ...flags],
      { cwd: ROOT, stdio: ["ignore", "pipe", "inherit"] },
    );
    const ended = once(child, "exit").then(() => {
      throw new Error(`The simulator ended with ${child.exitCode}.`);
    });
    const [line] = await Promise.race([once(createInterface(child.stdout), "line"), ended]);
    ended.catch(() => {});
    const ready = JSON.parse(String(line)) as Ready;
    const { hosts } = loadConfig({ AETHERV_CONFIG: join(directory, CONFIG_FILE) }, directory);
    return new SimulatorProcess(child, directory, ready, hosts);
  }

  async stop(): Promise<void> {
    const exited = once(this.#child, "exit");
    this.#child.kill("SIGTERM");
    await exited;
    rmSync(this.#directory, { recursive: true, force: true });
  }

  /** The folder in which it keeps its files, such as the pools of each VM's KVP. */
  get directory(): string {
    return this.#directory;
  }

  /** The configuration for the application that it wrote, as JSON. */
  configuration(): JsonObject {
    return JSON.parse(readFileSync(join(this.#directory, CONFIG_FILE), "utf8")) as JsonObject;
  }

  async vm(name: string): Promise<(SimulatedVm & { host: string }) | undefined> {
    const { hosts } = await this.#request<SimulatedState>("/state");
    const all = Object.entries(hosts).flatMap(([host, { vms }]) => vms.map((vm) => ({ ...vm, host })));
    return all.find(({ vm_name }) => vm_name === name);
  }

  /** The virtual hard disks on a host's volumes whose path has this in it. */
  async disks(host: string, part: string): Promise<SimulatedFile[]> {
    const { hosts } = await this.#request<SimulatedState>("/state");
    const files = hosts[host]?.volumes.flatMap((volume) => volume.files) ?? [];
    return files.filter(({ path }) => path.includes(part));
  }

  /** Every VM of a host, by name. */
  async vmNames(host: string): Promise<string[]> {
    const { hosts } = await this.#request<SimulatedState>("/state");
    return (hosts[host]?.vms ?? []).map(({ vm_name }) => vm_name);
  }

  /** The calls that these deployments made. */
  async calls(deploymentIds: readonly string[]): Promise<SimulatedCall[]> {
    const { requests } = await this.#request<SimulatedState>("/state");
    return requests.filter(({ deployment_id }) => deploymentIds.includes(deployment_id ?? ""));
  }

  /** Every call of an agent on any host, in the order in which they began. */
  async allCalls(): Promise<SimulatedCall[]> {
    return (await this.#request<SimulatedState>("/state")).requests;
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

  /** The host goes down and comes back after so many seconds, or at once. */
  async reboot(host: string, seconds = 0): Promise<void> {
    await this.#post(`/hosts/${host}/reboot`, { seconds });
  }

  /** Somebody moves a VM to another host; without seconds it has arrived when this resolves. */
  async migrate(vmId: string, to: string, seconds = 0): Promise<void> {
    await this.#post(`/vms/${vmId}/migrate`, { to, seconds });
  }

  /** Somebody registers a VM on another host, too, with the same id. */
  async replicate(vmId: string, to: string): Promise<void> {
    await this.#post(`/vms/${vmId}/replicate`, { to });
  }

  /** Somebody renames a VM. */
  async rename(vmId: string, name: string): Promise<void> {
    await this.#post(`/vms/${vmId}/rename`, { name });
  }

  /** Somebody takes a checkpoint of a VM. */
  async checkpoint(vmId: string, name: string): Promise<void> {
    await this.#post(`/vms/${vmId}/checkpoint`, { name });
  }

  /** Somebody brings a VM into a state; `critical`: its storage goes away. */
  async setState(vmId: string, state: "running" | "off" | "saved" | "paused" | "critical"): Promise<void> {
    await this.#post(`/vms/${vmId}/state`, { state });
  }

  /** Somebody removes a VM; its files stay. */
  async deleteVm(vmId: string): Promise<void> {
    await this.#request(`/vms/${vmId}`, { method: "DELETE" });
  }

  async wire(host: string): Promise<SimulatedWire> {
    type Wire = { hosts: Record<string, SimulatedWire> };
    const record = (await this.#request<Wire>("/wire")).hosts[host];
    if (record === undefined) throw new Error(`There is no host ${host}.`);
    return record;
  }

  async #post(path: string, body: JsonObject): Promise<void> {
    await this.#request(path, { method: "POST", body: JSON.stringify(body) });
  }

  async #request<T>(path: string, init: RequestInit = {}): Promise<T> {
    const headers = { "content-type": "application/json" };
    const response = await fetch(`${this.#control}${path}`, { ...init, headers });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as T;
  }
}
