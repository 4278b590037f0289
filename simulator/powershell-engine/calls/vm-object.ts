import type { Fleet } from "../../host/fleet";
import type { Host, VirtualMachine, VmState } from "../../host/model";
import { holdsMemory } from "../../host/virtual-machines";
import type { JsonObject } from "./stand-in-call";

/** Names of `Microsoft.HyperV.PowerShell.VMState`. */
const STATE_NAMES: Record<VmState, string> = {
  running: "Running",
  off: "Off",
  starting: "Starting",
  stopping: "Stopping",
  paused: "Paused",
  saved: "Saved",
  critical: "PausedCritical",
};

/** Ticks of a .NET `TimeSpan` in a millisecond. */
const TICKS = 10_000;

/** A VM in the members of `Microsoft.HyperV.PowerShell.VirtualMachine`. */
export function vmObject(fleet: Fleet, host: Host, vm: VirtualMachine): JsonObject {
  const uptime = vm.startedAt === null ? 0 : Math.max(0, fleet.clock.now() - vm.startedAt);
  return {
    Id: vm.id,
    VMId: vm.id,
    Name: vm.name,
    VMName: vm.name,
    State: STATE_NAMES[vm.state],
    Status: "Operating normally",
    Notes: vm.notes,
    Generation: vm.generation,
    ComputerName: host.computerName,
    Path: vm.path,
    ConfigurationLocation: vm.path,
    SnapshotFileLocation: vm.path,
    CheckpointFileLocation: vm.path,
    SmartPagingFilePath: vm.path,
    ProcessorCount: vm.processorCount,
    MemoryStartup: vm.memoryStartupBytes,
    MemoryAssigned: holdsMemory(vm) ? vm.memoryStartupBytes : 0,
    DynamicMemoryEnabled: vm.dynamicMemory,
    IsClustered: vm.clustered,
    Uptime: uptime * TICKS,
  };
}
