import { GIBIBYTE } from "../host/bytes";
import { DURATION } from "../host/durations";
import { newVm } from "../host/virtual-machines";
import { joinPath } from "../host/windows-path";
import { type AgentContext, type AgentOutputs, requireVm } from "./agent-context";
import { readHostResources } from "./host-resources";
import { markStep } from "./notes-marker";
import { vmRecords } from "./records";
import { requireFolderName, requireFreeName, requireMemory, requireProcessors } from "./vm-checks";
import { completeVm, setHardware } from "./vm-hardware";

/** Counterpart of `vm/create`. */
export async function createVm(context: AgentContext): Promise<AgentOutputs> {
  const { fleet, host, spec, events } = context;
  const name = spec.text("vm_name");
  const gigabytes = spec.positiveInteger("gb_ram");
  const cores = spec.positiveInteger("cpu_cores");
  const family = spec.choice("os_family", ["windows", "linux"], true);
  const resources = readHostResources(fleet, host);
  await context.work(DURATION.getVm);
  const hardware = { memoryBytes: gigabytes * GIBIBYTE, cores, family };
  if (spec.optionalText("deployment_id") !== null) return completeVm(context, hardware);
  requireFolderName(name, "vm_name");
  requireFreeName(context, name);
  requireProcessors(host, cores);
  requireMemory(host, gigabytes * GIBIBYTE);

  events.event("information", `Creating the VM ${name}.`);
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
  await setHardware(context, vm, hardware);
  events.event("information", `Created the VM ${name} (${vm.id}).`);
  return { vm_id: vm.id, vm_name: vm.name };
}

/** Counterpart of `vm/read`. */
export async function readVm(context: AgentContext): Promise<AgentOutputs> {
  await context.work(DURATION.getVm);
  const [vm] = vmRecords(context.fleet, context.host, [requireVm(context)]);
  return { vm };
}
