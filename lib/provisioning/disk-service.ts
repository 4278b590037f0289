import { type FieldValues, numberField, textField } from "@/lib/domain/field-values";
import type { DiskRecord } from "@/lib/domain/inventory";
import type { CreatedResource, JobView } from "@/lib/domain/job";
import type { JobOutputs } from "@/lib/jobs/outcome";
import type { RunningJob } from "@/lib/jobs/running-job";
import { type Creation, create, noteVm } from "./mutation";
import { refuse } from "./refusal";
import type { ServiceParts } from "./service-parts";
import type { StepOptions } from "./step-options";
import { jobOn, type Target, targetOf } from "./target";

const GB = 2 ** 30;

/** Virtual disks. A disk belongs to a VM from its creation on. */
export class DiskService {
  readonly #parts: ServiceParts;

  constructor(parts: ServiceParts) {
    this.#parts = parts;
  }

  /** Throws `vm_not_found`, and what is known to be wrong with the request, naming its fields. */
  check(vmId: string, body: FieldValues): void {
    refuse(this.#parts.preflight.disk(this.#parts.inventory.vm(vmId).host, body, null));
  }

  /**
   * Starts a job that creates a disk (a clone of `image_name`, else blank) and attaches it to the VM; its
   * outputs are `disk_id`, `path`, `size_gb` and `vm_id`.
   * @param step given by a deployment, which has checked the request as a whole.
   */
  create(vmId: string, body: FieldValues, actor: string, step?: StepOptions): JobView {
    if (step === undefined) this.check(vmId, body);
    const target = targetOf(this.#parts.inventory, vmId, step);
    return this.#parts.jobs.start(jobOn(target, "disk.create", body, actor, step), (job) =>
      this.#run(job, target, body, step),
    );
  }

  async #run(job: RunningJob, target: Target, body: FieldValues, step?: StepOptions): Promise<JobOutputs> {
    const image = textField(body, "image_name");
    const size = numberField(body, "size_gb");
    const source = image === null ? "a blank disk" : `a disk from image ${image}`;
    job.log("info", `Creating ${source} of ${size} GB for VM ${target.vmName} on ${target.host}.`);
    const creation = this.#creation(target, image !== null);
    const disk = await create(job, this.#parts.inventory, creation, () =>
      this.#parts.hypervisor.createDisk(target.host, target.vmId, body, job.call(step?.deployment ?? null)),
    );
    job.created(resource(target, disk.disk_id, disk.path));
    await noteVm(job, this.#parts, target.host, target.vmId);
    job.log("info", `The disk exists and is attached: ${disk.path}.`);
    return { ...disk, vm_id: target.vmId };
  }

  /** The new disk is the one that the VM did not have before. */
  #creation(target: Target, copies: boolean): Creation {
    const before = new Set(this.#disks(target.vmId).map(({ path }) => path.toLowerCase()));
    return {
      what: `a new disk of VM ${target.vmName}`,
      host: target.host,
      slow: copies,
      find: ({ vms }) => {
        const vm = vms.find(({ vm_id }) => vm_id === target.vmId);
        const disk = vm?.disks.find(({ path }) => !before.has(path.toLowerCase()));
        if (disk === undefined) return null;
        return {
          outputs: {
            disk_id: disk.disk_id,
            path: disk.path,
            size_gb: disk.size_bytes === null ? null : disk.size_bytes / GB,
            vm_id: target.vmId,
          },
          created: [resource(target, disk.disk_id ?? disk.path, disk.path)],
        };
      },
    };
  }

  #disks(vmId: string): readonly DiskRecord[] {
    return this.#parts.inventory.vms().find(({ vm_id }) => vm_id === vmId)?.disks ?? [];
  }
}

function resource(target: Target, id: string, path: string): CreatedResource {
  return { kind: "disk", id, name: path.split("\\").at(-1) ?? path, host: target.host, path };
}
