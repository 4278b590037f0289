import type { VirtualMachine } from "../host/model";
import { findFile } from "../host/storage";
import { pathKey } from "../host/windows-path";
import type { AgentContext } from "./agent-context";
import { AgentError } from "./agent-error";
import type { HostResources } from "./host-resources";
import { readMarker } from "./notes-marker";
import { deleteOwnFile, requireOwnFile, surroundingOf } from "./own-files";

/**
 * The marker in a VM's Notes of the unfinished deployment that the request names; null: it names none. Throws
 * `deployment_changed` where the marker is another's, or is closed.
 */
export function unfinishedMarker(
  { spec }: AgentContext,
  vm: VirtualMachine,
): { disk_path: string | null } | null {
  const deploymentId = spec.optionalText("deployment_id");
  if (deploymentId === null) return null;
  const marker = readMarker(vm.notes);
  if (marker?.deployment_id !== deploymentId || marker.completed !== undefined) {
    throw changed(`The Notes of the VM ${vm.name} tell of no unfinished deployment ${deploymentId}.`);
  }
  return { disk_path: typeof marker.disk_path === "string" ? marker.disk_path : null };
}

/**
 * The file that the marker of the unfinished deployment names and that is in no drive; null: there is none, or the
 * request names no deployment. Throws `deployment_changed` also where the VM has a disk that is not the deployment's.
 */
export function halfMadeDisk(context: AgentContext, vm: VirtualMachine): string | null {
  const marker = unfinishedMarker(context, vm);
  if (marker === null) return null;
  const { disk_path: path } = marker;
  const isOwn = (drive: { path: string }) => path !== null && pathKey(drive.path) === pathKey(path);
  const foreign = vm.hardDiskDrives.find((drive) => !isOwn(drive));
  if (foreign !== undefined) {
    throw changed(`The VM ${vm.name} has a disk that the deployment did not make: ${foreign.path}`);
  }
  if (path === null || vm.hardDiskDrives.length > 0 || findFile(context.host, path) === null) return null;
  return path;
}

/** Deletes the half of a disk's copy, where it may be deleted: what is in it was never whole. */
export async function removeHalfMadeDisk(
  context: AgentContext,
  vm: VirtualMachine,
  resources: HostResources,
): Promise<void> {
  const path = halfMadeDisk(context, vm);
  if (path === null) return;
  const surrounding = await surroundingOf(context, vm, [path], resources);
  requireOwnFile(context, path, surrounding, "deployment_id", { isHalfMade: true });
  context.events.event("information", `Deleting what an earlier try left of ${path}.`);
  if (await deleteOwnFile(context, path)) return;
  throw new AgentError(
    "files_left",
    `What an earlier try left of the disk could not be deleted: ${path}`,
    "deployment_id",
  );
}

/** The VM is not as its deployment left it. */
export function changed(message: string): AgentError {
  return new AgentError("deployment_changed", message, "deployment_id");
}
