import { z } from "zod";
import { MEBIBYTE } from "../../host/bytes";
import { hardDiskAt } from "../../host/drives";
import { COPY_BYTES_PER_SECOND, DURATION } from "../../host/durations";
import { clusterNodes } from "../../host/fleet";
import type { Host, VhdxFile, VirtualMachine } from "../../host/model";
import { convertVhd, getVhd, newVhd, resetDiskIdentifier, resizeVhd } from "../../host/storage";
import { type JsonObject, type StandInContext, StandInError, standInCall } from "./stand-in-call";

/** Names of `Microsoft.Vhd.PowerShell.VhdType`. */
const TYPE_NAMES = { dynamic: "Dynamic", fixed: "Fixed", differencing: "Differencing" } as const;
const TYPES = ["dynamic", "fixed"] as const;
/** `Get-VHD -Path`. */
export const readVhd = standInCall(z.strictObject({ path: z.string() }), async (context, args) => {
  await context.takes(DURATION.getVhd);
  const file = readable(context, args.path, "Getting the mounted storage instance for the path");
  const user = userOf(context, args.path);
  if (user !== null && user.node !== context.host) throw inUse("Failed to get the virtual disk", args.path);
  return vhdObject(context.host, file, user !== null);
});

/** `New-VHD`. */
export const createVhd = standInCall(
  z.strictObject({ path: z.string(), size_bytes: z.int(), type: z.enum(TYPES) }),
  async (context, args) => {
    await context.takes(DURATION.newVhd);
    requireFolder(context, args.path);
    const file = newVhd(context.host, { path: args.path, virtualBytes: args.size_bytes, type: args.type });
    return vhdObject(context.host, file, false);
  },
);

/** `Convert-VHD`. */
export const convertOneVhd = standInCall(
  z.strictObject({ path: z.string(), destination: z.string(), type: z.enum(TYPES) }),
  async (context, args) => {
    const source = readable(context, args.path, "Failed to convert the virtual disk");
    if (userOf(context, args.path) !== null) throw inUse("Failed to convert the virtual disk", args.path);
    const bytes = args.type === "fixed" ? source.virtualBytes : source.fileBytes;
    await context.takes((bytes / COPY_BYTES_PER_SECOND) * 1000);
    requireFolder(context, args.destination);
    return vhdObject(context.host, convertVhd(context.host, source, args.destination, args.type), false);
  },
);

/** `Set-VHD -ResetDiskIdentifier`, which no running VM may have open. */
export const resetIdentifier = standInCall(z.strictObject({ path: z.string() }), async (context, args) => {
  await context.takes(DURATION.setVm);
  const file = readable(context, args.path, "Failed to set the disk identifier of");
  if (userOf(context, args.path) !== null) throw inUse("Failed to set the disk identifier of", args.path);
  resetDiskIdentifier(file);
  return vhdObject(context.host, file, false);
});

/** `Resize-VHD`: also while a VM runs that has the disk on its SCSI controller. */
export const resizeOneVhd = standInCall(
  z.strictObject({ path: z.string(), size_bytes: z.int() }),
  async (context, args) => {
    await context.takes(DURATION.resizeVhd);
    const file = readable(context, args.path, "Failed to resize the virtual disk");
    const user = userOf(context, args.path);
    const isOnline = user !== null && hardDiskAt(user.vm, args.path)?.controllerType === "SCSI";
    if (user !== null && (!isOnline || user.vm.state !== "running")) {
      throw inUse("Failed to resize the virtual disk", args.path);
    }
    if (file.type === "differencing") {
      throw new StandInError(
        "OperationFailed",
        "NotSpecified",
        `Failed to resize the virtual disk '${file.path}'. It belongs to a checkpoint.`,
      );
    }
    resizeVhd(context.host, file, args.size_bytes);
    return vhdObject(context.host, file, user !== null);
  },
);

/** The disk in a file; what is half of a copy is none. */
function readable(context: StandInContext, path: string, what: string): VhdxFile {
  const file = getVhd(context.host, path);
  if (file.virtualBytes > 0) return file;
  throw new StandInError(
    "OperationFailed",
    "NotSpecified",
    `${what} '${path}' failed. The file or directory is corrupted and unreadable. (0x80070570)`,
  );
}

/** The VM that has a disk open, and its node; null: none has. */
function userOf(context: StandInContext, path: string): { node: Host; vm: VirtualMachine } | null {
  for (const node of clusterNodes(context.fleet, context.host)) {
    for (const vm of node.vms.values()) {
      if (vm.state !== "off" && hardDiskAt(vm, path) !== undefined) return { node, vm };
    }
  }
  return null;
}

function inUse(what: string, path: string): StandInError {
  return new StandInError(
    "ObjectInUse",
    "ResourceBusy",
    `${what} '${path}'. The process cannot access the file because it is being used by another process. (0x80070020)`,
  );
}

function requireFolder(context: StandInContext, path: string): void {
  const folder = path.slice(0, Math.max(path.lastIndexOf("\\"), path.lastIndexOf("/"), 0));
  if (context.drives.hasFolder(context.host.name, folder)) return;
  throw new StandInError(
    "OperationFailed",
    "NotSpecified",
    `Failed to create the virtual hard disk. The system failed to create '${path}': The system cannot find the path specified. (0x80070003).`,
  );
}

function vhdObject(host: Host, file: VhdxFile, attached: boolean): JsonObject {
  return {
    ComputerName: host.computerName,
    Path: file.path,
    VhdFormat: /\.a?vhd$/i.test(file.path) ? "VHD" : "VHDX",
    VhdType: TYPE_NAMES[file.type],
    FileSize: file.fileBytes,
    Size: file.virtualBytes,
    MinimumSize: null,
    LogicalSectorSize: 512,
    PhysicalSectorSize: 4096,
    BlockSize: file.type === "fixed" ? 0 : 32 * MEBIBYTE,
    ParentPath: file.parentPath ?? "",
    DiskIdentifier: file.diskIdentifier.toUpperCase(),
    Attached: attached,
  };
}
