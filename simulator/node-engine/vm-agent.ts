import { clusterNodes } from "../host/fleet";
import {
  availableMemoryBytes,
  newVm,
  removeAdapter,
  setProcessorCount,
  setSecureBootTemplate,
} from "../host/virtual-machines";
import { joinPath } from "../host/windows-path";
import { type AgentContext, type AgentOutputs, requireVm } from "./agent-context";
import { AgentError } from "./agent-error";
import { DURATION } from "./durations";
import { readHostResources } from "./host-resources";
import { markStep } from "./notes-marker";
import { vmRecords } from "./records";

const GIBIBYTE = 2 ** 30;

/** Counterpart of `vm/create`. */
export async function createVm(context: AgentContext): Promise<AgentOutputs> {
  const { fleet, host, spec, events } = context;
  const name = spec.text("vm_name");
  const gigabytes = spec.positiveInteger("gb_ram");
  const cores = spec.positiveInteger("cpu_cores");
  const family = spec.choice("os_family", ["windows", "linux"], true);
  const resources = readHostResources(fleet, host);
  await context.work(DURATION.getVm);
  requirePossibleName(name);
  requireFreeName(context, name);
  if (cores > host.logicalProcessors) {
    throw new AgentError(
      "invalid_request",
      `${host.computerName} has ${host.logicalProcessors} logical processors.`,
      "cpu_cores",
    );
  }
  if (gigabytes * GIBIBYTE > availableMemoryBytes(host)) {
    const free = Math.floor(availableMemoryBytes(host) / GIBIBYTE);
    throw new AgentError(
      "insufficient_memory",
      `${host.computerName} has ${free} GB of memory left, less than ${gigabytes} GB.`,
      "gb_ram",
    );
  }

  events.event("information", `Creating the VM ${name} with ${gigabytes} GB of memory.`);
  const vm = await context.hyperV(DURATION.newVm, () => {
    requireFreeName(context, name);
    const created = newVm(host, {
      name,
      memoryStartupBytes: gigabytes * GIBIBYTE,
      path: joinPath(resources.virtual_machines_path, name),
    });
    markStep(context, created);
    return created;
  });
  await context.hyperV(DURATION.setVm, () => {
    for (const adapter of vm.adapters) removeAdapter(vm, adapter.id);
    setProcessorCount(host, vm, cores);
    setSecureBootTemplate(
      vm,
      family === "windows" ? "MicrosoftWindows" : "MicrosoftUEFICertificateAuthority",
    );
  });
  events.event("information", `Created the VM ${name} (${vm.id}).`);
  return { vm_id: vm.id, vm_name: vm.name };
}

/** Counterpart of `vm/read`. */
export async function readVm(context: AgentContext): Promise<AgentOutputs> {
  await context.work(DURATION.getVm);
  const [vm] = vmRecords(context.fleet, context.host, [requireVm(context)]);
  return { vm };
}

/** Hyper-V names a folder after the VM. */
function requirePossibleName(name: string): void {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: Windows forbids them in names of folders.
  if (name.length <= 100 && !/[\\/:*?"<>|\x00-\x1f]|^[ .]|[ .]$/.test(name)) return;
  throw new AgentError(
    "invalid_request",
    "The name of a VM has at most 100 characters and must be possible as the name of a folder.",
    "vm_name",
  );
}

function requireFreeName(context: AgentContext, name: string): void {
  for (const node of clusterNodes(context.fleet, context.host)) {
    for (const vm of node.vms.values()) {
      if (vm.name.toLowerCase() !== name.toLowerCase()) continue;
      throw new AgentError(
        "vm_name_taken",
        `${node.computerName} has a VM with the name ${vm.name} already.`,
        "vm_name",
      );
    }
  }
}
