import { type FieldValues, textField } from "@/lib/domain/field-values";
import type { JobView } from "@/lib/domain/job";
import type { JobOutputs } from "@/lib/jobs/outcome";
import type { RunningJob } from "@/lib/jobs/running-job";
import { type Creation, create, noteVm } from "./mutation";
import { refuse } from "./refusal";
import type { ServiceParts } from "./service-parts";
import type { StepOptions } from "./step-options";
import { jobOn, type Target, targetOf } from "./target";

/** Network adapters. One belongs to a VM from its creation on. */
export class NicService {
  readonly #parts: ServiceParts;

  constructor(parts: ServiceParts) {
    this.#parts = parts;
  }

  /** Throws `vm_not_found`, and what is known to be wrong with the request, naming its fields. */
  check(vmId: string, body: FieldValues): void {
    refuse(this.#parts.preflight.nic(this.#parts.inventory.vm(vmId).host, body));
  }

  /**
   * Starts a job that adds an adapter to the VM and connects it to `network`; its outputs are `nic_id`,
   * `adapter_name`, `mac_address` (null: dynamic) and `vm_id`.
   * @param step given by a deployment, which has checked the request as a whole.
   */
  create(vmId: string, body: FieldValues, actor: string, step?: StepOptions): JobView {
    if (step === undefined) this.check(vmId, body);
    const target = targetOf(this.#parts.inventory, vmId, step);
    return this.#parts.jobs.start(jobOn(target, "nic.create", body, actor, step), (job) =>
      this.#run(job, target, body, step),
    );
  }

  async #run(job: RunningJob, target: Target, body: FieldValues, step?: StepOptions): Promise<JobOutputs> {
    const network = textField(body, "network");
    job.log("info", `Adding an adapter on network ${network} to VM ${target.vmName} on ${target.host}.`);
    const nic = await create(job, this.#parts.inventory, this.#creation(target), () =>
      this.#parts.hypervisor.createNic(target.host, target.vmId, body, job.call(step?.deployment ?? null)),
    );
    job.created({ kind: "nic", id: nic.nic_id, name: nic.adapter_name, host: target.host });
    await noteVm(job, this.#parts, target.host, target.vmId);
    const address = nic.mac_address === null ? "a dynamic MAC address" : `MAC address ${nic.mac_address}`;
    job.log("info", `Adapter ${nic.adapter_name} exists, with ${address}.`);
    return { ...nic, vm_id: target.vmId };
  }

  /** The new adapter is the one that the VM did not have before. */
  #creation(target: Target): Creation {
    const vm = this.#parts.inventory.vms().find(({ vm_id }) => vm_id === target.vmId);
    const before = new Set(vm?.nics.map(({ nic_id }) => nic_id));
    return {
      what: `a new adapter of VM ${target.vmName}`,
      host: target.host,
      slow: false,
      find: ({ vms }) => {
        const nics = vms.find(({ vm_id }) => vm_id === target.vmId)?.nics;
        const nic = nics?.find(({ nic_id }) => !before.has(nic_id));
        if (nic === undefined) return null;
        const { nic_id, adapter_name, mac_address } = nic;
        return {
          outputs: { nic_id, adapter_name, mac_address, vm_id: target.vmId },
          created: [{ kind: "nic", id: nic_id, name: adapter_name, host: target.host }],
        };
      },
    };
  }
}
