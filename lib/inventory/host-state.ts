import { type AethervError, toAethervError } from "@/lib/domain/errors";
import type { HostConfig } from "@/lib/domain/host-config";
import type { HostInventory, HostRecord, HostView, RefreshCost, VmRecord } from "@/lib/domain/inventory";

/** What is known of one host: the last good read, and why a later one failed. */
export class HostState {
  readonly name: string;
  readonly #address: string;
  #record: HostRecord | null = null;
  #vms: VmRecord[] = [];
  #readAt: number | null = null;
  #refresh: RefreshCost | null = null;
  #failure: { error: AethervError; since: number } | null = null;
  /** VMs read by themselves, with the time: a whole read that began earlier does not know them. */
  #noted = new Map<string, { vm: VmRecord; at: number }>();

  constructor(config: HostConfig) {
    this.name = config.name;
    this.#address = config.address;
  }

  /** Whether a read has ended, well or badly. */
  get attempted(): boolean {
    return this.#readAt !== null || this.#failure !== null;
  }

  get stale(): boolean {
    return this.#failure !== null;
  }

  get readAt(): number | null {
    return this.#readAt;
  }

  get cluster(): string | null {
    return this.#record?.cluster ?? null;
  }

  get vms(): readonly VmRecord[] {
    const noted = [...this.#noted.values()].map(({ vm }) => vm);
    const rest = this.#vms.filter((vm) => !this.#noted.has(vm.vm_id));
    return [...rest, ...noted];
  }

  /** @param beganAt when the read began: the data are at least as new as that. */
  succeeded(inventory: HostInventory, beganAt: number): void {
    this.#record = inventory.host;
    this.#vms = inventory.vms;
    this.#readAt = beganAt;
    this.#refresh = { duration_ms: Date.now() - beganAt, round_trips: 0, received_bytes: 0 };
    this.#failure = null;
    for (const [id, { at }] of this.#noted) if (at <= beganAt) this.#noted.delete(id);
  }

  /** Keeps what was known. */
  failed(thrown: unknown): void {
    this.#failure = { error: toAethervError(thrown), since: this.#failure?.since ?? Date.now() };
  }

  note(vm: VmRecord): void {
    this.#noted.set(vm.vm_id, { vm, at: Date.now() });
  }

  view(now: number): HostView {
    const failure = this.#failure;
    return {
      name: this.name,
      address: this.#address,
      state: failure !== null ? "unreachable" : this.#readAt === null ? "pending" : "online",
      as_of: this.#readAt === null ? null : new Date(this.#readAt).toISOString(),
      age_ms: this.#readAt === null ? null : now - this.#readAt,
      error:
        failure === null
          ? null
          : {
              code: failure.error.code,
              message: failure.error.message,
              next: failure.error.next,
              since: new Date(failure.since).toISOString(),
            },
      record: this.#record,
      vm_count: this.vms.length,
      committed_vcpus: committedVcpus(this.vms),
      refresh: this.#refresh,
      next_read_at: null,
    };
  }
}

/** A VM that is off or saved holds no processors. */
function committedVcpus(vms: readonly VmRecord[]): number {
  return vms
    .filter(({ state }) => state !== "off" && state !== "saved")
    .reduce((sum, { cpu_cores }) => sum + cpu_cores, 0);
}
