import { removeClusterRole } from "../host/cluster";
import { DURATION } from "../host/durations";
import type { VirtualMachine } from "../host/model";
import { removeVm } from "../host/virtual-machines";
import { type AgentContext, type AgentOutputs, requireState, requireVm } from "./agent-context";
import { AgentError } from "./agent-error";
import { readHostResources } from "./host-resources";
import { deleteOwnFile, ownFiles, requireNoCheckpoint, requireOwnFile, surroundingOf } from "./own-files";
import { halfMadeDisk } from "./unfinished-deployment";

/** Counterpart of `vm/delete`. */
export async function deleteVm(context: AgentContext): Promise<AgentOutputs> {
  const { fleet, host, spec } = context;
  const vm = requireVm(context);
  const deletesFiles = spec.requiredFlag("delete_files");
  await context.work(DURATION.getVm);
  if (!spec.flag("turn_off")) requireState(vm, ["off"], "without turn_off it can be deleted", "vm_id");
  const half = halfMadeDisk(context, vm);
  const files = [...ownFiles(host, vm), ...(half === null ? [] : [half])];
  requireNoCheckpoint(files, "vm_id");
  if (vm.checkpoints.length > 0) {
    throw new AgentError("vm_has_checkpoints", `The VM ${vm.name} has checkpoints.`, "vm_id");
  }
  if (!deletesFiles) {
    await remove(context, vm);
    return { deleted_files: [], kept_files: files };
  }
  const resources = readHostResources(fleet, host);
  const surrounding = await surroundingOf(context, vm, files, resources);
  for (const file of files) {
    requireOwnFile(context, file, surrounding, "delete_files", { isHalfMade: file === half });
  }
  await remove(context, vm);
  const left: string[] = [];
  for (const file of files) if (!(await deleteOwnFile(context, file))) left.push(file);
  if (left.length === 0) return { deleted_files: files, kept_files: [] };
  throw new AgentError(
    "files_left",
    `The VM is gone, but these of its files could not be deleted: ${left.join(", ")}`,
  );
}

/** Takes a VM out of the cluster, turns it off and removes it; its files stay. */
async function remove(context: AgentContext, vm: VirtualMachine): Promise<void> {
  const { fleet, host, events } = context;
  if (vm.clustered) {
    events.event("information", "Removing the role of the VM from the cluster.");
    await context.hyperV(DURATION.changeCluster, () => removeClusterRole(vm));
  }
  if (vm.state !== "off" && vm.state !== "saved") {
    events.event("information", `Turning the VM ${vm.name} off.`);
    await context.hyperV(DURATION.changePower, () => fleet.power.turnOffVm(host, vm));
  }
  events.event("information", `Removing the VM ${vm.name}.`);
  await context.hyperV(DURATION.removeVm, () => removeVm(host, vm));
}
