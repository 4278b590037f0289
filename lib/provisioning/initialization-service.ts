import { readMarker } from "@/lib/domain/deployment-marker";
import { AethervError } from "@/lib/domain/errors";
import { type FieldValues, textField } from "@/lib/domain/field-values";
import type { JobView } from "@/lib/domain/job";
import type { JobOutputs } from "@/lib/jobs/outcome";
import type { RunningJob } from "@/lib/jobs/running-job";
import { generateGuestConfig } from "@/lib/schema/guest-config";
import type { SchemaSet } from "@/lib/schema/schema-set";
import type { SchemaValidators } from "@/lib/schema/validate";
import { GuestHandshake, type HandshakeTimes } from "./guest-handshake";
import type { ServiceParts } from "./service-parts";
import type { StepOptions } from "./step-options";
import { jobOn, type Target, targetOf } from "./target";

export interface InitializationSettings extends HandshakeTimes {
  /** `hlvmm.meta.version` for images that do not state their own. */
  meta_version: string;
}

export interface InitializationParts extends Omit<ServiceParts, "preflight"> {
  schemas: SchemaSet;
  validators: Pick<SchemaValidators, "guestHardwareProblems">;
  settings: InitializationSettings;
}

/** The action that powers a VM on and gives its guest the configuration. */
export class InitializationService {
  readonly #parts: InitializationParts;

  constructor(parts: InitializationParts) {
    this.#parts = parts;
  }

  /**
   * Throws `vm_not_found`, and `invalid_request` where the VM has a name that its guest cannot have. Whether
   * the VM is off, and was initialized before, is left to the host: power states change faster than inventory.
   */
  check(vmId: string, body: FieldValues): void {
    const { vm_name } = this.#parts.inventory.vm(vmId);
    const [problem] = this.#parts.validators.guestHardwareProblems(body, { vm_name });
    if (problem === undefined) return;
    const message = `The VM is called ${vm_name}, and its guest cannot be: ${problem.message}`;
    throw new AethervError("invalid_request", message, { next: "Rename the VM on its host first." });
  }

  /**
   * Starts a job that initializes the guest; it ends when the guest has reported.
   * @param body the guest's fields under their form names, `os_family` and `force`.
   * @param step given by a deployment, which has checked the request as a whole.
   */
  create(vmId: string, body: FieldValues, actor: string, step?: StepOptions): JobView {
    if (step === undefined) this.check(vmId, body);
    const target = targetOf(this.#parts.inventory, vmId, step);
    return this.#parts.jobs.start(jobOn(target, "initialization", body, actor, step), (job) =>
      this.#run(job, target, body, step),
    );
  }

  async #run(
    job: RunningJob,
    { host, vmId }: Target,
    body: FieldValues,
    step?: StepOptions,
  ): Promise<JobOutputs> {
    const handshake = new GuestHandshake({
      job,
      hypervisor: this.#parts.hypervisor,
      host,
      request: {
        vm_id: vmId,
        os_family: textField(body, "os_family") ?? "",
        meta_version: this.#metaVersion(host, step?.image_name ?? this.#imageOf(vmId)),
        force: body.force === true,
      },
      times: this.#parts.settings,
      deployment: step?.deployment ?? null,
    });
    // Only Hyper-V knows what the VM is called by now.
    await handshake.run((vmName) => generateGuestConfig(this.#parts.schemas, { ...body, vm_name: vmName }));
    return handshake.outputs();
  }

  #metaVersion(host: string, imageName: string | null): string {
    const images = this.#parts.inventory.host(host).record?.images ?? [];
    const image = images.find(({ name }) => name.toLowerCase() === imageName?.toLowerCase());
    return image?.provisioning_version ?? this.#parts.settings.meta_version;
  }

  /** An unfinished deployment's marker remembers the image. */
  #imageOf(vmId: string): string | null {
    const vm = this.#parts.inventory.vms().find(({ vm_id }) => vm_id === vmId);
    const image = vm === undefined ? null : readMarker(vm.notes)?.request?.image_name;
    return typeof image === "string" ? image : null;
  }
}
