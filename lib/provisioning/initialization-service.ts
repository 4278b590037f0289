import { readMarker } from "@/lib/domain/deployment-marker";
import { AethervError } from "@/lib/domain/errors";
import type { Hypervisor } from "@/lib/domain/hypervisor";
import type { JobView } from "@/lib/domain/job";
import type { JobService } from "@/lib/jobs/job-service";
import type { JobOutputs } from "@/lib/jobs/outcome";
import type { RunningJob } from "@/lib/jobs/running-job";
import { generateGuestConfig } from "@/lib/schema/guest-config";
import type { SchemaSet } from "@/lib/schema/schema-set";
import type { SchemaValidators } from "@/lib/schema/validate";
import { type Body, redacted, textField } from "./fields";
import { GuestHandshake, type HandshakeTimes } from "./guest-handshake";
import type { InventoryPort } from "./inventory-port";
import type { StepOptions } from "./step-options";
import { type Target, targetOf } from "./target";

export interface InitializationSettings extends HandshakeTimes {
  /** `hlvmm.meta.version` for images that do not state their own. */
  meta_version: string;
}

/** The action that powers a VM on and gives its guest the configuration. */
export class InitializationService {
  readonly #jobs: JobService;
  readonly #hypervisor: Hypervisor;
  readonly #inventory: InventoryPort;
  readonly #schemas: SchemaSet;
  readonly #validators: Pick<SchemaValidators, "guestHardwareProblems">;
  readonly #settings: InitializationSettings;

  constructor(parts: {
    jobs: JobService;
    hypervisor: Hypervisor;
    inventory: InventoryPort;
    schemas: SchemaSet;
    validators: Pick<SchemaValidators, "guestHardwareProblems">;
    settings: InitializationSettings;
  }) {
    this.#jobs = parts.jobs;
    this.#hypervisor = parts.hypervisor;
    this.#inventory = parts.inventory;
    this.#schemas = parts.schemas;
    this.#validators = parts.validators;
    this.#settings = parts.settings;
  }

  /**
   * Throws `vm_not_found`, and `invalid_request` where the VM has a name that its guest cannot have. Whether
   * the VM is off, and was initialized before, is left to the host: power states change faster than inventory.
   */
  check(vmId: string, body: Body): void {
    const { vm_name } = this.#inventory.vm(vmId);
    const [problem] = this.#validators.guestHardwareProblems(body, { vm_name });
    if (problem === undefined) return;
    const message = `The VM is called ${vm_name}, and its guest cannot be: ${problem.message}`;
    throw new AethervError("invalid_request", message, { next: "Rename the VM on its host first." });
  }

  /**
   * Starts a job that initializes the guest; it ends when the guest has reported.
   * @param body the guest's fields under their form names, `os_family` and `force`.
   * @param step given by a deployment, which has checked the request as a whole.
   */
  create(vmId: string, body: Body, actor: string, step?: StepOptions): JobView {
    if (step === undefined) this.check(vmId, body);
    const target = targetOf(this.#inventory, vmId, step);
    return this.#jobs.start(
      {
        kind: "initialization",
        host: target.host,
        vm_name: target.vmName,
        vm_id: target.vmId,
        actor,
        request: redacted(body),
        parent: step?.parent,
      },
      (job) => this.#run(job, target, body, step),
    );
  }

  async #run(job: RunningJob, { host, vmId }: Target, body: Body, step?: StepOptions): Promise<JobOutputs> {
    const handshake = new GuestHandshake({
      job,
      hypervisor: this.#hypervisor,
      host,
      request: {
        vm_id: vmId,
        os_family: textField(body, "os_family") ?? "",
        meta_version: this.#metaVersion(host, step?.image_name ?? this.#imageOf(vmId)),
        force: body.force === true,
      },
      times: this.#settings,
      deployment: step?.deployment ?? null,
    });
    // Only Hyper-V knows what the VM is called by now.
    await handshake.run((vmName) => generateGuestConfig(this.#schemas, { ...body, vm_name: vmName }));
    return handshake.outputs();
  }

  #metaVersion(host: string, imageName: string | null): string {
    const images = this.#inventory.host(host).record?.images ?? [];
    const image = images.find(({ name }) => name.toLowerCase() === imageName?.toLowerCase());
    return image?.provisioning_version ?? this.#settings.meta_version;
  }

  /** An unfinished deployment's marker remembers the image. */
  #imageOf(vmId: string): string | null {
    const vm = this.#inventory.vms().find(({ vm_id }) => vm_id === vmId);
    const image = vm === undefined ? null : readMarker(vm.notes)?.request?.image_name;
    return typeof image === "string" ? image : null;
  }
}
