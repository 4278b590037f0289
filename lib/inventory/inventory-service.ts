import { randomBytes } from "node:crypto";
import { AethervError } from "@/lib/domain/errors";
import type { HostConfig } from "@/lib/domain/host-config";
import type { Hypervisor } from "@/lib/domain/hypervisor";
import type { HostInventory, HostView, InventoryChanges, VmRecord, VmView } from "@/lib/domain/inventory";
import { compareNames } from "@/lib/domain/natural-order";
import { hostsThatMayHave } from "@/lib/domain/whereabouts";
import { HostReader } from "./host-reader";
import type { HostState } from "./host-state";
import { RevisionLog } from "./revision-log";
import { type KnownVm, type LedgerChange, VmLedger } from "./vm-ledger";

/** A host has begun not to answer, and why; null: it answers again. */
export type AnsweringListener = (host: string, failure: AethervError | null) => void;
/** A good read of a host. `beganAt` is in ms since the epoch. */
export type ReadListener = (host: string, inventory: HostInventory, beganAt: number) => void;

export interface InventorySettings {
  /** How often each host is read again. */
  periodSeconds: number;
  /** For how long a virtual disk's file need not be opened again. */
  diskRereadSeconds: number;
}

/**
 * What the hosts say of themselves, answered from memory. Each host is read again on a period and
 * after every job; when a read fails, what was known stays, with its age and the reason.
 */
