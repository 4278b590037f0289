import type { AethervError } from "@/lib/domain/errors";
import type { HostConfig } from "@/lib/domain/host-config";
import type { Hypervisor } from "@/lib/domain/hypervisor";
import type { HostInventory } from "@/lib/domain/inventory";
import { HostState } from "./host-state";
import { KnownDisks } from "./known-disks";
import { ReadSchedule } from "./read-schedule";
import { Refresher } from "./refresher";
import type { ReadSpan } from "./vm-ledger";

/**
 * What somebody looks at is read again once it is so old. A page asks every few seconds, and a read takes a host a
 * second or two: so it is at work with that for a tenth of the time at most, however many look, and a host that goes
 * down is seen to within a quarter of a minute.
 */
const OLD_TO_ONLOOKERS_MS = 15_000;

interface HostReaderParts {
  hypervisor: Pick<Hypervisor, "readInventory">;
  periodMs: number;
  /** Its place on the period, from 0 to below 1. */
  phase: number;
  diskRereadMs: number;
  /** The next turn of a counter that all readers share. */
  nextTurn: () => number;
  /** Both are called once `state` knows of it. */
  onRead: (read: { inventory: HostInventory; span: ReadSpan }) => void;
  onFailure: () => void;
  /** The host has begun not to answer, and why; null: it answers again. */
  onAnswering: (failure: AethervError | null) => void;
}

/** Reads one host, at its times and on demand, and keeps what is known of it. It waits for no other host. */
export class HostReader {
  readonly state: HostState;
  readonly #parts: HostReaderParts;
  readonly #schedule: ReadSchedule;
  readonly #disks: KnownDisks;
  readonly #refresher = new Refresher(() => this.#read());
  readonly #stopped = new AbortController();

  constructor(config: HostConfig, parts: HostReaderParts) {
    this.state = new HostState(config);
    this.#parts = parts;
    this.#schedule = new ReadSchedule(parts);
    this.#disks = new KnownDisks(parts.diskRereadMs);
  }

  start(): void {
    this.#refresher.start();
  }

  /** Ends the timer, and a read that is under way. */
  stop(): void {
    this.#refresher.stop();
    this.#stopped.abort();
  }

  /** Resolves after a read that began after this call, however it went. */
  now(): Promise<void> {
    return this.#refresher.now();
  }

  /**
   * Somebody looks at what is known of the host: it is read now if that is old, unless it is being read. One that does
   * not answer is asked again at its own times, however many look.
   */
  lookedAt(): void {
    const { stale, readAt } = this.state;
    if (stale || readAt === null || Date.now() - readAt <= OLD_TO_ONLOOKERS_MS) return;
    if (!this.#refresher.running && !this.#stopped.signal.aborted) void this.#refresher.now();
  }

  forgetDisks(vmId: string): void {
    this.#disks.forget(vmId, Date.now());
  }

  /** Gives the time of the next read. */
  async #read(): Promise<number> {
    const { hypervisor, nextTurn, onRead, onFailure, onAnswering } = this.#parts;
    const { name } = this.state;
    const at = Date.now();
    const began = nextTurn();
    const known = this.#disks.list(at);
    try {
      const { inventory, ...wire } = await hypervisor.readInventory(name, known, this.#stopped.signal);
      const now = Date.now();
      this.#disks.read(inventory.vms, known, at);
      const before = this.state.failure;
      this.state.succeeded({
        record: inventory.host,
        unread: inventory.unread_vms,
        at,
        cost: { duration_ms: now - at, ...wire },
      });
      this.state.nextReadAt = this.#schedule.afterSuccess(now);
      onRead({ inventory, span: { began, ended: nextTurn(), at } });
      if (before !== null) onAnswering(null);
      return this.state.nextReadAt;
    } catch (thrown) {
      const now = Date.now();
      const nextReadAt = this.#schedule.afterFailure(now);
      if (!this.#stopped.signal.aborted) {
        const before = this.state.failure;
        const failure = this.state.failed(thrown, now);
        this.state.nextReadAt = nextReadAt;
        onFailure();
        if (before?.code !== failure.code) onAnswering(failure);
      }
      return nextReadAt;
    }
  }
}
