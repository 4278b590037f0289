import { diskDeletionQuery } from "@/lib/http/query";
import { type ApiOperation, refreshableRead, submission } from "../api-operation";

export const diskOperations: readonly ApiOperation[] = [
  refreshableRead({
    path: "/vms/{vm_id}/disks",
    id: "listDisks",
    tag: "disks",
    summary: "List a VM's disks",
    view: "DiskList",
  }),
  submission({
    path: "/vms/{vm_id}/disks",
    id: "createDisk",
    tag: "disks",
    summary: "Add a disk to a VM",
    description:
      "A blank one, or a copy of an image of the host. The job's outputs hold `disk_id` and `path`.",
    body: { target: "disk" },
    problems: [
      "vm_not_found",
      "vm_not_off",
      "image_not_found",
      "disk_smaller_than_image",
      "storage_class_not_found",
      "storage_full",
    ],
  }),
  refreshableRead({
    path: "/vms/{vm_id}/disks/{disk_id}",
    id: "getDisk",
    tag: "disks",
    summary: "Read a disk",
    view: "VmDisk",
    problems: ["disk_not_found"],
  }),
  submission({
    method: "PATCH",
    path: "/vms/{vm_id}/disks/{disk_id}",
    id: "updateDisk",
    tag: "disks",
    summary: "Change a disk",
    description: "It can grow, never shrink.",
    body: { update: "disk" },
    conditional: true,
    problems: ["vm_not_found", "disk_not_found", "vm_not_off", "vm_has_checkpoints", "disk_would_shrink"],
  }),
  submission({
    method: "DELETE",
    path: "/vms/{vm_id}/disks/{disk_id}",
    id: "deleteDisk",
    tag: "disks",
    summary: "Remove a disk from its VM",
    query: diskDeletionQuery,
    conditional: true,
    problems: ["vm_not_found", "disk_not_found", "vm_not_off", "vm_has_checkpoints"],
  }),
];
