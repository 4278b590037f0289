import { GIBIBYTE } from "../host/bytes";
import { removeHardDiskDrive } from "../host/drives";
import { DURATION } from "../host/durations";
import type { HardDiskDrive, VhdxFile, VirtualMachine } from "../host/model";
import { findFile, resizeVhd } from "../host/storage";
import { type AgentContext, type AgentOutputs, requireState, requireVm } from "./agent-context";
import { AgentError } from "./agent-error";
import { readHostResources } from "./host-resources";
import { deleteOwnFile, requireNoCheckpoint, requireOwnFile, surroundingOf } from "./own-files";
import { requireRoom } from "./room";

interface AttachedDisk {
  drive: HardDiskDrive;
  file: VhdxFile;
}

/** Counterpart of `disk/update`: grows a disk. */
export async function updateDisk(context: AgentContext): Promise<AgentOutputs> {
  const { host, spec, events } = context;
  const vm = requireVm(context);
  const sizeGb = spec.positiveInteger("size_gb");
  const { drive, file } = requireDisk(context, vm);
  await context.work(DURATION.getVm + DURATION.getVhd * vm.hardDiskDrives.length);
  const more = sizeGb * GIBIBYTE - file.virtualBytes;
  if (more < 0) {
    throw new AgentError(
      "disk_would_shrink",
      `The disk has ${Math.ceil(file.virtualBytes / GIBIBYTE)} GB.`,
      "size_gb",
    );
  }
  if (more > 0) {
    requireChangeable(vm, drive, "the disk can be grown");
    if (file.type === "fixed") requireRoom(host, drive.path, more, "size_gb");
    events.event("information", `Growing the disk ${drive.path} to ${sizeGb} GB.`);
    await context.hyperV(DURATION.resizeVhd, () => resizeVhd(host, file, sizeGb * GIBIBYTE));
  }
  return { disk_id: file.diskIdentifier, path: drive.path, size_gb: sizeGb };
}

/** Counterpart of `disk/delete`. */
export async function deleteDisk(context: AgentContext): Promise<AgentOutputs> {
  const { fleet, host, spec, events } = context;
  const vm = requireVm(context);
  const deletesFile = spec.requiredFlag("delete_file");
  const { drive } = requireDisk(context, vm);
  await context.work(DURATION.getVm + DURATION.getVhd * vm.hardDiskDrives.length);
  requireChangeable(vm, drive, "the disk can be detached");
  if (deletesFile) {
    const resources = readHostResources(fleet, host);
    const surrounding = await surroundingOf(context, vm, [drive.path], resources);
    requireOwnFile(context, drive.path, surrounding, "delete_file");
  }
  events.event("information", `Detaching the disk ${drive.path}.`);
  await context.hyperV(DURATION.addDrive, () => removeHardDiskDrive(vm, drive));
  if (deletesFile && !(await deleteOwnFile(context, drive.path))) {
    throw new AgentError(
      "files_left",
      `The disk is detached, but its file could not be deleted: ${drive.path}`,
    );
  }
  return { path: drive.path, deleted: deletesFile };
}

function requireDisk(context: AgentContext, vm: VirtualMachine): AttachedDisk {
  const id = context.spec.guid("disk_id");
  for (const drive of vm.hardDiskDrives) {
    const file = findFile(context.host, drive.path);
    if (file?.diskIdentifier === id) return { drive, file };
  }
  throw new AgentError("disk_not_found", `The VM ${vm.name} has no disk ${id}.`, "disk_id");
}

function requireChangeable(vm: VirtualMachine, drive: HardDiskDrive, change: string): void {
  requireNoCheckpoint([drive.path], "disk_id");
  requireState(vm, drive.controllerType === "SCSI" ? ["off", "running"] : ["off"], change, "disk_id");
}
