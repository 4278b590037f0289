import { HyperVError, invalidState } from "./hyperv-error";
import type { DriveLocation, DvdDrive, HardDiskDrive, Host, VirtualMachine } from "./model";
import { findFile, findMedia } from "./storage";
import { pathKey } from "./windows-path";

/** Devices on one controller. */
const LOCATIONS = { IDE: 2, SCSI: 64 } as const;
const CONTROLLERS = { IDE: 2, SCSI: 4 } as const;

/** Where a cmdlet is asked to put a drive; what is not given is chosen. */
export type WantedLocation = Partial<DriveLocation>;

/** Like `Add-VMHardDiskDrive -Path`: at the location asked for, or the first that is free. */
export function addHardDiskDrive(
  host: Host,
  vm: VirtualMachine,
  path: string,
  wanted: WantedLocation = {},
): HardDiskDrive {
  const location = freeLocation(vm, wanted, "Add-VMHardDiskDrive");
  if (findFile(host, path) === null) throw notFound("Virtual Hard Disk", path);
  const key = pathKey(path);
  const isIt = (drive: HardDiskDrive) => pathKey(drive.path) === key;
  if ([...host.vms.values()].some((other) => other.hardDiskDrives.some(isIt))) {
    throw new HyperVError(
      "ResourceBusy",
      "ResourceBusy",
      `Failed to add device 'Virtual Hard Disk'. The disk '${path}' is already connected to a virtual machine.`,
    );
  }
  const drive = { ...location, path };
  vm.hardDiskDrives.push(drive);
  vm.bootOrder.push(`disk:${pathKey(path)}`);
  return drive;
}

/** Like `Remove-VMHardDiskDrive`: while the VM is off, or while it runs and the drive is on SCSI. */
export function removeHardDiskDrive(vm: VirtualMachine, drive: HardDiskDrive): void {
  requirePluggable(vm, drive, "Remove-VMHardDiskDrive");
  vm.hardDiskDrives = vm.hardDiskDrives.filter((other) => other !== drive);
  vm.bootOrder = vm.bootOrder.filter((device) => device !== `disk:${pathKey(drive.path)}`);
}

/** Like `Add-VMDvdDrive`: an empty drive, or one with the ISO. */
export function addDvdDrive(
  host: Host,
  vm: VirtualMachine,
  path: string | null,
  wanted: WantedLocation = {},
): DvdDrive {
  const location = freeLocation(vm, wanted, "Add-VMDvdDrive");
  requireIso(host, path);
  const drive = { ...location, path };
  vm.dvdDrives.push(drive);
  vm.bootOrder.push(bootDevice(drive));
  return drive;
}

/** Like `Set-VMDvdDrive -Path`, in any state; null ejects. */
export function insertMedia(host: Host, drive: DvdDrive, path: string | null): void {
  requireIso(host, path);
  drive.path = path;
}

/** The VM's drive that has this VHDX; undefined: none. */
export function hardDiskAt(vm: VirtualMachine, path: string): HardDiskDrive | undefined {
  return vm.hardDiskDrives.find((drive) => pathKey(drive.path) === pathKey(path));
}

/** Every file that a VM has attached: its virtual hard disks and the media in its DVD drives. */
export function attachedPaths(vm: VirtualMachine): string[] {
  const media = vm.dvdDrives.flatMap(({ path }) => (path === null ? [] : [path]));
  return [...vm.hardDiskDrives.map(({ path }) => path), ...media];
}

/** Like `Set-VMFirmware -FirstBootDevice` with a hard disk drive. */
export function setFirstBootDisk(vm: VirtualMachine, path: string): void {
  setFirstBootDevice(vm, `disk:${pathKey(path)}`);
}

/** Like `Set-VMFirmware -FirstBootDevice` with an entry of the boot order. */
export function setFirstBootDevice(vm: VirtualMachine, device: string): void {
  vm.bootOrder = [device, ...vm.bootOrder.filter((other) => other !== device)];
}

/** A DVD drive's entry in the boot order. */
export function bootDevice(drive: DvdDrive): string {
  return `dvd:${drive.controllerNumber}:${drive.controllerLocation}`;
}

/** The drive the firmware would boot from; null: there is no disk. */
export function firstBootDisk(vm: VirtualMachine): string | null {
  for (const device of vm.bootOrder) {
    const drive = vm.hardDiskDrives.find((candidate) => `disk:${pathKey(candidate.path)}` === device);
    if (drive !== undefined) return drive.path;
  }
  return null;
}

function freeLocation(vm: VirtualMachine, wanted: WantedLocation, cmdlet: string): DriveLocation {
  const type = wanted.controllerType ?? (vm.generation === 2 ? "SCSI" : "IDE");
  if (type === "IDE" && vm.generation === 2) {
    throw new HyperVError(
      "InvalidParameter",
      "InvalidArgument",
      "A virtual machine of generation 2 has no IDE controllers.",
    );
  }
  if (vm.state !== "off" && (type === "IDE" || vm.state !== "running")) {
    throw invalidState(vm, cmdlet);
  }
  const taken = new Set([...vm.hardDiskDrives, ...vm.dvdDrives].map(locationKey));
  for (let number = 0; number < CONTROLLERS[type]; number += 1) {
    if (number !== (wanted.controllerNumber ?? number)) continue;
    for (let slot = 0; slot < LOCATIONS[type]; slot += 1) {
      if (slot !== (wanted.controllerLocation ?? slot)) continue;
      const location = { controllerType: type, controllerNumber: number, controllerLocation: slot };
      if (!taken.has(locationKey(location))) return location;
    }
  }
  throw new HyperVError(
    "OperationFailed",
    "NotSpecified",
    `${cmdlet}: '${vm.name}' failed to add the device. The location of the ${type} controller is in use or does not exist.`,
  );
}

function locationKey({ controllerType, controllerNumber, controllerLocation }: DriveLocation): string {
  return `${controllerType}:${controllerNumber}:${controllerLocation}`;
}

function requirePluggable(vm: VirtualMachine, drive: DriveLocation, cmdlet: string): void {
  if (vm.state === "off" || (vm.state === "running" && drive.controllerType === "SCSI")) return;
  throw invalidState(vm, cmdlet);
}

function requireIso(host: Host, path: string | null): void {
  if (path !== null && findMedia(host, path) === null) throw notFound("Virtual CD/DVD Disk", path);
}

function notFound(device: string, path: string): HyperVError {
  return new HyperVError(
    "OperationFailed",
    "NotSpecified",
    `Failed to add device '${device}'. Attachment '${path}' not found. Error: 'The system cannot find the file specified.' (0x80070002).`,
  );
}
