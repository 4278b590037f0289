import { AethervError, toAethervError } from "@/lib/domain/errors";
import type { CallContext, ExchangeStage, Hypervisor } from "@/lib/domain/hypervisor";
import { isOutcomeUnknown, type JobOutputs, OutcomeUnknown } from "@/lib/jobs/outcome";
import type { RunningJob } from "@/lib/jobs/running-job";
import { delay, never } from "./delay";
import { stopped } from "./handshake-errors";

const ATTEMPTS = 5;

/**
 * What the exchange leaves on the host for the guest: encrypted secrets in the VM's KVP, and the provisioning
 * media. However the exchange ends, it is taken away: a removal is safe to repeat, and not stopped by a cancel of
 * the job.
 */
export class GuestLeavings {
  /** From the first try at publishing until a removal has worked. */
  secretsStand = false;
  readonly #job: RunningJob;
  readonly #hypervisor: Hypervisor;
  readonly #host: string;
  readonly #vmId: string;
  readonly #call: () => CallContext;

  /** @param parts `call` makes the context of a call that nothing cancels */
  constructor(parts: {
    job: RunningJob;
    hypervisor: Hypervisor;
    host: string;
    vm_id: string;
    call: () => CallContext;
  }) {
    this.#job = parts.job;
    this.#hypervisor = parts.hypervisor;
    this.#host = parts.host;
    this.#vmId = parts.vm_id;
    this.#call = parts.call;
  }

  /** false: it did not work, and may be tried again. */
  async tryRemove(stage: ExchangeStage): Promise<boolean> {
    try {
      await this.#hypervisor.finishInitialization(this.#host, this.#vmId, stage, this.#call());
      if (this.secretsStand) this.#job.log("info", "The encrypted secrets were removed from the VM's KVP.");
      this.secretsStand = false;
      return true;
    } catch (thrown) {
      const error = toAethervError(thrown);
      if (error.code === "vm_not_found") {
        this.secretsStand = false;
        return true;
      }
      const what = this.secretsStand
        ? "The secrets could not be removed from the VM's KVP yet"
        : "What was prepared for the guest could not be taken away";
      this.#job.log("warning", `${what}: ${error.message}`);
      return false;
    }
  }

  /**
   * After the exchange has failed.
   * @throws OutcomeUnknown if secrets stand there and cannot be removed now: the job ends when they could
   * @throws AethervError where the removal has settled what was not known
   */
  async removeAfter(thrown: unknown): Promise<void> {
    const hadSecrets = this.secretsStand;
    const isClean = await this.tryRemove("ended");
    if (!hadSecrets) return;
    const error = toAethervError(thrown);
    if (isClean) {
      if (isOutcomeUnknown(error)) throw stopped(error);
      return;
    }
    throw new OutcomeUnknown(error, async () => {
      if (!(await this.tryRemove("ended"))) return null;
      return { state: "failed", error: isOutcomeUnknown(error) ? stopped(error) : error, created: [] };
    });
  }

  /**
   * After the guest has reported that it is done.
   * @throws OutcomeUnknown if secrets still stand there after several attempts: the job ends when they could be removed
   */
  async removeAtLast(pauseMs: number, outputs: JobOutputs): Promise<void> {
    for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
      if (await this.tryRemove("completed")) return;
      if (attempt < ATTEMPTS) await delay(pauseMs, never());
    }
    if (!this.secretsStand) return;
    const message =
      "The guest is configured, but its encrypted secrets could not be removed from the VM's KVP.";
    throw new OutcomeUnknown(new AethervError("contact_lost", message), async () => {
      if (!(await this.tryRemove("completed"))) return null;
      return { state: "succeeded", outputs, created: [] };
    });
  }
}
