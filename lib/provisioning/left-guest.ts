import { formatDuration } from "@/lib/domain/amounts";
import { AethervError, toAethervError } from "@/lib/domain/errors";
import type { CallContext, GuestStatus, Hypervisor } from "@/lib/domain/hypervisor";
import { isOutcomeUnknown, OutcomeUnknown } from "@/lib/jobs/outcome";
import type { RunningJob } from "@/lib/jobs/running-job";
import type { GuestLeavings } from "./guest-leavings";
import type { GuestWatch } from "./guest-watch";

interface Parts {
  job: RunningJob;
  hypervisor: Pick<Hypervisor, "powerVm">;
  host: string;
  vm_id: string;
  watch: GuestWatch;
  leavings: GuestLeavings;
  /** How long a guest may go on applying what it was given. */
  wait_seconds: number;
  call: () => CallContext;
}

/**
 * A guest whose exchange with the host was left in the middle. Nobody turns a guest off that is applying its
 * configuration: half of it would stay. Any other has changed nothing yet, or has failed, and can begin anew.
 */
export class LeftGuest {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /**
   * Brings the guest to where something can be done with it: `configured`, it has reported that it is done; or `off`.
   * The secrets that stand in its KVP are taken away first.
   * @throws AethervError `guest_no_completion`, and what the host says against turning it off
   */
  async settle(): Promise<"configured" | "off"> {
    const first = await this.#lookUntil(() => true);
    if (first.vm_state === "off") return "off";
    await this.#withdrawSecrets(first);
    const last = await this.#lookUntil((status) => answerOf(status) !== "applying");
    if (last.vm_state === "off") return "off";
    if (answerOf(last) === "provisioningapplied") {
      this.#parts.job.log("info", "The guest has applied the configuration that it was given before.");
      return "configured";
    }
    await this.#turnOff();
    return "off";
  }

  /** What stands there is of no more use: a guest that applies has read it, any other gets it anew. */
  async #withdrawSecrets({ host_state, key_fingerprint }: GuestStatus): Promise<void> {
    const { leavings } = this.#parts;
    leavings.secretsStand = host_state !== null && key_fingerprint !== null;
    if (leavings.secretsStand) await leavings.tryRemove("read");
  }

  async #lookUntil(isSettled: (status: GuestStatus) => boolean): Promise<GuestStatus> {
    const { job, watch, wait_seconds } = this.#parts;
    const limit = formatDuration(wait_seconds * 1000);
    const until = Date.now() + wait_seconds * 1000;
    let seen: GuestStatus | null = null;
    while (true) {
      const status = await watch.status();
      if (status !== null && isSettled(status)) return status;
      if (status !== null && seen === null) {
        job.log("info", `The guest applies what it was given before. Waiting for it, for up to ${limit}.`);
      }
      seen = status ?? seen;
      if (Date.now() >= until) throw seen === null ? noAnswer(limit) : stillApplying(limit);
      await watch.pause();
    }
  }

  async #turnOff(): Promise<void> {
    const { job, hypervisor, host, vm_id, call } = this.#parts;
    job.log("info", "The guest has not been configured. Turning the VM off, to begin anew.");
    try {
      await hypervisor.powerVm(host, vm_id, "turn_off", call());
    } catch (thrown) {
      const error = toAethervError(thrown);
      if (!isOutcomeUnknown(error)) throw thrown;
      throw new OutcomeUnknown(error, ({ vms }) => {
        const vm = vms.find((candidate) => candidate.vm_id === vm_id);
        const state = vm === undefined ? "it is not on this host any more" : `the VM is ${vm.state}`;
        const message = `${error.message} When ${host} answered again, ${state}.`;
        const next = "Continue the deployment again.";
        return { state: "failed", error: new AethervError(error.code, message, { next }), created: [] };
      });
    }
  }
}

/** What it answers to this exchange: what the guest says before the host has said its part is of an earlier one. */
function answerOf({ host_state, guest_state }: GuestStatus): string | null {
  return host_state === "provisioningdatapublished" ? guest_state : null;
}

function noAnswer(limit: string): AethervError {
  return new AethervError("host_unreachable", `The guest's state could not be read for ${limit}.`);
}

function stillApplying(limit: string): AethervError {
  const message = `The guest did not report that it was done within ${limit}. It was still applying what it was given before.`;
  const next =
    "Open the VM's console. If its guest hangs, turn the VM off and continue: the guest is then configured anew.";
  return new AethervError("guest_no_completion", message, { next });
}
