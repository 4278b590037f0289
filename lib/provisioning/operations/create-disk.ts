import { type FieldValues, numberField, textField } from "@/lib/domain/field-values";
import type { CreatedDisk } from "@/lib/domain/hypervisor";
import type { VmRecord } from "@/lib/domain/inventory";
import { GB } from "@/lib/domain/units";
import type { Change, Operation } from "../operation";
import { askOtherNodes, type OtherNodes, withUnanswered } from "../other-nodes";
import type { ServiceParts } from "../prepared-job";
import { stateRefusals } from "../state-check";
import type { ExistingTarget, StepOptions } from "../target";
import { fileName, vmIn } from "../vm-parts";

/**
 * A new disk of a VM: a clone of `image_name`, else blank. It is the one that the VM did not have before. Where an
 * unfinished deployment goes on, it takes the place of the half that was copied the last time.
 */
export function createDisk(
  parts: ServiceParts,
  target: ExistingTarget,
  request: FieldValues,
  step?: StepOptions,
): Operation<CreatedDisk> {
  const { preflight, hypervisor, inventory } = parts;
  const { host, vm_id, vm_name } = target;
  const image = textField(request, "image_name");
  const source = image === null ? "a blank disk" : `a disk from image ${image}`;
  const size = numberField(request, "size_gb");
  const continued = step?.continues === true ? step.deployment.deployment_id : null;
  let others: OtherNodes = { answers: [], unanswered: [] };
  return {
    kind: "disk.create",
    target,
    request,
    refusals: () => [
      ...stateRefusals("disk_add", inventory.vm(vm_id), ""),
      ...preflight.disk(host, request, null),
    ],
    intent: `Creating ${source} of ${size} GB for VM ${vm_name} on ${host}.`,
    beforehand: async (call) => {
      if (continued !== null) others = await askOtherNodes(parts, host, call);
    },
    send: async (call) => {
      if (continued === null) return hypervisor.createDisk(host, vm_id, request, call);
      const replacing = { ...request, deployment_id: continued, other_nodes: others.answers };
      try {
        return await hypervisor.createDisk(host, vm_id, replacing, call);
      } catch (thrown) {
        throw withUnanswered(thrown, others);
      }
    },
    done: (disk) => ({ ...change(target, disk), words: `The disk exists and is attached: ${disk.path}.` }),
    evidence: () => {
      const disksIn = (vms: readonly VmRecord[]) => vmIn(vms, vm_id)?.disks ?? [];
      const before = new Set(disksIn(inventory.vms()).map(({ path }) => path.toLowerCase()));
      return {
        find: ({ vms }) => {
          const disk = disksIn(vms).find(({ path }) => !before.has(path.toLowerCase()));
          if (disk === undefined) return null;
          const { disk_id, path, size_bytes } = disk;
          return change(target, { disk_id, path, size_gb: size_bytes === null ? null : size_bytes / GB });
        },
        // An image may be copied for longer than any wait for a read.
        absence: image === null ? `a new disk of VM ${vm_name} does not exist` : null,
      };
    },
  };
}

/** @param disk as the agent gave it, or as far as a read of the host shows it */
function change(
  { host, vm_id, vm_name }: ExistingTarget,
  disk: { disk_id: string | null; path: string; size_gb: number | null },
): Change {
  const name = fileName(disk.path);
  return {
    vm: { vm_id, vm_name },
    outputs: { disk_id: disk.disk_id, path: disk.path, size_gb: disk.size_gb, vm_id },
    created: [{ kind: "disk", id: disk.disk_id ?? disk.path, name, host, path: disk.path }],
  };
}
