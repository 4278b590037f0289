import { removeAdapter } from "../host/adapters";
import { DURATION } from "../host/durations";
import type { VirtualMachine } from "../host/model";
import {
  setDynamicMemory,
  setProcessorCount,
  setSecureBootTemplate,
  setStartupMemory,
} from "../host/virtual-machines";
import { type AgentContext, type AgentOutputs, requireState, requireVm } from "./agent-context";
import { markStep } from "./notes-marker";
import { changed, unfinishedMarker } from "./unfinished-deployment";
import { requireMemory, requireProcessors } from "./vm-checks";

/** What a new VM is given. */
export interface Hardware {
  memoryBytes: number;
  cores: number;
  family: "windows" | "linux";
}

/** Sets up the VM that an unfinished deployment has created: how far it came with that, nobody knows. */
export async function completeVm(context: AgentContext, hardware: Hardware): Promise<AgentOutputs> {
  const { host, events } = context;
  const vm = requireVm(context);
  unfinishedMarker(context, vm);
  const found = laterWork(vm);
  if (found !== null) throw changed(`The VM ${vm.name} ${found}, which its deployment had not come to.`);
  requireState(vm, ["off"], "it can be set up", "vm_id");
  requireProcessors(host, hardware.cores);
  requireMemory(host, hardware.memoryBytes);
  events.event("information", `Setting up the VM ${vm.name}, which is there already.`);
  markStep(context, vm);
  await setHardware(context, vm, hardware);
  return { vm_id: vm.id, vm_name: vm.name };
}

/** What somebody else has done with it; null: nothing. */
function laterWork({ generation, hardDiskDrives, adapters }: VirtualMachine): string | null {
  if (generation !== 2) return `is of generation ${generation}`;
  if (hardDiskDrives.length > 0) return "has a disk";
  return adapters.some(({ switchName }) => switchName !== null) ? "has a connected adapter" : null;
}

/** Also takes the adapter away that `New-VM` adds. */
export async function setHardware(
  context: AgentContext,
  vm: VirtualMachine,
  { memoryBytes, cores, family }: Hardware,
): Promise<void> {
  await context.hyperV(DURATION.setVm, () => {
    for (const adapter of vm.adapters) removeAdapter(vm, adapter.id);
    setProcessorCount(context.host, vm, cores);
    setDynamicMemory(vm, false);
    setStartupMemory(context.host, vm, memoryBytes);
    setSecureBootTemplate(
      vm,
      family === "windows" ? "MicrosoftWindows" : "MicrosoftUEFICertificateAuthority",
    );
  });
}
