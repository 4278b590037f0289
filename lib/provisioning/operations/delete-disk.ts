import type { DeletedDisk } from "@/lib/domain/deletion";
import type { Change, Operation } from "../operation";
import { askOtherNodes, type OtherNodes, withUnanswered } from "../other-nodes";
import type { ServiceParts } from "../prepared-job";
import { stateRefusals } from "../state-check";
import type { DiskTarget } from "../target";
import { diskOf, fileName, versionOfDiskIn, vmIn } from "../vm-parts";

/** A disk is taken out of its VM, with its file or without it. */
export function deleteDisk(
  parts: ServiceParts,
  { disk_id, ...target }: DiskTarget,
  { delete_file }: { delete_file: boolean },
): Operation<DeletedDisk> {
  const { inventory, hypervisor } = parts;
  const { host, vm_id, vm_name } = target;
  const { path } = diskOf(inventory.vm(vm_id), disk_id);
  let others: OtherNodes = { answers: [], unanswered: [] };
  const change = (deleted: boolean | null): Change => {
    return { vm: { vm_id, vm_name }, outputs: { disk_id, path, deleted, vm_id }, created: [] };
  };
  return {
    kind: "disk.delete",
    target,
    request: { delete_file },
    versionOf: (vm) => versionOfDiskIn(vm, disk_id),
    refusals: () => stateRefusals("disk_remove", inventory.vm(vm_id), ""),
    intent: `Removing disk ${fileName(path)} from VM ${vm_name} on ${host}, ${delete_file ? "with" : "without"} its file.`,
    beforehand: async (call) => {
      if (delete_file) others = await askOtherNodes(parts, host, call);
    },
    send: async (call) => {
      try {
        const deletion = { delete_file, other_nodes: others.answers };
        return await hypervisor.deleteDisk(host, vm_id, disk_id, deletion, call);
      } catch (thrown) {
        throw withUnanswered(thrown, others);
      }
    },
    done: ({ deleted }) => ({
      ...change(deleted),
      words: deleted ? `The disk is deleted: ${path}.` : `The disk is removed; its file stays: ${path}.`,
    }),
    evidence: () => ({
      find: ({ vms }) => {
        const vm = vmIn(vms, vm_id);
        if (vm === undefined || vm.disks.some((disk) => disk.path.toLowerCase() === path.toLowerCase()))
          return null;
        return change(delete_file ? null : false);
      },
      absence: `VM ${vm_name} still has the disk`,
    }),
  };
}
