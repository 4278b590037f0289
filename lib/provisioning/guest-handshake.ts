import { counted, formatDuration } from "@/lib/domain/amounts";
import { AethervError, toAethervError } from "@/lib/domain/errors";
import type {
  CallContext,
  DeploymentContext,
  GuestConfig,
  GuestStatus,
  Hypervisor,
  InitializationBegun,
  InitializationRequest,
} from "@/lib/domain/hypervisor";
import { isOutcomeUnknown, OutcomeUnknown } from "@/lib/jobs/outcome";
import type { RunningJob } from "@/lib/jobs/running-job";
import { delay, never } from "./delay";
import { GuestLeavings } from "./guest-leavings";
import { GuestWatch } from "./guest-watch";
import { guestFailed, noKey } from "./handshake-errors";
import { LeftGuest } from "./left-guest";

/** In seconds. */
export interface HandshakeTimes {
  /** From power-on to the guest's public key. */
  key_wait_seconds: number;
  /** From the announcement to the guest's report. */
  completion_wait_seconds: number;
  poll_seconds: number;
  /** Items need this long to reach the guest, and Windows guests do not look twice. */
  propagation_seconds: number;
}

/**
 * The host's side of the provisioning protocol, version 1: a row of short agent calls with the waits
 * between them here, so that no call holds the host's queue while a guest boots.
 *
 * From `publish` on, encrypted secrets stand in the VM's KVP. However this ends, they are removed.
 */
export class GuestHandshake {
  readonly #job: RunningJob;
  readonly #hypervisor: Hypervisor;
  readonly #host: string;
  readonly #request: InitializationRequest;
  readonly #times: HandshakeTimes;
  readonly #deployment: DeploymentContext | null;
  readonly #leavings: GuestLeavings;
  readonly #watch: GuestWatch;

  constructor(parts: {
    job: RunningJob;
    hypervisor: Hypervisor;
    host: string;
    request: InitializationRequest;
    times: HandshakeTimes;
    deployment: DeploymentContext | null;
  }) {
    this.#job = parts.job;
    this.#hypervisor = parts.hypervisor;
    this.#host = parts.host;
    this.#request = parts.request;
    this.#times = parts.times;
    this.#deployment = parts.deployment;
    const call = () => parts.job.call(parts.deployment, never());
    const { vm_id } = parts.request;
    this.#leavings = new GuestLeavings({ ...parts, vm_id, call });
    const { poll_seconds } = parts.times;
    this.#watch = new GuestWatch({ ...parts, vm_id, poll_seconds, call: () => this.#call() });
  }

  /** @param configFor makes the guest's configuration, given the VM's name on its host. */
  async run(configFor: (vmName: string) => GuestConfig): Promise<void> {
    const begun = await this.#begin();
    try {
      const config = configFor(begun.vm_name);
      const key = await this.#waitForKey(begun.stale_key_fingerprint);
      await this.#publish(key, config);
      await this.#announce();
      await this.#watch.completion(this.#times.completion_wait_seconds, () => this.#removeSecrets());
    } catch (thrown) {
      await this.#leavings.removeAfter(thrown);
      throw thrown;
    }
    await this.#leavings.removeAtLast(this.#times.poll_seconds * 1000, this.outputs());
  }

  /**
   * Goes on with a guest whose exchange was left in the middle, wherever that was: one that has been configured stays so,
   * any other is configured anew.
   *
   * @param configFor as of `run`
   * @param whenConfigured told that the guest keeps what it was given then; what it throws is what this fails with
   */
  async resume(configFor: (vmName: string) => GuestConfig, whenConfigured: () => void): Promise<void> {
    const left = new LeftGuest({
      job: this.#job,
      hypervisor: this.#hypervisor,
      host: this.#host,
      vm_id: this.#request.vm_id,
      watch: this.#watch,
      leavings: this.#leavings,
      wait_seconds: this.#times.completion_wait_seconds,
      call: () => this.#call(),
    });
    let isConfigured: boolean;
    try {
      isConfigured = (await left.settle()) === "configured";
      if (isConfigured) whenConfigured();
    } catch (thrown) {
      await this.#leavings.removeAfter(thrown);
      throw thrown;
    }
    if (!isConfigured) return this.run(configFor);
    await this.#leavings.removeAtLast(this.#times.poll_seconds * 1000, this.outputs());
  }

