import { GIBIBYTE } from "../host/bytes";
import { renameRole } from "../host/cluster";
import { DURATION } from "../host/durations";
import { clusterNodes } from "../host/fleet";
import { HyperVError } from "../host/hyperv-error";
import type { VirtualMachine } from "../host/model";
import { renameVm, setProcessorCount, setStartupMemory } from "../host/virtual-machines";
import { type AgentContext, type AgentOutputs, requireState, requireVm } from "./agent-context";
import { AgentError } from "./agent-error";
import { requireFolderName, requireFreeName, requireMemory, requireProcessors } from "./vm-checks";

/** Counterpart of `vm/update`: everything is checked before the first thing is changed. */
export async function updateVm(context: AgentContext): Promise<AgentOutputs> {
  const { host, spec, events } = context;
  const vm = requireVm(context);
  const name = spec.optionalText("vm_name") ?? vm.name;
  const bytes = gibibytes(spec.optionalPositiveInteger("gb_ram")) ?? vm.memoryStartupBytes;
  const cores = spec.optionalPositiveInteger("cpu_cores") ?? vm.processorCount;
  await context.work(DURATION.getVm);
  if (name !== vm.name) {
    requireFolderName(name, "vm_name");
    if (name.toLowerCase() !== vm.name.toLowerCase()) requireFreeName(context, name);
  }
  if (cores !== vm.processorCount) {
    requireState(vm, ["off"], "the number of its processors can be changed", "cpu_cores");
    requireProcessors(host, cores);
  }
  if (bytes !== vm.memoryStartupBytes) {
    requireMemoryChange(context, vm, bytes);
    events.event("information", `Setting the memory to ${bytes / GIBIBYTE} GB.`);
    await changeMemory(context, vm, bytes);
  }
  if (cores !== vm.processorCount) {
    events.event("information", `Setting the number of processors to ${cores}.`);
    await context.hyperV(DURATION.setVm, () => setProcessorCount(host, vm, cores));
  }
  if (name !== vm.name) {
    events.event("information", `Renaming the VM ${vm.name} to ${name}.`);
    await context.hyperV(DURATION.setVm, () => renameVm(vm, name));
    if (vm.clustered) {
      const nodes = clusterNodes(context.fleet, host).flatMap((node) => [...node.vms.values()]);
      await context.hyperV(DURATION.changeCluster, () => renameRole(vm, nodes, name));
    }
  }
  return { vm_id: vm.id, vm_name: name };
}

/** A running VM with static memory can be given more; every other change needs it off. */
function requireMemoryChange(context: AgentContext, vm: VirtualMachine, bytes: number): void {
  const more = bytes - vm.memoryStartupBytes;
  if (vm.state === "running" && !vm.dynamicMemory && more > 0) {
    requireMemory(context.host, more);
    return;
  }
  requireState(vm, ["off"], "less memory, or other than static memory, can be given to it", "gb_ram");
  requireMemory(context.host, bytes);
}

async function changeMemory(context: AgentContext, vm: VirtualMachine, bytes: number): Promise<void> {
  try {
    await context.hyperV(DURATION.setVm, () => setStartupMemory(context.host, vm, bytes));
  } catch (error) {
    if (vm.state === "off" || !(error instanceof HyperVError)) throw error;
    throw new AgentError(
      "vm_not_off",
      `Hyper-V did not add memory to the running VM: ${error.message}`,
      "gb_ram",
    );
  }
}

function gibibytes(count: number | null): number | null {
  return count === null ? null : count * GIBIBYTE;
}
