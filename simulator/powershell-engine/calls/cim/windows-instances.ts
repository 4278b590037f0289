import { clusterNodes } from "../../../host/fleet";
import { freeBytes } from "../../../host/storage";
import { availableMemoryBytes } from "../../../host/virtual-machines";
import { derivedGuid } from "../instance-ids";
import type { StandInContext } from "../stand-in-call";
import { type CimInstance, classOf } from "./cim-instance";

const KIBIBYTE = 1024;
const DRIVE_TYPE = { local: 3, compactDisc: 5 } as const;

function instance(className: string, values: CimInstance["values"]): CimInstance {
  return { class: classOf("root/cimv2", className, true), values };
}

/** `Win32_OperatingSystem`; its sizes are in KB. */
export function operatingSystems({ host }: StandInContext): CimInstance[] {
  const [, caption = host.osVersion, version = ""] = /^(.*) ([\d.]+)$/.exec(host.osVersion) ?? [];
  return [
    instance("Win32_OperatingSystem", {
      Name: `${caption}|C:\\Windows|\\Device\\Harddisk0\\Partition3`,
      Caption: caption,
      Version: version,
      BuildNumber: version.split(".").at(-1) ?? "",
      CSName: host.computerName,
      SystemDrive: "C:",
      LastBootUpTime: new Date(host.bootedAt).toISOString(),
      FreePhysicalMemory: Math.floor(availableMemoryBytes(host) / KIBIBYTE),
      TotalVisibleMemorySize: Math.floor(host.memoryTotalBytes / KIBIBYTE),
    }),
  ];
}

/** `Win32_ComputerSystem`. */
export function hostSystems({ host }: StandInContext): CimInstance[] {
  return [
    instance("Win32_ComputerSystem", {
      Name: host.computerName,
      DNSHostName: host.computerName,
      Domain: "corp.example",
      PartOfDomain: true,
      HypervisorPresent: true,
      NumberOfProcessors: 2,
      NumberOfLogicalProcessors: host.logicalProcessors,
      TotalPhysicalMemory: host.memoryTotalBytes,
    }),
  ];
}

/**
 * `Win32_Volume`: the host's volumes, a partition without a letter, and a DVD drive without a disc. The node
 * that owns the cluster's shared volumes lists them too.
 */
export function volumes({ fleet, host }: StandInContext): CimInstance[] {
  const ownsShared = clusterNodes(fleet, host)[0] === host;
  const mounted = host.volumes
    .filter((volume) => !volume.shared || ownsShared)
    .map((volume) =>
      instance("Win32_Volume", {
        DeviceID: `\\\\?\\Volume{${derivedGuid(host.name, volume.mount).toLowerCase()}}\\`,
        Name: `${volume.mount}\\`,
        DriveLetter: volume.mount.length === 2 ? volume.mount : null,
        DriveType: DRIVE_TYPE.local,
        FileSystem: volume.shared ? "CSVFS" : "NTFS",
        Capacity: volume.capacityBytes,
        FreeSpace: freeBytes(volume),
      }),
    );
  const recovery = `\\\\?\\Volume{${derivedGuid(host.name, "recovery").toLowerCase()}}\\`;
  return [
    instance("Win32_Volume", {
      DeviceID: recovery,
      Name: recovery,
      DriveType: DRIVE_TYPE.local,
      FileSystem: "NTFS",
      Capacity: 650 * KIBIBYTE ** 2,
      FreeSpace: 90 * KIBIBYTE ** 2,
    }),
    ...mounted,
    instance("Win32_Volume", {
      DeviceID: `\\\\?\\Volume{${derivedGuid(host.name, "dvd").toLowerCase()}}\\`,
      Name: "Z:\\",
      DriveLetter: "Z:",
      DriveType: DRIVE_TYPE.compactDisc,
    }),
  ];
}
