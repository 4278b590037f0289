import { AethervError } from "@/lib/domain/errors";
import type { FieldValues } from "@/lib/domain/field-values";
import type { VmView } from "@/lib/domain/inventory";
import type { JobView } from "@/lib/domain/job";
import {
  foreignDisks,
  type UnfinishedDeployment,
  unfinishedDeployment,
} from "@/lib/domain/unfinished-deployment";
import type { JobService } from "@/lib/jobs/job-service";
import type { JobOutputs } from "@/lib/jobs/outcome";
import type { RunningJob } from "@/lib/jobs/running-job";
import type { InventoryPort } from "@/lib/provisioning/inventory-port";
import { onlyReading } from "@/lib/provisioning/only-reading";
import type { Preflight } from "@/lib/provisioning/preflight";
import { jobOf, type PreparedJob } from "@/lib/provisioning/prepared-job";
import { requireOneHost } from "@/lib/provisioning/target";
import { changed, checkContinuation, type LeftDeployment } from "./continuation";
import { DeploymentRun, type StepParts } from "./deployment-run";
import { fixedFields } from "./fixed-fields";

interface Parts extends StepParts {
  jobs: JobService;
  inventory: InventoryPort;
  preflight: Preflight;
}

/** Deployments that a crash, a failure or a cancellation left in the middle, found by the Notes of their VMs alone. */
export class UnfinishedDeployments {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Those that no job is at work on now, by the names of their VMs. */
  list(): UnfinishedDeployment[] {
    const { jobs, inventory } = this.#parts;
    const running = jobs.unfinished();
    return inventory
      .vms()
      .flatMap((vm) => this.#leftIn(vm) ?? [])
      .filter((left) => jobAt(left, running) === undefined)
      .map(({ deployment }) => deployment)
      .sort((one, other) => one.vm_name.localeCompare(other.vm_name));
  }

  /**
   * Reads the deployment's VM anew.
   * @throws AethervError `deployment_not_found`, and as any read of a host
   */
  async look(deploymentId: string, signal: AbortSignal): Promise<void> {
    await this.#parts.vms.read(this.#find(deploymentId).vm.vm_id, signal);
  }

  /**
   * Goes on with the steps that are missing, under the deployment's own id: nobody else knows how far it came. Outputs
   * as of a deployment, of the steps that were carried out.
   * @param request the whole of it, with its secrets. What is there already must be as the deployment began with it.
   */
  continue(deploymentId: string, request: FieldValues): PreparedJob {
    const check = (): LeftDeployment => {
      const left = this.#findIdle(deploymentId);
      this.#check(left, request);
      return left;
    };
    return {
      check: () => void check(),
      start: (actor) => {
        const { deployment } = check();
        const { host, vm_id, vm_name } = deployment;
        const target = { host, vm_id, vm_name };
        const input = jobOf({ kind: "managed_deployment", target, request }, actor);
        return this.#parts.jobs.start(input, (job) => this.#goOn(job, deployment, request, actor));
      },
    };
  }

  /**
   * Deletes the VM, its disk, its adapter, and a VHDX that was only half copied: what the deployment has made, and
   * nothing else. Outputs as of a VM's deletion.
   * @throws AethervError `deployment_not_found`, `deployment_in_progress`
   */
  remove(deploymentId: string): PreparedJob {
    const { vm } = this.#findIdle(deploymentId);
    const request = { delete_files: true, turn_off: true, deployment_id: deploymentId };
    const deletion = this.#parts.vms.delete(vm.vm_id, request);
    const check = () => {
      this.#findIdle(deploymentId);
      deletion.check();
      requireOwnDisks(vm);
    };
    return {
      check,
      start: (actor) => {
        check();
        return deletion.start(actor);
      },
    };
  }

  async #goOn(
    job: RunningJob,
    { deployment_id, vm_id, vm_name, host }: UnfinishedDeployment,
    request: FieldValues,
    actor: string,
  ): Promise<JobOutputs> {
    job.log("info", `Going on with deployment ${deployment_id} of VM ${vm_name}: looking at what is there.`);
    const vm = await onlyReading(() => this.#parts.vms.read(vm_id, job.signal));
    const left = this.#leftIn(vm);
    if (left?.deployment.deployment_id !== deployment_id) {
      throw changed(`The Notes of VM ${vm_name} no longer tell of deployment ${deployment_id}.`);
    }
    if (vm.host !== host) throw changed(`VM ${vm_name} has moved from ${host} to ${vm.host} meanwhile.`);
    this.#check(left, request);
    const order = { request, host, vm_name: vm.vm_name, actor, left: left.deployment };
    return new DeploymentRun(this.#parts, job, order).carryOut();
  }

  #check(left: LeftDeployment, request: FieldValues): void {
    requireOneHost(this.#parts.inventory, left.vm);
    checkContinuation(this.#parts, left, request);
  }

  /** @throws AethervError `deployment_in_progress` where a job is at work on it or on its VM, `deployment_not_found` */
  #findIdle(deploymentId: string): LeftDeployment {
    const left = this.#find(deploymentId);
    const job = jobAt(left, this.#parts.jobs.unfinished());
    if (job === undefined) return left;
    const message = `Job ${job.job_id} of ${job.actor} is at work on VM ${left.vm.vm_name}.`;
    const next = `Wait for its end: GET /api/v1/jobs/${job.job_id}.`;
    throw new AethervError("deployment_in_progress", message, { next });
  }

  #find(deploymentId: string): LeftDeployment {
    for (const vm of this.#parts.inventory.vms()) {
      const left = this.#leftIn(vm);
      if (left?.deployment.deployment_id === deploymentId) return left;
    }
    const message = `No VM's Notes tell of an unfinished deployment ${deploymentId}.`;
    throw new AethervError("deployment_not_found", message);
  }

  /** null: the VM's Notes tell of no unfinished deployment. */
  #leftIn(vm: VmView): LeftDeployment | null {
    const deployment = unfinishedDeployment(vm, (missing) => fixedFields(this.#parts.schemas, missing));
    return deployment === null ? null : { vm, deployment };
  }
}

function jobAt({ vm, deployment }: LeftDeployment, running: readonly JobView[]): JobView | undefined {
  return running.find((job) => job.job_id === deployment.deployment_id || job.vm_id === vm.vm_id);
}

/** @throws AethervError `deployment_changed` where the VM has a disk that the deployment did not make */
function requireOwnDisks(vm: VmView): void {
  const foreign = foreignDisks(vm);
  if (foreign.length === 0) return;
  throw changed(`VM ${vm.vm_name} has a disk that its deployment did not make: ${foreign.join(", ")}.`);
}
