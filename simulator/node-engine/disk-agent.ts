import { GIBIBYTE } from "../host/bytes";
import { addHardDiskDrive, setFirstBootDisk } from "../host/drives";
import { DURATION } from "../host/durations";
import type { Host, VhdxFile, VirtualMachine } from "../host/model";
import { findFile, newVhd, resetDiskIdentifier, resizeVhd } from "../host/storage";
import { joinPath, pathKey } from "../host/windows-path";
import { type AgentContext, type AgentOutputs, requireVm } from "./agent-context";
import { AgentError } from "./agent-error";
import { findByName, type HostResources, readHostResources } from "./host-resources";
import { cloneImage } from "./image-clone";
import { markStep } from "./notes-marker";
import { diskRecords } from "./records";
import { requireRoom } from "./room";
import { changed, removeHalfMadeDisk, unfinishedMarker } from "./unfinished-deployment";
import { requireFolderName } from "./vm-checks";

/** Counterpart of `disk/create`. */
export async function createDisk(context: AgentContext): Promise<AgentOutputs> {
  const { fleet, host, spec, events } = context;
  const vm = requireVm(context);
  requireFolderName(vm.name, "vm_id");
  const sizeGb = spec.positiveInteger("size_gb");
  const type = spec.choice("storage_type", ["dynamic", "fixed"], true);
  const resources = readHostResources(fleet, host);
  const storageClass = requireStorageClass(context, resources);
  const image = requireImage(context, resources);
  await context.work(DURATION.getVm + DURATION.getVhd);
  if (image !== null && sizeGb * GIBIBYTE < image.virtualBytes) {
    const imageGb = Math.ceil(image.virtualBytes / GIBIBYTE);
    throw new AgentError(
      "disk_smaller_than_image",
      `The image is ${imageGb} GB large; the disk would have ${sizeGb} GB.`,
      "size_gb",
    );
  }
  if (unfinishedMarker(context, vm) !== null) {
    const [drive] = vm.hardDiskDrives;
    if (drive !== undefined) throw changed(`The VM ${vm.name} has a disk by now: ${drive.path}`);
    // Before the room is measured: the half of a copy takes some.
    await removeHalfMadeDisk(context, vm, resources);
  }
  const neededBytes = type === "fixed" ? sizeGb * GIBIBYTE : (image?.fileBytes ?? 0);
  requireRoom(host, storageClass.path, neededBytes, "storage_class");
  const path = nextDiskPath(host, vm, storageClass.path);

  markStep(context, vm, { disk_path: path });
  events.event("information", `Creating the disk ${path}.`);
  const disk =
    image === null
      ? await context.hyperV(DURATION.newVhd, () =>
          newVhd(host, { path, virtualBytes: sizeGb * GIBIBYTE, type }),
        )
      : await cloneImage(context, image, path, type);
  if (image !== null) {
    await context.hyperV(DURATION.resizeVhd, () => {
      resetDiskIdentifier(disk);
      if (image.virtualBytes < sizeGb * GIBIBYTE) resizeVhd(host, disk, sizeGb * GIBIBYTE);
    });
  }
  await context.hyperV(DURATION.addDrive, () => {
    addHardDiskDrive(host, vm, path);
    if (vm.hardDiskDrives.length === 1) setFirstBootDisk(vm, path);
  });
  events.event("information", `Attached the disk ${path}.`);
  return { disk_id: disk.diskIdentifier, path, size_gb: sizeGb };
}

/** Counterpart of `disk/read`. */
export async function readDisks(context: AgentContext): Promise<AgentOutputs> {
  const vm = requireVm(context);
  await context.work(DURATION.getVm + DURATION.getVhd * vm.hardDiskDrives.length);
  return { disks: diskRecords(context.host, vm) };
}

function requireStorageClass(context: AgentContext, resources: HostResources): { path: string } {
  const wanted = context.spec.optionalText("storage_class");
  const found =
    wanted === null ? resources.storage_classes[0] : findByName(resources.storage_classes, wanted);
  if (found !== null && found !== undefined) return found;
  throw new AgentError(
    "storage_class_not_found",
    wanted === null
      ? `${context.host.computerName} has no storage class.`
      : `${context.host.computerName} has no storage class with the name ${wanted}.`,
    "storage_class",
  );
}

/** The image's file; null: the disk is to be blank. */
function requireImage(context: AgentContext, resources: HostResources): VhdxFile | null {
  const wanted = context.spec.optionalText("image_name");
  if (wanted === null) return null;
  const entry = findByName(resources.images, wanted);
  const file = entry === null ? null : findFile(context.host, entry.path);
  if (file !== null && file.type === "differencing") {
    throw new AgentError(
      "image_not_found",
      `The image ${wanted} is not a complete VHDX: a VHD or a differencing disk cannot be cloned.`,
      "image_name",
    );
  }
  if (file !== null) return file;
  throw new AgentError(
    "image_not_found",
    entry === null
      ? `${context.host.computerName} has no image with the name ${wanted}.`
      : `The file ${entry.path} of the image ${entry.name} does not exist.`,
    "image_name",
  );
}

/** `<vm name>.vhdx`, then `<vm name>-2.vhdx` and so on: the first that is not a disk of the VM. */
function nextDiskPath(host: Host, vm: VirtualMachine, classPath: string): string {
  const attached = new Set(vm.hardDiskDrives.map((drive) => pathKey(drive.path)));
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? `${vm.name}.vhdx` : `${vm.name}-${number}.vhdx`;
    const path = joinPath(classPath, vm.name, name);
    if (attached.has(pathKey(path))) continue;
    if (findFile(host, path) === null) return path;
    throw new AgentError("disk_exists", `The file ${path} exists already.`);
  }
}
