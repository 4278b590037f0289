import { AethervError } from "@/lib/domain/errors";
import type { VmView } from "@/lib/domain/inventory";
import {
  foreignDisks,
  type UnfinishedDeployment,
  unfinishedDeployment,
} from "@/lib/domain/unfinished-deployment";
import type { JobService } from "@/lib/jobs/job-service";
import type { InventoryPort } from "@/lib/provisioning/inventory-port";
import type { PreparedJob } from "@/lib/provisioning/prepared-job";
import type { VmService } from "@/lib/provisioning/vm-service";

interface Parts {
  jobs: Pick<JobService, "list" | "unfinished">;
  inventory: Pick<InventoryPort, "vms">;
  vms: Pick<VmService, "delete">;
}

interface Found {
  vm: VmView;
  deployment: UnfinishedDeployment;
}

/** Deployments that a crash, a failure or a cancellation left in the middle, found by the Notes of their VMs alone. */
export class UnfinishedDeployments {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Those that no job is at work on now, by the names of their VMs. */
  list(): UnfinishedDeployment[] {
    return this.#all()
      .map(({ deployment }) => deployment)
      .sort((one, other) => one.vm_name.localeCompare(other.vm_name));
  }

  /**
   * Deletes the VM, its disk, its adapter, and a VHDX that was only half copied: what the deployment has made, and
   * nothing else. Outputs as of a VM's deletion.
   * @throws AethervError `deployment_not_found`
   */
  remove(deploymentId: string): PreparedJob {
    const { vm } = this.#find(deploymentId);
    const request = { delete_files: true, turn_off: true, deployment_id: deploymentId };
    const deletion = this.#parts.vms.delete(vm.vm_id, request);
    const check = () => {
      requireUnchanged(vm);
      deletion.check();
    };
    return {
      check,
      start: (actor) => {
        check();
        return deletion.start(actor);
      },
    };
  }

  #find(deploymentId: string): Found {
    const found = this.#all().find(({ deployment }) => deployment.deployment_id === deploymentId);
    if (found !== undefined) return found;
    throw new AethervError(
      "deployment_not_found",
      `No VM's Notes tell of an unfinished deployment ${deploymentId}.`,
    );
  }

  #all(): Found[] {
    const { jobs, inventory } = this.#parts;
    const running = jobs.unfinished();
    return inventory.vms().flatMap((vm) => {
      const deployment = unfinishedDeployment(vm);
      if (deployment === null) return [];
      const { deployment_id } = deployment;
      const isAtWork = running.some((job) => job.job_id === deployment_id || job.vm_id === vm.vm_id);
      return isAtWork ? [] : [{ vm, deployment }];
    });
  }
}

/** @throws AethervError `deployment_changed` where the VM has a disk that the deployment did not make */
function requireUnchanged(vm: VmView): void {
  const foreign = foreignDisks(vm);
  if (foreign.length === 0) return;
  const message = `VM ${vm.vm_name} has a disk that its deployment did not make: ${foreign.join(", ")}.`;
  throw new AethervError("deployment_changed", message);
}
