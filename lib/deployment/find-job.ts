import { readMarker } from "@/lib/domain/deployment-marker";
import { AethervError } from "@/lib/domain/errors";
import type { VmView } from "@/lib/domain/inventory";
import type { JobView } from "@/lib/domain/job";
import type { JobService } from "@/lib/jobs/job-service";
import type { InventoryPort } from "@/lib/provisioning/inventory-port";

/**
 * The job with this id. Of a deployment that an earlier run of the server made only the VM is left: its
 * Notes still bear the id, and the error then says which VM that is.
 *
 * @throws AethervError `job_not_found`, `job_gone`
 */
export function findJob(
  jobs: Pick<JobService, "get">,
  inventory: Pick<InventoryPort, "vms">,
  jobId: string,
): JobView {
  try {
    return jobs.get(jobId);
  } catch (thrown) {
    if (!(thrown instanceof AethervError) || thrown.code !== "job_gone") throw thrown;
    throw namingVm(thrown, jobId, inventory.vms());
  }
}

function namingVm(gone: AethervError, deploymentId: string, vms: readonly VmView[]): AethervError {
  for (const { vm_id, vm_name, host, notes } of vms) {
    const marker = readMarker(notes);
    if (marker?.deployment_id !== deploymentId) continue;
    const state = marker.request === null ? "is complete" : "was left unfinished";
    const message = `${gone.message} It made VM ${vm_name} on ${host}, which ${state}.`;
    const next = `GET /api/v1/vms/${vm_id} shows the VM as it is.`;
    return new AethervError("job_gone", message, { next, vm: { vm_id, vm_name, host } });
  }
  return gone;
}
