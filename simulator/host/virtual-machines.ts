import { randomUUID } from "node:crypto";
import { addAdapter } from "./adapters";
import { MEBIBYTE } from "./bytes";
import { HyperVError, invalidState } from "./hyperv-error";
import type { Host, VirtualMachine } from "./model";

/** Least and most memory that Hyper-V gives one VM. */
const MEMORY_RANGE = { least: 32 * MEBIBYTE, most: 12 * 2 ** 40 };

/** Memory that the host could give to VMs now. */
export function availableMemoryBytes(host: Host): number {
  let free = host.memoryTotalBytes - host.memoryReservedBytes;
  for (const vm of host.vms.values()) {
    if (holdsMemory(vm)) free -= vm.memoryStartupBytes;
  }
  return Math.max(0, free);
}

/** Whether a VM has memory of its host: a paused one has, a saved one has not. */
export function holdsMemory(vm: VirtualMachine): boolean {
  return vm.state !== "off" && vm.state !== "saved";
}

/** Like `Get-VM -Id`. */
export function getVm(host: Host, id: string): VirtualMachine {
  const vm = host.vms.get(id.toLowerCase());
  if (vm === undefined) {
    throw new HyperVError(
      "ObjectNotFound",
      "ObjectNotFound",
      `Hyper-V was unable to find a virtual machine with id "${id}".`,
    );
  }
  return vm;
}

/**
 * Like `New-VM -Generation 2`: static memory, secure boot with the template `MicrosoftWindows`, and one
 * adapter that is connected to nothing. Hyper-V takes any name, also one that is in use.
 *
 * @param options.path the folder of the configuration files, which the cmdlet makes from its Path and Name.
 */
export function newVm(
  host: Host,
  options: { name: string; memoryStartupBytes: number; path: string; generation?: 1 | 2; id?: string },
): VirtualMachine {
  requireMemoryRange(options.memoryStartupBytes);
  const vm: VirtualMachine = {
    id: options.id ?? randomUUID(),
    name: options.name,
    state: "off",
    activity: null,
    generation: options.generation ?? 2,
    processorCount: 1,
    loadPercent: 2,
    heartbeat: "ok",
    automaticStart: "if_it_ran",
    memoryStartupBytes: options.memoryStartupBytes,
    dynamicMemory: false,
    notes: "",
    secureBoot: { enabled: true, template: "MicrosoftWindows" },
    path: options.path,
    clustered: false,
    roleName: null,
    startedAt: null,
    hardDiskDrives: [],
    dvdDrives: [],
    adapters: [],
    bootOrder: [],
    checkpoints: [],
    dataExchangeEnabled: true,
  };
  host.vms.set(vm.id, vm);
  addAdapter(vm, "Network Adapter");
  return vm;
}

/** Like `Rename-VM`, in any state. Files, folders and the role in the cluster keep their names. */
export function renameVm(vm: VirtualMachine, name: string): void {
  if (vm.clustered) vm.roleName ??= vm.name;
  if (vm.roleName === name) vm.roleName = null;
  vm.name = name;
}

/**
 * Like `Remove-VM`: takes the configuration and the checkpoints away. Virtual hard disks, media and the VM's
 * folder stay.
 */
export function removeVm(host: Host, vm: VirtualMachine): void {
  if (vm.state !== "off" && vm.state !== "saved") throw invalidState(vm, "Remove-VM");
  if (vm.clustered) {
    throw new HyperVError(
      "OperationFailed",
      "InvalidOperation",
      `'${vm.name}' cannot be removed while it has a role in a cluster.`,
    );
  }
  host.vms.delete(vm.id);
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

/**
 * Like `Set-VMMemory -StartupBytes`. A running VM with static memory can be given more, where a guest runs in
 * it: one without a disk has none.
 */
export function setStartupMemory(host: Host, vm: VirtualMachine, bytes: number): void {
  requireMemoryRange(bytes);
  const more = bytes - vm.memoryStartupBytes;
  if (vm.state !== "off" && more !== 0) {
    const hasGuest = vm.hardDiskDrives.length > 0;
    const isPossible = vm.state === "running" && !vm.dynamicMemory && more > 0 && hasGuest;
    if (!isPossible) throw invalidState(vm, "Set-VMMemory");
    if (more > availableMemoryBytes(host)) throw outOfMemory(vm);
  }
  vm.memoryStartupBytes = bytes;
}

/** Like `Set-VMMemory -DynamicMemoryEnabled`. */
export function setDynamicMemory(vm: VirtualMachine, enabled: boolean): void {
  if (enabled !== vm.dynamicMemory) requireOff(vm, "Set-VMMemory");
  vm.dynamicMemory = enabled;
}

/** Like `Set-VMFirmware -SecureBootTemplate`. */
export function setSecureBootTemplate(vm: VirtualMachine, template: string): void {
  requireOff(vm, "Set-VMFirmware");
  vm.secureBoot = { enabled: true, template };
}

/** Like `Set-VMFirmware -EnableSecureBoot Off`. */
export function disableSecureBoot(vm: VirtualMachine): void {
  requireOff(vm, "Set-VMFirmware");
  vm.secureBoot.enabled = false;
}

/** What Hyper-V says when the host has not the memory that a VM asks for. */
export function outOfMemory(vm: VirtualMachine): HyperVError {
  return new HyperVError(
    "OutOfMemory",
    "FromStdErr",
    `'${vm.name}' failed to start. Not enough memory in the system to start the virtual machine ${vm.name}. (0x8007000E)`,
  );
}

function requireOff(vm: VirtualMachine, cmdlet: string): void {
  if (vm.state !== "off") throw invalidState(vm, cmdlet);
}

function requireMemoryRange(bytes: number): void {
  if (bytes >= MEMORY_RANGE.least && bytes <= MEMORY_RANGE.most && bytes % (2 * MEBIBYTE) === 0) return;
  throw new HyperVError(
    "InvalidParameter",
    "InvalidArgument",
    "Invalid value for memory: it must be a multiple of 2 MB between 32 MB and 12582912 MB.",
  );
}
