import { DURATION } from "../host/durations";
import { clusterNodes } from "../host/fleet";
import type { Host, VirtualMachine } from "../host/model";
import { realPath } from "../host/other-names";
import { findFile, findMedia, removeFile } from "../host/storage";
import { isUnder, joinPath, pathKey } from "../host/windows-path";
import type { AgentContext } from "./agent-context";
import { AgentError } from "./agent-error";
import { type FileIdentity, type FileUse, identify, isSameFile, readFileUses } from "./file-use";
import type { HostResources } from "./host-resources";
import { type NodeFiles, readOtherNodes } from "./other-nodes";

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

/** What decides whether files are a VM's alone, read once for all of them. */
export interface FileSurrounding {
  resources: HostResources;
  answers: readonly NodeFiles[];
  uses: readonly FileUse[];
}

/** @param paths all that go, as they stand in the drives of the VM. */
export async function surroundingOf(
  context: AgentContext,
  vm: VirtualMachine,
  paths: readonly string[],
  resources: HostResources,
): Promise<FileSurrounding> {
  const answers = readOtherNodes(context.request.spec);
  const goes = (use: FileUse) => use.vm_id === vm.id && paths.includes(use.drive_path);
  const uses = paths.length === 0 ? [] : await readFileUses(context);
  return { resources, answers, uses: uses.filter((use) => !goes(use)) };
}

/**
 * Throws where a file must not be deleted: it lies elsewhere, is not the VM's alone, or nobody can tell whether
 * it is.
 *
 * @param options `isHalfMade`: half of a copy cannot be read, and needs no other file
 */
export function requireOwnFile(
  context: AgentContext,
  path: string,
  { resources, answers, uses }: FileSurrounding,
  target: string,
  { isHalfMade = false } = {},
): void {
  const { fleet, host } = context;
  requireConfigured(path, resources, target);
  const file = identify(fleet, host, path);
  requireNotOffered(context, file, resources, target);
  requireUnused(file, uses, host.computerName, target);
  if (mayBeShared(host, path, target)) requireUnusedElsewhere(context, file, answers, target);
  if (file.problem !== null && !isHalfMade) throw unreadable(path, file.problem, target);
}

function requireConfigured(path: string, resources: HostResources, target: string): void {
  const folders = [resources.virtual_machines_path, ...resources.storage_classes.map((entry) => entry.path)];
  if (
    !path.includes("\\..\\") &&
    !path.startsWith("\\\\?\\") &&
    folders.some((folder) => isUnder(path, folder))
  ) {
    return;
  }
  throw new AgentError(
    "file_outside_configured_paths",
    `${path} lies neither under the host's virtual_machines_path nor under a storage class.`,
    target,
  );
}

function requireNotOffered(
  { fleet, host }: AgentContext,
  file: FileIdentity,
  resources: HostResources,
  target: string,
): void {
  const offered = [...resources.images, ...(resources.provisioning_media ?? [])];
  if (!offered.some((entry) => isSameFile(file, identify(fleet, host, entry.path)))) return;
  throw new AgentError(
    "file_not_owned",
    `${file.path} is an image or the provisioning media of the host. Keep the file.`,
    target,
  );
}

function requireUnused(file: FileIdentity, uses: readonly FileUse[], node: string, target: string): void {
  const use = uses.find((candidate) => isSameFile(file, candidate));
  if (use !== undefined) {
    const user = `the VM ${use.vm_name} on ${node}`;
    const how =
      pathKey(use.path) === pathKey(use.drive_path)
        ? `is attached to ${user} too, as ${use.path}. Detach it there, or keep the file.`
        : `is what the differencing disk ${use.drive_path} of ${user} stands on, as ${use.path}. Keep the file.`;
    throw new AgentError("file_not_owned", `${file.path} ${how}`, target);
  }
  const unknown = uses.find(({ problem }) => problem !== null);
  if (unknown?.problem) throw unreadable(unknown.path, unknown.problem, target);
}

function requireUnusedElsewhere(
  { fleet, host }: AgentContext,
  file: FileIdentity,
  answers: readonly NodeFiles[],
  target: string,
): void {
  for (const { computerName } of clusterNodes(fleet, host).filter((node) => node !== host)) {
    const answer = answers.find(({ node }) => node.toLowerCase() === computerName.toLowerCase());
    if (answer === undefined) {
      throw unsettled(
        `${file.path} is on shared storage, and what the VMs of ${computerName} use is not known: that node must answer first.`,
        target,
      );
    }
    requireUnused(file, answer.files, computerName, target);
  }
}

/**
 * Throws where nobody knows all hosts that can use a file, and tells whether the other nodes of the cluster can:
 * not where it lies on a drive of the host's own, by no other name.
 */
function mayBeShared(host: Host, path: string, target: string): boolean {
  const [volume] = host.volumes
    .filter(({ mount }) => isUnder(path, mount))
    .sort((a, b) => b.mount.length - a.mount.length);
  if (volume === undefined) {
    throw unsettled(`${path} lies on no volume of the host: any other host may use it too.`, target);
  }
  if (host.cluster === null) return false;
  return volume.shared || pathKey(realPath(host, path)) !== pathKey(path);
}

function unreadable(path: string, problem: string, target: string): AgentError {
  return unsettled(`${path} cannot be read, so that it is not known what it needs: ${problem}`, target);
}

function unsettled(message: string, target: string): AgentError {
  return new AgentError("file_users_unknown", message, target);
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
