import { randomBytes } from "node:crypto";
import { AethervError } from "@/lib/domain/errors";
import type { HostConfig } from "@/lib/domain/host-config";
import type { Hypervisor } from "@/lib/domain/hypervisor";
import type { HostInventory, HostView, InventoryChanges, VmRecord, VmView } from "@/lib/domain/inventory";
import { HostState } from "./host-state";
import { Refresher } from "./refresher";
import { type HostVms, mergeVms } from "./vm-merge";
import { summaryOf } from "./vm-summary";

/** A good read of a host. `beganAt` is in ms since the epoch. */
export type ReadListener = (host: string, inventory: HostInventory, beganAt: number) => void;

interface Entry {
  state: HostState;
  refresher: Refresher;
}

/**
 * What the hosts say of themselves, answered from memory. Each host is read again on a period and
 * after every job; when a read fails, what was known stays, with its age and the reason.
 */
export class InventoryService {
  readonly #hypervisor: Pick<Hypervisor, "readInventory">;
  readonly #entries: ReadonlyMap<string, Entry>;
  readonly #listeners: ReadListener[] = [];
  readonly #stopped = new AbortController();
  readonly #run = randomBytes(6).toString("hex");
  #changes = 0;

  constructor(parts: {
    hosts: readonly HostConfig[];
    hypervisor: Pick<Hypervisor, "readInventory">;
    periodSeconds: number;
  }) {
    this.#hypervisor = parts.hypervisor;
    this.#entries = new Map(
      parts.hosts.map((host) => {
        const state = new HostState(host);
        const refresher = new Refresher(() => this.#read(state), parts.periodSeconds * 1000);
        return [host.name, { state, refresher }];
      }),
    );
  }

  /** Reads every host now, and again on the period. The timers do not keep the process alive. */
  start(): void {
    for (const { refresher } of this.#entries.values()) refresher.start();
  }

  /** Ends the timers, and reads that are under way. */
  stop(): void {
    for (const { refresher } of this.#entries.values()) refresher.stop();
    this.#stopped.abort();
  }

  /** Called after each good read of a host. */
  onRead(listener: ReadListener): void {
    this.#listeners.push(listener);
  }

  /** Whether every host was read, or found not to answer, at least once. */
  firstPassDone(): boolean {
    return [...this.#entries.values()].every(({ state }) => state.attempted);
  }

  /** What has changed since the revision; everything, without one or with one of another run. */
  changes(_since?: string): InventoryChanges {
    const vms = this.vms().map((vm) => summaryOf(vm, vm.host, vm.missing_since));
    return { revision: this.revision, complete: true, hosts: this.hosts(), vms, removed_vms: [] };
  }

  get revision(): string {
    return `${this.#run}.${this.#changes}`;
  }

  /** In the order of the configuration. */
  hosts(): HostView[] {
    const now = Date.now();
    return [...this.#entries.values()].map(({ state }) => state.view(now));
  }

  /** Throws `host_not_found`. */
  host(name: string): HostView {
    return this.#entry(name).state.view(Date.now());
  }

  /** Every VM once, ordered by name. */
  vms(): VmView[] {
    const hosts = [...this.#entries.values()].map(({ state }): HostVms => {
      const { name: host, cluster, vms, stale } = state;
      return { host, cluster, vms, readAt: state.readAt ?? Date.now(), stale };
    });
    return mergeVms(hosts, Date.now());
  }

  /** Throws `vm_not_found`. */
  vm(id: string): VmView {
    const found = this.vms().find((vm) => vm.vm_id === id.toLowerCase());
    if (found !== undefined) return found;
    throw new AethervError("vm_not_found", "No host lists a VM with this id.");
  }

  /** Takes over one VM that was read by itself, until the next whole read of its host. */
  note(host: string, vm: VmRecord): void {
    this.#entry(host).state.note(vm);
    this.#changes += 1;
  }

  /**
   * Reads a host (all hosts, without a name) again; resolves after a read that began after this call. A
   * read that fails does not reject: the view says so. Throws `host_not_found`.
   */
  async refresh(host?: string): Promise<void> {
    const entries = host === undefined ? [...this.#entries.values()] : [this.#entry(host)];
    await Promise.all(entries.map(({ refresher }) => refresher.now()));
  }

  #entry(name: string): Entry {
    const entry = this.#entries.get(name);
    if (entry !== undefined) return entry;
    throw new AethervError("host_not_found", `The configuration names no host ${name}.`);
  }

  async #read(state: HostState): Promise<void> {
    const beganAt = Date.now();
    try {
      const inventory = await this.#hypervisor.readInventory(state.name, this.#stopped.signal);
      state.succeeded(inventory, beganAt);
      this.#changes += 1;
      for (const listener of this.#listeners) listener(state.name, inventory, beganAt);
    } catch (thrown) {
      if (!this.#stopped.signal.aborted) state.failed(thrown);
      this.#changes += 1;
    }
  }
}
