import { readMarker } from "@/lib/domain/deployment-marker";
import { AethervError } from "@/lib/domain/errors";
import { type FieldValues, textField } from "@/lib/domain/field-values";
import type { JobOutputs } from "@/lib/jobs/outcome";
import type { RunningJob } from "@/lib/jobs/running-job";
import { generateGuestConfig } from "@/lib/schema/guest-config";
import type { SchemaSet } from "@/lib/schema/schema-set";
import type { SchemaValidators } from "@/lib/schema/validate";
import { GuestHandshake, type HandshakeTimes } from "./guest-handshake";
import { jobOf, noteVm, type PreparedJob, type ServiceParts } from "./prepared-job";
import { type ExistingTarget, requireOneHost, type StepOptions, targetOf } from "./target";

export interface InitializationSettings extends HandshakeTimes {
  /** `hlvmm.meta.version` for images that do not state their own. */
  meta_version: string;
}

export interface InitializationParts extends Omit<ServiceParts, "preflight"> {
  schemas: SchemaSet;
  validators: Pick<SchemaValidators, "guestHardwareProblems">;
  settings: InitializationSettings;
}

interface Way {
  step: StepOptions | undefined;
  /** Given where an exchange that was left in the middle is taken up. */
  whenConfigured?: () => void;
}

/** The action that powers a VM on and gives its guest the configuration. */
export class InitializationService {
  readonly #parts: InitializationParts;

  constructor(parts: InitializationParts) {
    this.#parts = parts;
  }

  /**
   * The job ends when the guest has reported; outputs: `vm_id` and `guest_state`. Whether the VM is off, and was
   * initialized before, is left to the host: power states change faster than inventory.
   *
   * @param request the guest's fields under their form names, `os_family` and `force`
   * @throws AethervError `vm_not_found`
   */
  create(vmId: string, request: FieldValues, step?: StepOptions): PreparedJob {
    return this.#prepare(vmId, request, { step });
  }

  /**
   * The initialization that an unfinished deployment had begun, or had not come to: a guest that has been configured
   * stays so, any other is configured anew. Outputs as of `create`.
   * @param whenConfigured told that the guest keeps what it was given then; what it throws is what the job fails with
   * @throws AethervError `vm_not_found`
   */
  resume(vmId: string, request: FieldValues, step: StepOptions, whenConfigured: () => void): PreparedJob {
    return this.#prepare(vmId, { ...request, force: true }, { step, whenConfigured });
  }

  #prepare(vmId: string, request: FieldValues, { step, whenConfigured }: Way): PreparedJob {
    const target = targetOf(this.#parts.inventory, vmId, step);
    const check = () => this.#check(target, request);
    return {
      check,
      start: (actor) => {
        if (step === undefined) check();
        const input = jobOf({ kind: "initialization", target, request }, actor, step);
        return this.#parts.jobs.start(input, (job) =>
          this.#run(job, target, request, { step, whenConfigured }),
        );
      },
    };
  }

  /** @throws AethervError `vm_on_several_hosts`, and `invalid_request` where the VM has a name that its guest cannot have */
  #check(target: ExistingTarget, request: FieldValues): void {
    requireOneHost(this.#parts.inventory, target);
    const { vm_name } = target;
    const [problem] = this.#parts.validators.guestHardwareProblems(request, { vm_name });
    if (problem === undefined) return;
    const message = `The VM is called ${vm_name}, and its guest cannot be: ${problem.message}`;
    throw new AethervError("invalid_request", message, { next: "Rename the VM on its host first." });
  }

  async #run(
    job: RunningJob,
    { host, vm_id }: ExistingTarget,
    request: FieldValues,
    { step, whenConfigured }: Way,
  ): Promise<JobOutputs> {
    const handshake = new GuestHandshake({
      job,
      hypervisor: this.#parts.hypervisor,
      host,
      request: {
        vm_id,
        os_family: textField(request, "os_family") ?? "",
        meta_version: this.#metaVersion(
          host,
          textField(request, "os_family"),
          step?.image_name ?? this.#imageOf(vm_id),
        ),
        force: request.force === true,
      },
      times: this.#parts.settings,
      deployment: step?.deployment ?? null,
    });
    // Only Hyper-V knows what the VM is called by now.
    const configFor = (vm_name: string) => generateGuestConfig(this.#parts.schemas, { ...request, vm_name });
    if (whenConfigured === undefined) await handshake.run(configFor);
    else await handshake.resume(configFor, whenConfigured);
    // A deployment's marker is closed now: nobody shall take it for unfinished.
    await noteVm(this.#parts, host, vm_id, job);
    return handshake.outputs();
  }

  /**
   * What the image states. Nobody remembers the image of a VM that was made of its parts: then what the host's images
   * of its OS family state, if that is one and the same.
   */
  #metaVersion(host: string, osFamily: string | null, imageName: string | null): string {
    const images = this.#parts.inventory.host(host).record?.images ?? [];
    const named = images.filter(({ name }) => name.toLowerCase() === imageName?.toLowerCase());
    const possible = imageName === null ? images.filter(({ os_family }) => os_family === osFamily) : named;
    const [version = null, ...others] = new Set(possible.map((image) => image.provisioning_version));
    return others.length > 0 || version === null ? this.#parts.settings.meta_version : version;
  }

  /** An unfinished deployment's marker remembers the image. */
  #imageOf(vmId: string): string | null {
    const vm = this.#parts.inventory.vms().find(({ vm_id }) => vm_id === vmId);
    const image = vm === undefined ? null : readMarker(vm.notes)?.request?.image_name;
    return typeof image === "string" ? image : null;
  }
}