  async #begin(): Promise<InitializationBegun> {
    this.#job.log("info", "Preparing the exchange with the guest and powering the VM on.");
    try {
      return await this.#hypervisor.beginInitialization(this.#host, this.#request, this.#call());
    } catch (thrown) {
      const error = toAethervError(thrown);
      if (!isOutcomeUnknown(error)) throw thrown;
      throw new OutcomeUnknown(error, ({ vms }) => {
        const vm = vms.find(({ vm_id }) => vm_id === this.#request.vm_id);
        const state = vm === undefined ? "it is not on this host any more" : `the VM is ${vm.state}`;
        const message = `${error.message} When ${this.#host} answered again, ${state}; the guest was not given its configuration.`;
        const next = "Shut the VM down if it runs, and start its initialization again with `force`.";
        return { state: "failed", error: new AethervError(error.code, message, { next }), created: [] };
      });
    }
  }

  /** The fingerprint of a key that the guest made since power-on. */
  async #waitForKey(stale: string | null): Promise<string> {
    const { key_wait_seconds: seconds } = this.#times;
    const until = Date.now() + seconds * 1000;
    this.#job.log(
      "info",
      `The VM is on. Waiting for the guest's public key, for up to ${formatDuration(seconds * 1000)}.`,
    );
    let first: string | null | undefined;
    let last: GuestStatus | null = null;
    let fresh = false;
    while (true) {
      const status = await this.#watch.status();
      if (status !== null) {
        first = first === undefined ? status.guest_state : first;
        // Items of an earlier boot stand there until the guest writes its own.
        fresh ||= stale === null || status.key_fingerprint !== stale || status.guest_state !== first;
        if (fresh && status.guest_state === "provisioningfailed") throw guestFailed(status);
        const { key_fingerprint: key, guest_state: state } = status;
        if (state === "waitingforaeskey" && key !== null && key !== stale) {
          this.#job.log("info", "The guest has published its key.");
          return key;
        }
        last = status;
      }
      if (Date.now() >= until) throw noKey(seconds, last);
      await this.#watch.pause();
    }
  }

  async #publish(key: string, config: GuestConfig): Promise<void> {
    const values = counted(config.size, "value");
    this.#job.log("info", `Encrypting the guest's configuration, ${values}, and publishing it.`);
    this.#leavings.secretsStand = true;
    await this.#hypervisor.publishGuestConfig(this.#host, this.#request, key, config, this.#call());
    await delay(this.#times.propagation_seconds * 1000, this.#job.signal);
  }

  async #announce(): Promise<void> {
    try {
      await this.#hypervisor.announceGuestConfig(this.#host, this.#request.vm_id, this.#call());
      this.#job.log("info", "The guest was told that its configuration is there.");
    } catch (thrown) {
      const error = toAethervError(thrown);
      if (this.#job.signal.aborted || !isOutcomeUnknown(error)) throw thrown;
      // Whether it arrived shows in what the guest does next.
      this.#job.log("warning", `${error.message} It is not repeated: the guest's state will tell.`);
    }
  }

  /** Tried again with each look at the guest until it has worked. */
  async #removeSecrets(): Promise<void> {
    if (this.#leavings.secretsStand) await this.#leavings.tryRemove("read");
  }

  outputs() {
    return { vm_id: this.#request.vm_id, guest_state: "provisioningapplied" };
  }

  #call(): CallContext {
    return this.#job.call(this.#deployment);
  }
}
