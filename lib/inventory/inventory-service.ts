import { AethervError } from "@/lib/domain/errors";
import type { HostConfig } from "@/lib/domain/host-config";
import type { Hypervisor } from "@/lib/domain/hypervisor";
import type { HostInventory, HostView, InventoryView, VmRecord, VmView } from "@/lib/domain/inventory";
import { HostState } from "./host-state";
import { Refresher } from "./refresher";
import { type HostVms, mergeVms } from "./vm-merge";

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

  view(): InventoryView {
    return { hosts: this.hosts(), vms: this.vms() };
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
      return { host: state.name, vms: state.vms, readAt: state.readAt ?? Date.now(), stale: state.stale };
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
      for (const listener of this.#listeners) listener(state.name, inventory, beganAt);
    } catch (thrown) {
      if (!this.#stopped.signal.aborted) state.failed(thrown);
    }
  }
}
