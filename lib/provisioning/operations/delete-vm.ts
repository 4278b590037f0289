import type { DeletedVm } from "@/lib/domain/deletion";
import type { JsonValue } from "@/lib/domain/json";
import type { Change, Operation } from "../operation";
import { askOtherNodes, type OtherNodes, withUnanswered } from "../other-nodes";
import type { ServiceParts } from "../prepared-job";
import { stateRefusals } from "../state-check";
import type { ExistingTarget } from "../target";
import { versionOfVm } from "../version";

export interface VmDeletionRequest {
  delete_files: boolean;
  turn_off: boolean;
  /** The unfinished deployment that the VM must be of. */
  deployment_id?: string;
}

/** A VM goes, with its files or without them. */
export function deleteVm(
  parts: ServiceParts,
  target: ExistingTarget,
  request: VmDeletionRequest,
): Operation<DeletedVm> {
  const { delete_files, turn_off } = request;
  const { inventory, hypervisor } = parts;
  const { host, vm_id, vm_name } = target;
  let others: OtherNodes = { answers: [], unanswered: [] };
  const gone = (files: Record<string, JsonValue>): Change => {
    return { vm: null, outputs: { vm_id, vm_name, ...files }, created: [] };
  };
  return {
    kind: "vm.delete",
    target,
    request: { ...request },
    versionOf: versionOfVm,
    refusals: () => {
      const vm = inventory.vm(vm_id);
      return stateRefusals("delete", turn_off ? { ...vm, state: "off" } : vm, "");
    },
    intent: `Deleting VM ${vm_name} on ${host}, ${delete_files ? "with" : "without"} its files.`,
    beforehand: async (call) => {
      if (delete_files) others = await askOtherNodes(parts, host, call);
    },
    send: async (call) => {
      try {
        return await hypervisor.deleteVm(host, vm_id, { ...request, other_nodes: others.answers }, call);
      } catch (thrown) {
        throw withUnanswered(thrown, others);
      }
    },
    done: ({ deleted_files, kept_files }) => ({
      ...gone({ deleted_files, kept_files }),
      words: `VM ${vm_name} is deleted. ${wordsFor(deleted_files, kept_files)}`,
    }),
    evidence: () => ({
      find: ({ vms }) => {
        const isHere = vms.some((vm) => vm.vm_id === vm_id);
        // It can have moved meanwhile.
        const isElsewhere = inventory
          .vms()
          .some((vm) => vm.vm_id === vm_id && vm.host !== host && vm.missing_since === null);
        return isHere || isElsewhere ? null : gone({ deleted_files: null, kept_files: null });
      },
      absence: `VM ${vm_name} still exists`,
      next: "Look at the VM: it can have been turned off, and taken out of its cluster. Then delete it again.",
    }),
  };
}

function wordsFor(deleted: readonly string[], kept: readonly string[]): string {
  if (deleted.length + kept.length === 0) return "It had no files.";
  return kept.length > 0 ? `Its files stay: ${kept.join(", ")}.` : `So are its files: ${deleted.join(", ")}.`;
}
