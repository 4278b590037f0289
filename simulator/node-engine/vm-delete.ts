import { removeClusterRole } from "../host/cluster";
import { DURATION } from "../host/durations";
import type { VirtualMachine } from "../host/model";
import { findFile } from "../host/storage";
import { removeVm } from "../host/virtual-machines";
import { pathKey } from "../host/windows-path";
import { type AgentContext, type AgentOutputs, requireState, requireVm } from "./agent-context";
import { AgentError } from "./agent-error";
import { readHostResources } from "./host-resources";
import { readMarker } from "./notes-marker";
import { deleteOwnFile, ownFiles, requireNoCheckpoint, requireOwnFile, surroundingOf } from "./own-files";

/** Counterpart of `vm/delete`. */
export async function deleteVm(context: AgentContext): Promise<AgentOutputs> {
  const { fleet, host, spec } = context;
  const vm = requireVm(context);
  const deletesFiles = spec.requiredFlag("delete_files");
  await context.work(DURATION.getVm);
  if (!spec.flag("turn_off")) requireState(vm, ["off"], "without turn_off it can be deleted", "vm_id");
  const halfMade = halfMadeDisk(context, vm);
  const files = [...ownFiles(host, vm), ...halfMade];
  requireNoCheckpoint(files, "vm_id");
  if (vm.checkpoints.length > 0) {
    throw new AgentError("vm_has_checkpoints", `The VM ${vm.name} has checkpoints.`, "vm_id");
  }
  if (!deletesFiles) {
    await remove(context, vm);
    return { deleted_files: [], kept_files: files };
  }
  const resources = readHostResources(fleet, host);
  const surrounding = await surroundingOf(context, vm, files, resources);
  for (const file of files) {
    requireOwnFile(context, file, surrounding, "delete_files", { isHalfMade: halfMade.includes(file) });
  }
  await remove(context, vm);
  const left: string[] = [];
  for (const file of files) if (!(await deleteOwnFile(context, file))) left.push(file);
  if (left.length === 0) return { deleted_files: files, kept_files: [] };
  throw new AgentError(
    "files_left",
    `The VM is gone, but these of its files could not be deleted: ${left.join(", ")}`,
  );
}

/**
 * Where the VM must be of an unfinished deployment: the file that its marker names and that is in no drive. Throws
 * `deployment_changed` where the marker is another's, or the VM has a disk that is not the deployment's.
 */
function halfMadeDisk({ host, spec }: AgentContext, vm: VirtualMachine): string[] {
  const deploymentId = spec.optionalText("deployment_id");
  if (deploymentId === null) return [];
  const marker = readMarker(vm.notes);
  if (marker?.deployment_id !== deploymentId || marker.completed !== undefined) {
    const message = `The Notes of the VM ${vm.name} tell of no unfinished deployment ${deploymentId}.`;
    throw new AgentError("deployment_changed", message, "deployment_id");
  }
  const path = typeof marker.disk_path === "string" ? marker.disk_path : null;
  const isOwn = (drive: { path: string }) => path !== null && pathKey(drive.path) === pathKey(path);
  const foreign = vm.hardDiskDrives.find((drive) => !isOwn(drive));
  if (foreign !== undefined) {
    const message = `The VM ${vm.name} has a disk that the deployment did not make: ${foreign.path}`;
    throw new AgentError("deployment_changed", message, "deployment_id");
  }
  return path === null || vm.hardDiskDrives.length > 0 || findFile(host, path) === null ? [] : [path];
}

/** Takes a VM out of the cluster, turns it off and removes it; its files stay. */
async function remove(context: AgentContext, vm: VirtualMachine): Promise<void> {
  const { fleet, host, events } = context;
  if (vm.clustered) {
    events.event("information", "Removing the role of the VM from the cluster.");
    await context.hyperV(DURATION.changeCluster, () => removeClusterRole(vm));
  }
  if (vm.state !== "off" && vm.state !== "saved") {
    events.event("information", `Turning the VM ${vm.name} off.`);
    await context.hyperV(DURATION.changePower, () => fleet.power.turnOffVm(host, vm));
  }
  events.event("information", `Removing the VM ${vm.name}.`);
  await context.hyperV(DURATION.removeVm, () => removeVm(host, vm));
}
