import { randomUUID } from "node:crypto";
import { HyperVError } from "./hyperv-error";
import type { Host, NetworkAdapter, VirtualMachine } from "./model";
import { findFile } from "./storage";
import { pathKey } from "./windows-path";

/** Memory that the host could give to VMs now. */
export function availableMemoryBytes(host: Host): number {
  let free = host.memoryTotalBytes - host.memoryReservedBytes;
  for (const vm of host.vms.values()) {
    if (vm.state !== "off") free -= vm.memoryStartupBytes;
  }
  return Math.max(0, free);
}

/** Like `Get-VM -Id`. */
export function getVm(host: Host, id: string): VirtualMachine {
  const vm = host.vms.get(id.toLowerCase());
  if (vm === undefined) {
    throw new HyperVError(
      "InvalidParameter",
      "InvalidArgument",
      `Hyper-V was unable to find a virtual machine with id "${id}".`,
    );
  }
  return vm;
}

/**
 * Like `New-VM -Generation 2`: static memory, secure boot with the template `MicrosoftWindows`, and one
 * adapter that is connected to nothing. Hyper-V takes any name, also one that is in use.
 */
export function newVm(
  host: Host,
  options: { name: string; memoryStartupBytes: number; path: string },
): VirtualMachine {
  const vm: VirtualMachine = {
    id: randomUUID(),
    name: options.name,
    state: "off",
    generation: 2,
    processorCount: 1,
    memoryStartupBytes: options.memoryStartupBytes,
    notes: "",
    secureBoot: { enabled: true, template: "MicrosoftWindows" },
    path: options.path,
    clustered: false,
    startedAt: null,
    hardDiskDrives: [],
    adapters: [],
    bootOrder: [],
    dataExchangeEnabled: true,
  };
  host.vms.set(vm.id, vm);
  addAdapter(vm, "Network Adapter");
  return vm;
}

/** Like `Set-VMProcessor -Count`. */
export function setProcessorCount(host: Host, vm: VirtualMachine, count: number): void {
  requireOff(vm, "Set-VMProcessor");
  if (count < 1 || count > host.logicalProcessors) {
    throw new HyperVError(
      "InvalidParameter",
      "InvalidArgument",
      `'${vm.name}' failed to modify device 'Processor'. The number of virtual processors must be between 1 and ${host.logicalProcessors}.`,
    );
  }
  vm.processorCount = count;
}

/** Like `Set-VMFirmware -SecureBootTemplate`. */
export function setSecureBootTemplate(vm: VirtualMachine, template: string): void {
  requireOff(vm, "Set-VMFirmware");
  vm.secureBoot = { enabled: true, template };
}

/** Like `Add-VMHardDiskDrive -Path`: the next free location of SCSI controller 0. */
export function addHardDiskDrive(host: Host, vm: VirtualMachine, path: string): void {
  if (findFile(host, path) === null) {
    throw new HyperVError(
      "OperationFailed",
      "ObjectNotFound",
      `Failed to add device 'Virtual Hard Disk'. Attachment '${path}' not found. Error: 'The system cannot find the file specified.' (0x80070002).`,
    );
  }
  const taken = new Set(vm.hardDiskDrives.map((drive) => drive.controllerLocation));
  let location = 0;
  while (taken.has(location)) location += 1;
  vm.hardDiskDrives.push({ controllerNumber: 0, controllerLocation: location, path });
  vm.bootOrder.push(`disk:${pathKey(path)}`);
}

/** Like `Set-VMFirmware -FirstBootDevice` with a hard disk drive. */
export function setFirstBootDisk(vm: VirtualMachine, path: string): void {
  const entry = `disk:${pathKey(path)}`;
  vm.bootOrder = [entry, ...vm.bootOrder.filter((device) => device !== entry)];
}

/** Like `Add-VMNetworkAdapter`. */
export function addAdapter(vm: VirtualMachine, name: string): NetworkAdapter {
  const adapter: NetworkAdapter = {
    id: randomUUID(),
    name,
    switchName: null,
    vlanId: null,
    dynamicMac: true,
    mac: null,
    ipAddresses: [],
  };
  vm.adapters.push(adapter);
  vm.bootOrder.push(`nic:${adapter.id}`);
  return adapter;
}

/** Like `Remove-VMNetworkAdapter`. */
export function removeAdapter(vm: VirtualMachine, id: string): void {
  vm.adapters = vm.adapters.filter((adapter) => adapter.id !== id);
  vm.bootOrder = vm.bootOrder.filter((device) => device !== `nic:${id}`);
}

/** Like `Connect-VMNetworkAdapter -SwitchName`. */
export function connectAdapter(host: Host, adapter: NetworkAdapter, switchName: string): void {
  if (!host.switches.includes(switchName)) {
    throw new HyperVError(
      "InvalidParameter",
      "InvalidArgument",
      `Hyper-V was unable to find a virtual switch with name "${switchName}".`,
    );
  }
  adapter.switchName = switchName;
}

/** The drive the firmware would boot from; null: there is no disk. */
export function firstBootDisk(vm: VirtualMachine): string | null {
  for (const device of vm.bootOrder) {
    const drive = vm.hardDiskDrives.find((candidate) => `disk:${pathKey(candidate.path)}` === device);
    if (drive !== undefined) return drive.path;
  }
  return null;
}

function requireOff(vm: VirtualMachine, cmdlet: string): void {
  if (vm.state === "off") return;
  throw new HyperVError(
    "InvalidState",
    "InvalidOperation",
    `${cmdlet}: '${vm.name}' cannot be changed. The operation cannot be performed while the object is in its current state.`,
  );
}
