import { type FieldValues, numberField } from "@/lib/domain/field-values";
import type { CreatedDisk } from "@/lib/domain/hypervisor";
import { GB } from "@/lib/domain/units";
import type { Change, Operation } from "../operation";
import type { ServiceParts } from "../prepared-job";
import type { Refusal } from "../refusal";
import { stateRefusals } from "../state-check";
import type { DiskTarget } from "../target";
import { diskOf, fileName, versionOfDiskIn, vmIn } from "../vm-parts";

/** A disk grows. */
export function updateDisk(
  { hypervisor, inventory }: ServiceParts,
  { disk_id, ...target }: DiskTarget,
  request: FieldValues,
): Operation<CreatedDisk> {
  const { host, vm_id, vm_name } = target;
  const wanted = numberField(request, "size_gb");
  const name = fileName(diskOf(inventory.vm(vm_id), disk_id).path);
  const change = (path: string, size_gb: number): Change => ({
    vm: { vm_id, vm_name },
    outputs: { disk_id, path, size_gb, vm_id },
    created: [],
  });
  return {
    kind: "disk.update",
    target,
    request,
    versionOf: (vm) => versionOfDiskIn(vm, disk_id),
    refusals: () => {
      const vm = inventory.vm(vm_id);
      const size = diskOf(vm, disk_id).size_bytes;
      if (wanted === null || size === null || size === wanted * GB) return [];
      return wanted * GB < size ? [shrinks(size)] : stateRefusals("disk_grow", vm, "/size_gb");
    },
    intent: `Growing disk ${name} of VM ${vm_name} on ${host} to ${wanted} GB.`,
    send: (call) => hypervisor.updateDisk(host, vm_id, disk_id, request, call),
    done: ({ path, size_gb }) => ({ ...change(path, size_gb), words: `Disk ${name} has ${size_gb} GB.` }),
    evidence: () => ({
      find: ({ vms }) => {
        const vm = vmIn(vms, vm_id);
        const disk = vm?.disks.find((candidate) => candidate.disk_id === disk_id);
        if (disk === undefined || disk.size_bytes !== (wanted ?? 0) * GB) return null;
        return change(disk.path, disk.size_bytes / GB);
      },
      // What a fixed disk gains is written in full, which can take longer than any read waits.
      absence: null,
    }),
  };
}

function shrinks(size: number): Refusal {
  const message = `The disk has ${Math.ceil(size / GB)} GB, and cannot be made smaller.`;
  return { code: "disk_would_shrink", pointer: "/size_gb", message };
}
