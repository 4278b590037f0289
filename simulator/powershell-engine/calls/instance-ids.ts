import { createHash } from "node:crypto";
import type { DriveLocation, Host, VirtualMachine } from "../../host/model";

/** A GUID that is always the same for the same things, upper case as Hyper-V writes them. */
export function derivedGuid(...of: string[]): string {
  const digest = createHash("sha256").update(of.join("\0")).digest("hex").toUpperCase();
  const variant = "89AB".charAt(Number.parseInt(digest.charAt(16), 16) % 4);
  return [
    digest.slice(0, 8),
    digest.slice(8, 12),
    `4${digest.slice(13, 16)}`,
    `${variant}${digest.slice(17, 20)}`,
    digest.slice(20, 32),
  ].join("-");
}

/** `InstanceID` of a VM's settings, or of a part of them. */
export function settingId(ownerGuid: string, ...parts: string[]): string {
  return ["Microsoft:", ownerGuid.toUpperCase()].join("") + parts.map((part) => `\\${part}`).join("");
}

/** Where a drive is, as the end of an `InstanceID`: controller, number and location. */
export function drivePath(vmId: string, drive: DriveLocation): string {
  // The IDE controllers' resource has one GUID on every host.
  const ide = "83F8638B-8DCA-4152-9EDA-2CA8B33039B4";
  const controller =
    drive.controllerType === "IDE" ? ide : derivedGuid(vmId, "SCSI", String(drive.controllerNumber));
  return `${controller}\\${drive.controllerNumber}\\${drive.controllerLocation}`;
}

/** `Name` of a virtual switch's CIM instance. */
export function switchGuid(host: Host, switchName: string): string {
  return derivedGuid(host.name, "switch", switchName.toLowerCase());
}

/** The id of a VM's checkpoint. */
export function checkpointGuid(vm: VirtualMachine, index: number): string {
  return derivedGuid(vm.id, "checkpoint", String(index));
}
