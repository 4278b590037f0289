import { z } from "zod";
import {
  addDvdDrive,
  addHardDiskDrive,
  insertMedia,
  removeHardDiskDrive,
  type WantedLocation,
} from "../../host/drives";
import { DURATION } from "../../host/durations";
import type { DriveLocation, DvdDrive, HardDiskDrive, Host, VirtualMachine } from "../../host/model";
import { drivePath, settingId } from "./instance-ids";
import { type JsonObject, StandInError, standInCall, vmOf } from "./stand-in-call";

const location = {
  vm_id: z.string(),
  controller_type: z.enum(["IDE", "SCSI"]),
  controller_number: z.int(),
  controller_location: z.int(),
};
const wanted = {
  vm_id: z.string(),
  controller_type: z.enum(["IDE", "SCSI"]).nullable(),
  controller_number: z.int().nullable(),
  controller_location: z.int().nullable(),
};

type Location = z.output<z.ZodObject<typeof location>>;

/** `Get-VMHardDiskDrive`. */
export const listHardDiskDrives = standInCall(z.strictObject({ vm_id: z.string() }), (context, args) => {
  const vm = vmOf(context, args.vm_id);
  return vm.hardDiskDrives.map((drive) => hardDiskObject(context.host, vm, drive));
});

/** `Add-VMHardDiskDrive`. */
export const addOneHardDiskDrive = standInCall(
  z.strictObject({ ...wanted, path: z.string() }),
  async (context, args) => {
    await context.takes(DURATION.addDrive);
    const vm = vmOf(context, args.vm_id);
    const drive = addHardDiskDrive(context.host, vm, args.path, wantedLocation(args));
    return hardDiskObject(context.host, vm, drive);
  },
);

/** `Remove-VMHardDiskDrive`. */
export const removeOneHardDiskDrive = standInCall(z.strictObject(location), async (context, args) => {
  await context.takes(DURATION.setVm);
  const vm = vmOf(context, args.vm_id);
  removeHardDiskDrive(vm, at(vm.hardDiskDrives, args, "hard disk"));
  return null;
});

/** `Get-VMDvdDrive`. */
export const listDvdDrives = standInCall(z.strictObject({ vm_id: z.string() }), (context, args) => {
  const vm = vmOf(context, args.vm_id);
  return vm.dvdDrives.map((drive) => dvdObject(context.host, vm, drive));
});

/** `Add-VMDvdDrive`; null: an empty drive. */
export const addOneDvdDrive = standInCall(
  z.strictObject({ ...wanted, path: z.string().nullable() }),
  async (context, args) => {
    await context.takes(DURATION.addDrive);
    const vm = vmOf(context, args.vm_id);
    return dvdObject(context.host, vm, addDvdDrive(context.host, vm, args.path, wantedLocation(args)));
  },
);

/** `Set-VMDvdDrive -Path`; null ejects. */
export const setDvdDrive = standInCall(
  z.strictObject({ ...location, path: z.string().nullable() }),
  async (context, args) => {
    await context.takes(DURATION.setVm);
    const vm = vmOf(context, args.vm_id);
    const drive = at(vm.dvdDrives, args, "DVD");
    insertMedia(context.host, drive, args.path);
    return dvdObject(context.host, vm, drive);
  },
);

function wantedLocation(args: z.output<z.ZodObject<typeof wanted>>): WantedLocation {
  return {
    ...(args.controller_type === null ? {} : { controllerType: args.controller_type }),
    ...(args.controller_number === null ? {} : { controllerNumber: args.controller_number }),
    ...(args.controller_location === null ? {} : { controllerLocation: args.controller_location }),
  };
}

function at<Drive extends DriveLocation>(drives: readonly Drive[], place: Location, kind: string): Drive {
  const found = drives.find(
    (drive) =>
      drive.controllerType === place.controller_type &&
      drive.controllerNumber === place.controller_number &&
      drive.controllerLocation === place.controller_location,
  );
  if (found !== undefined) return found;
  throw new StandInError(
    "ObjectNotFound",
    "ObjectNotFound",
    `Hyper-V was unable to find a ${kind} drive at location ${place.controller_location} of ${place.controller_type} controller ${place.controller_number}.`,
  );
}

function hardDiskObject(host: Host, vm: VirtualMachine, drive: HardDiskDrive): JsonObject {
  return {
    ...driveObject(host, vm, drive, "Hard Drive"),
    Path: drive.path,
  };
}

function dvdObject(host: Host, vm: VirtualMachine, drive: DvdDrive): JsonObject {
  return {
    ...driveObject(host, vm, drive, "DVD Drive"),
    Path: drive.path,
    DvdMediaType: drive.path === null ? "None" : "ISO",
  };
}

function driveObject(host: Host, vm: VirtualMachine, drive: DriveLocation, kind: string): JsonObject {
  return {
    Id: settingId(vm.id, drivePath(vm.id, drive), "D"),
    Name: `${kind} on ${drive.controllerType} controller number ${drive.controllerNumber} at location ${drive.controllerLocation}`,
    ControllerType: drive.controllerType,
    ControllerNumber: drive.controllerNumber,
    ControllerLocation: drive.controllerLocation,
    VMId: vm.id,
    VMName: vm.name,
    ComputerName: host.computerName,
  };
}
