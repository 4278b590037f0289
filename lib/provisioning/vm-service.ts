import { type FieldValues, numberField, redacted, secretsOf, textField } from "@/lib/domain/field-values";
import type { JobView } from "@/lib/domain/job";
import { counted } from "@/lib/jobs/counted";
import type { JobOutputs } from "@/lib/jobs/outcome";
import type { RunningJob } from "@/lib/jobs/running-job";
import { type Creation, create, noteVm } from "./mutation";
import { refuse } from "./refusal";
import type { ServiceParts } from "./service-parts";
import type { StepOptions } from "./step-options";

/** VMs without disks and network adapters: those are resources of their own. */
export class VmService {
  readonly #parts: ServiceParts;

  constructor(parts: ServiceParts) {
    this.#parts = parts;
  }

  /** Throws what is known to be wrong with the request, naming its fields. */
  check(body: FieldValues): void {
    refuse(this.#parts.preflight.vm(body));
  }

  /** Why no VM may get this name now: a VM has it, or an unfinished job is about to give it; null: it is free. */
  nameProblem(name: string): string | null {
    return this.#parts.preflight.vmName(name)[0]?.message ?? null;
  }

  /**
   * Starts a job that creates the VM, powered off; its outputs are `vm_id` and `vm_name`.
   * @param step given by a deployment, which has checked the request as a whole.
   */
  create(body: FieldValues, actor: string, step?: StepOptions): JobView {
    if (step === undefined) this.check(body);
    const host = step?.host ?? textField(body, "target_host") ?? "";
    const name = step?.vm_name ?? textField(body, "vm_name") ?? "";
    return this.#parts.jobs.start(
      {
        kind: "vm.create",
        host,
        vm_name: name,
        vm_id: null,
        actor,
        request: redacted(body),
        secrets: secretsOf(body),
        parent: step?.parent,
      },
      (job) => this.#run(job, host, name, body, step),
    );
  }

  async #run(
    job: RunningJob,
    host: string,
    name: string,
    body: FieldValues,
    step?: StepOptions,
  ): Promise<JobOutputs> {
    const memory = numberField(body, "gb_ram");
    const cores = numberField(body, "cpu_cores");
    const size = [
      ...(memory === null ? [] : [`${memory} GB of memory`]),
      ...(cores === null ? [] : [counted(cores, "CPU core")]),
    ];
    const detail = size.length === 0 ? "" : ` with ${size.join(" and ")}`;
    job.log("info", `Creating VM ${name} on ${host}${detail}.`);
    const vm = await create(job, this.#parts.inventory, creationOf(host, name), () =>
      this.#parts.hypervisor.createVm(host, body, job.call(step?.deployment ?? null)),
    );
    job.created({ kind: "vm", id: vm.vm_id, name: vm.vm_name, host });
    job.identify(vm);
    await noteVm(job, this.#parts, host, vm.vm_id);
    job.log("info", `VM ${vm.vm_name} exists and is off. Its id is ${vm.vm_id}.`);
    return { ...vm };
  }
}

function creationOf(host: string, name: string): Creation {
  return {
    what: `VM ${name}`,
    host,
    slow: false,
    find: ({ vms }) => {
      const vm = vms.find((candidate) => candidate.vm_name.toLowerCase() === name.toLowerCase());
      if (vm === undefined) return null;
      return {
        outputs: { vm_id: vm.vm_id, vm_name: vm.vm_name },
        created: [{ kind: "vm", id: vm.vm_id, name: vm.vm_name, host }],
      };
    },
  };
}
