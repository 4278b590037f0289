import { type AethervError, toAethervError } from "@/lib/domain/errors";
import type { HostConfig } from "@/lib/domain/host-config";
import type { HostRecord, HostView, RefreshCost, UnreadVm, VmRecord } from "@/lib/domain/inventory";

/** Of VMs that cannot be read, so many are told: a host that tells of all its VMs wrongly makes no view huge. */
const UNREAD_TOLD = 100;

/** A good read of a host, but for its VMs. */
interface GoodRead {
  record: HostRecord;
  unread: readonly UnreadVm[];
  /** When it began, in ms since the epoch: the data are at least as new as that. */
  at: number;
  cost: RefreshCost;
}

/** What is known of one host: the last good read, and why a later one failed. */
export class HostState {
  readonly name: string;
  /** Of the last change that its view has seen. */
  revision = 0;
  /** In ms since the epoch; null: nobody has said. */
  nextReadAt: number | null = null;
  readonly #address: string;
  #read: GoodRead | null = null;
  #failure: { error: AethervError; since: number } | null = null;
  #vmCount = 0;
  #committedVcpus = 0;

  constructor(config: HostConfig) {
    this.name = config.name;
    this.#address = config.address;
  }

  /** Whether a read has ended, well or badly. */
  get attempted(): boolean {
    return this.#read !== null || this.#failure !== null;
  }

  /** It does not answer: what is known of it was true once. */
  get stale(): boolean {
    return this.#failure !== null;
  }

  /** Why its last read failed; null: it did not. */
  get failure(): AethervError | null {
    return this.#failure?.error ?? null;
  }

  /** When the last good read began, in ms since the epoch; null: there was none yet. */
  get readAt(): number | null {
    return this.#read?.at ?? null;
  }

  get record(): HostRecord | null {
    return this.#read?.record ?? null;
  }

  succeeded(read: GoodRead): void {
    this.#read = { ...read, unread: read.unread.slice(0, UNREAD_TOLD) };
    this.#failure = null;
  }

  /** Keeps what was known. Gives why, as it is told. */
  failed(thrown: unknown, now: number): AethervError {
    const error = toAethervError(thrown);
    this.#failure = { error, since: this.#failure?.since ?? now };
    return error;
  }

  /** @param vms that are shown on it */
  holds(vms: readonly VmRecord[]): void {
    this.#vmCount = vms.length;
    this.#committedVcpus = committedVcpus(vms);
  }

  view(now: number): HostView {
    const read = this.#read;
    const failure = this.#failure;
    return {
      name: this.name,
      address: this.#address,
      state: failure !== null ? "unreachable" : read === null ? "pending" : "online",
      as_of: read === null ? null : utc(read.at),
      age_ms: read === null ? null : now - read.at,
      error:
        failure === null
          ? null
          : {
              code: failure.error.code,
              message: failure.error.message,
              next: failure.error.next,
              since: utc(failure.since),
            },
      record: this.record,
      vm_count: this.#vmCount,
      unread_vms: read?.unread ?? [],
      committed_vcpus: this.#committedVcpus,
      refresh: read?.cost ?? null,
      next_read_at: this.nextReadAt === null ? null : utc(this.nextReadAt),
    };
  }
}

/** A VM that is off or saved holds no processors. */
function committedVcpus(vms: readonly VmRecord[]): number {
  return vms
    .filter(({ state }) => state !== "off" && state !== "saved")
    .reduce((sum, { cpu_cores }) => sum + cpu_cores, 0);
}

function utc(ms: number): string {
  return new Date(ms).toISOString();
}
