import { formatDuration } from "@/lib/domain/amounts";
import { toAethervError } from "@/lib/domain/errors";
import type { CallContext, GuestStatus, Hypervisor } from "@/lib/domain/hypervisor";
import type { RunningJob } from "@/lib/jobs/running-job";
import { delay } from "./delay";
import { guestFailed, noCompletion } from "./handshake-errors";

/** A read that fails with one of these is worth another try: the guest goes on meanwhile. */
const PASSING: ReadonlySet<string> = new Set([
  "host_unreachable",
  "host_busy",
  "contact_lost",
  "deadline_exceeded",
  "winrm_fault",
  "agent_failed",
  "hyperv_error",
  "queue_full",
]);

/** Looks again and again at what a guest says, whatever its host is at meanwhile. */
export class GuestWatch {
  readonly #job: RunningJob;
  readonly #hypervisor: Pick<Hypervisor, "guestStatus">;
  readonly #host: string;
  readonly #vmId: string;
  readonly #pollMs: number;
  readonly #call: () => CallContext;
  #readFailed = false;

  constructor(parts: {
    job: RunningJob;
    hypervisor: Pick<Hypervisor, "guestStatus">;
    host: string;
    vm_id: string;
    poll_seconds: number;
    call: () => CallContext;
  }) {
    this.#job = parts.job;
    this.#hypervisor = parts.hypervisor;
    this.#host = parts.host;
    this.#vmId = parts.vm_id;
    this.#pollMs = parts.poll_seconds * 1000;
    this.#call = parts.call;
  }

  /** null: the host could not be asked this time. */
  async status(): Promise<GuestStatus | null> {
    try {
      const status = await this.#hypervisor.guestStatus(this.#host, this.#vmId, {
        ...this.#call(),
        log: (level, text) => this.#job.log(level === "info" ? "verbose" : level, text),
      });
      if (this.#readFailed) this.#job.log("info", `${this.#host} answers again.`);
      this.#readFailed = false;
      return status;
    } catch (thrown) {
      const error = toAethervError(thrown);
      if (this.#job.signal.aborted || !PASSING.has(error.code)) throw thrown;
      if (!this.#readFailed) {
        this.#job.log("warning", `The guest's state could not be read: ${error.message} Asking again.`);
      }
      this.#readFailed = true;
      return null;
    }
  }

  /** Until the next look. */
  pause(): Promise<void> {
    return delay(this.#pollMs, this.#job.signal);
  }

  /**
   * Resolves once the guest reports that its configuration is applied.
   * @param whileApplying called with each look that finds the guest at it
   * @throws AethervError `guest_provisioning_failed`, `guest_no_completion`
   */
  async completion(seconds: number, whileApplying: () => Promise<unknown>): Promise<void> {
    const until = Date.now() + seconds * 1000;
    this.#job.log("info", `Waiting for the guest to apply it, for up to ${formatDuration(seconds * 1000)}.`);
    let seen: string | null = null;
    while (true) {
      const status = await this.status();
      if (status !== null) {
        const state = status.guest_state;
        if (state === "provisioningfailed") throw guestFailed(status);
        if (state === "provisioningapplied") {
          this.#job.log("info", "The guest reports that its configuration is applied.");
          return;
        }
        if (state === "applying" && seen !== "applying") {
          this.#job.log("info", "The guest has read its configuration and applies it.");
          seen = state;
        }
        if (state === "applying") await whileApplying();
      }
      if (Date.now() >= until) throw noCompletion(seconds, seen);
      await this.pause();
    }
  }
}