export class InventoryService {
  readonly #readers: ReadonlyMap<string, HostReader>;
  readonly #ledger = new VmLedger((vm, host) =>
    hostsThatMayHave(
      vm,
      host,
      this.#states().map(({ name, record }) => ({ name, record })),
    ),
  );
  readonly #log = new RevisionLog();
  readonly #run = randomBytes(6).toString("hex");
  readonly #listeners: ReadListener[] = [];
  readonly #answeringListeners: AnsweringListener[] = [];
  /** The VMs' ids in the order of their names; null: to be sorted again. */
  #order: readonly string[] | null = null;
  /** Counts what happens, so that reads can be ordered whatever the clock does. */
  #turn = 0;

  constructor(
    parts: {
      hosts: readonly HostConfig[];
      hypervisor: Pick<Hypervisor, "readInventory">;
    } & InventorySettings,
  ) {
    const { hosts, hypervisor, periodSeconds, diskRereadSeconds } = parts;
    this.#readers = new Map(
      hosts.map((host, index) => {
        const reader = new HostReader(host, {
          hypervisor,
          periodMs: periodSeconds * 1_000,
          phase: index / hosts.length,
          diskRereadMs: diskRereadSeconds * 1_000,
          nextTurn: () => this.#nextTurn(),
          onRead: ({ inventory, span }) => {
            this.#take(host.name, this.#ledger.read(host.name, inventory, span));
            for (const listener of this.#listeners) listener(host.name, inventory, span.at);
          },
          onFailure: () => this.#publish([host.name], []),
          onAnswering: (failure) => {
            for (const listener of this.#answeringListeners) listener(host.name, failure);
          },
        });
        return [host.name, reader];
      }),
    );
  }

  /** Reads every host now, and again on the period. The timers do not keep the process alive. */
  start(): void {
    for (const reader of this.#readers.values()) reader.start();
  }

  /** Ends the timers, and reads that are under way. */
  stop(): void {
    for (const reader of this.#readers.values()) reader.stop();
  }

  /** Called after each good read of a host. */
  onRead(listener: ReadListener): void {
    this.#listeners.push(listener);
  }

  /** Called when a host begins not to answer, and when it answers again: not for each read. */
  onAnswering(listener: AnsweringListener): void {
    this.#answeringListeners.push(listener);
  }

  /** Whether every host was read, or found not to answer, at least once. */
  firstPassDone(): boolean {
    return this.#states().every(({ attempted }) => attempted);
  }

  /** `<run of the server>.<n>`: another one as soon as anything is told differently. */
  get revision(): string {
    return this.#named(this.#log.current);
  }

  /**
   * Another one as soon as anything of this host or of a VM on it is told differently.
   * @throws AethervError `host_not_found`
   */
  revisionOf(host: string): string {
    return this.#named(this.#reader(host).state.revision);
  }

  /**
   * What has changed since a revision, at a cost that grows with those changes alone; everything, without a
   * revision or with one of another run or of long ago.
   */
  changes(since?: string): InventoryChanges {
    const [run, number] = since?.split(".") ?? [];
    const changed = run === this.#run && number ? this.#log.since(Number(number)) : null;
    const { revision } = this;
    if (changed === null) {
      const vms = this.#inOrder().map(({ summary }) => summary);
      return { revision, complete: true, hosts: this.hosts(), vms, removed_vms: [] };
    }
    const now = Date.now();
    const states = [...changed.hosts].map((name) => this.#reader(name).state);
    const known = [...changed.vms].map((id) => ({ id, vm: this.#ledger.get(id) }));
    return {
      revision,
      complete: false,
      hosts: states.map((state) => state.view(now)),
      vms: known.flatMap(({ vm }) => vm?.summary ?? []),
      removed_vms: known.filter(({ vm }) => vm === undefined).map(({ id }) => id),
    };
  }

  /** In the order of the configuration. */
  hosts(): HostView[] {
    const now = Date.now();
    return this.#states().map((state) => state.view(now));
  }

  /** @throws AethervError `host_not_found` */
  host(name: string): HostView {
    return this.#reader(name).state.view(Date.now());
  }

  /** Every VM once, ordered by name. */
  vms(): VmView[] {
    const now = Date.now();
    return this.#inOrder().map((known) => this.#view(known, now));
  }

  /** @throws AethervError `vm_not_found` */
  vm(id: string): VmView {
    const found = this.#ledger.get(id.toLowerCase());
    if (found !== undefined) return this.#view(found, Date.now());
    throw new AethervError("vm_not_found", "No host lists a VM with this id.");
  }

  /** Takes over one VM that was read by itself, until the next whole read of its host. */
  note(host: string, vm: VmRecord): void {
    const turn = this.#nextTurn();
    const seen = { began: turn, ended: turn, at: Date.now() };
    this.#take(this.#reader(host).state.name, this.#ledger.note(host, vm, seen));
  }

  /** AetherV itself has deleted this VM: it is gone at once, and no other host is asked for it. */
  deleted(vmId: string): void {
    const known = this.#ledger.get(vmId);
    if (known !== undefined) this.#take(known.host, this.#ledger.delete(vmId, this.#nextTurn()));
  }

  /** A job has ended that may have changed the VM's disks: the next read looks at them anew. */
  forgetDisks(vmId: string): void {
    for (const reader of this.#readers.values()) reader.forgetDisks(vmId);
  }

  /**
   * Somebody looks at the host, or at a VM on it: if what is known of it is old, it is read before its time.
   * @throws AethervError `host_not_found`
   */
  lookedAt(host: string): void {
    this.#reader(host).lookedAt();
  }

  /**
   * Reads a host (all hosts, without a name) again; resolves after a read that began after this call. A
   * read that fails does not reject: the view says so.
   * @throws AethervError `host_not_found`
   */
  async refresh(host?: string): Promise<void> {
    const readers = host === undefined ? [...this.#readers.values()] : [this.#reader(host)];
    await Promise.all(readers.map((reader) => reader.now()));
  }

  #take(host: string, { vms, names, hosts, toRead }: LedgerChange): void {
    if (names) this.#order = null;
    this.#publish(new Set([host, ...hosts]), vms);
    for (const name of toRead) void this.#reader(name).now();
  }

  #publish(hosts: Iterable<string>, vms: Iterable<string>): void {
    const states = [...hosts].map((name) => this.#reader(name).state);
    const revision = this.#log.add([
      ...states.map(({ name }) => ({ kind: "host" as const, id: name })),
      ...Array.from(vms, (id) => ({ kind: "vm" as const, id })),
    ]);
    for (const state of states) {
      state.revision = revision;
      state.holds(this.#ledger.on(state.name).map(({ vm }) => vm));
    }
  }

  #inOrder(): KnownVm[] {
    this.#order ??= [...this.#ledger.all()]
      .sort((a, b) => compareNames(a.vm.vm_name, b.vm.vm_name) || compareNames(a.vm.vm_id, b.vm.vm_id))
      .map(({ vm }) => vm.vm_id);
    return this.#order.flatMap((id) => this.#ledger.get(id) ?? []);
  }

  #view({ vm, host, seen, alsoOn, missing }: KnownVm, now: number): VmView {
    const { record, stale } = this.#reader(host).state;
    return {
      ...vm,
      host,
      cluster: record?.cluster ?? null,
      as_of: new Date(seen.at).toISOString(),
      age_ms: now - seen.at,
      stale,
      missing_since: missing === null ? null : new Date(missing.since).toISOString(),
      also_on: [...alsoOn],
    };
  }

  #states(): HostState[] {
    return [...this.#readers.values()].map(({ state }) => state);
  }

  #reader(name: string): HostReader {
    const reader = this.#readers.get(name);
    if (reader !== undefined) return reader;
    throw new AethervError("host_not_found", `The configuration names no host ${name}.`);
  }

  #named(revision: number): string {
    return `${this.#run}.${revision}`;
  }

  #nextTurn(): number {
    this.#turn += 1;
    return this.#turn;
  }
}
