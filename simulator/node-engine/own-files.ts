import { attachedPaths } from "../host/drives";
import { DURATION } from "../host/durations";
import type { Host, VirtualMachine } from "../host/model";
import { findFile, findMedia, removeFile } from "../host/storage";
import { isUnder, joinPath, pathKey } from "../host/windows-path";
import type { AgentContext } from "./agent-context";
import { AgentError } from "./agent-error";
import type { HostResources } from "./host-resources";

const ATTEMPTS = 5;
const PAUSE_MS = 500;

/** The files that are a VM's own: its virtual hard disks, and its copy of the provisioning media. */
export function ownFiles(host: Host, vm: VirtualMachine): string[] {
  const copy = mediaCopyPath(vm);
  const disks = vm.hardDiskDrives.map(({ path }) => path);
  return findMedia(host, copy) === null ? disks : [...disks, copy];
}

/** The path of a VM's copy of the provisioning media, whether it is there or not. */
export function mediaCopyPath(vm: VirtualMachine): string {
  return joinPath(vm.path, `provisioning-${vm.id}.iso`);
}

/** Throws `vm_has_checkpoints` where a disk stands on a checkpoint. */
export function requireNoCheckpoint(paths: readonly string[], target: string): void {
  const found = paths.find((path) => /\.avhdx?$/i.test(path));
  if (found === undefined) return;
  throw new AgentError(
    "vm_has_checkpoints",
    `The disk stands on a checkpoint: what it has now is in ${found}.`,
    target,
  );
}

/** Throws where a file must not be deleted with a VM: it lies elsewhere, or is not the VM's alone. */
export function requireOwnFile(
  context: AgentContext,
  vm: VirtualMachine,
  path: string,
  resources: HostResources,
  target: string,
): void {
  const folders = [resources.virtual_machines_path, ...resources.storage_classes.map((entry) => entry.path)];
  if (path.includes("\\..\\") || !folders.some((folder) => isUnder(path, folder))) {
    throw new AgentError(
      "file_outside_configured_paths",
      `${path} lies neither under the host's virtual_machines_path nor under a storage class.`,
      target,
    );
  }
  const key = pathKey(path);
  const holds = (other: VirtualMachine) => attachedPaths(other).some((attached) => pathKey(attached) === key);
  const user = [...context.host.vms.values()].find((other) => other !== vm && holds(other));
  if (user !== undefined) {
    throw new AgentError(
      "file_not_owned",
      `${path} is in use by another VM of the host, ${user.id}.`,
      target,
    );
  }
  const offered = [...resources.images, ...(resources.provisioning_media ?? [])];
  if (offered.some((entry) => pathKey(entry.path) === key)) {
    throw new AgentError(
      "file_not_owned",
      `${path} is an image or the provisioning media of the host.`,
      target,
    );
  }
}

/** Deletes a file and tells whether it is gone; one that is held open is tried again for a while. */
export async function deleteOwnFile(context: AgentContext, path: string): Promise<boolean> {
  const { fleet, host, events } = context;
  const isThere = () => findFile(host, path) !== null || findMedia(host, path) !== null;
  const concerns = (fault: { path: string }) => pathKey(fault.path) === pathKey(path);
  for (let attempt = 1; isThere(); attempt += 1) {
    await context.work(DURATION.deleteFile);
    if (fleet.faults.take("file_locked", host.name, concerns) === null) {
      removeFile(host, path);
      events.event("information", `Deleted ${path}.`);
    } else if (attempt >= ATTEMPTS) {
      events.event("warning", `${path} cannot be deleted: it is in use by another process.`);
      return false;
    } else {
      await context.work(PAUSE_MS);
    }
  }
  return true;
}
