import { z } from "zod";
import type { ClusterView } from "@/lib/domain/cluster";
import type { DeletionPlan, PlannedFile } from "@/lib/domain/deletion";
import type {
  HostView,
  InventoryChanges,
  RefreshCost,
  UnreadVm,
  VmSummary,
  VmView,
} from "@/lib/domain/inventory";
import {
  clusterNodeView,
  clusterRole,
  disk,
  heartbeat,
  hostRecord,
  nic,
  storageClass,
  vmActivity,
  vmState,
} from "./records";
import { bytes, count, hostName, milliseconds, moment, vmId } from "./values";
import { viewOf } from "./view-of";

const refreshCost = viewOf<RefreshCost>()(
  z
    .object({
      duration_ms: milliseconds,
      round_trips: count.describe("Requests to the host's WinRM endpoint."),
      received_bytes: bytes,
    })
    .describe("What the last good read of the host cost."),
);

const unreadVm = viewOf<UnreadVm>()(
  z
    .object({
      vm_id: vmId.nullable().describe("null: not even that could be read."),
      vm_name: z.string().nullable(),
      reason: z.string().describe("Which member of what the host said is wrong, and in what way."),
    })
    .describe("A VM that its host tells of in a way that cannot be read."),
);

export const hostView = viewOf<HostView>()(
  z
    .object({
      name: hostName.describe("The configured name: what `target_host` takes."),
      address: z.string(),
      state: z.enum(["pending", "online", "unreachable"]),
      as_of: moment.nullable().describe("When `record` was read; null: never yet."),
      age_ms: milliseconds.nullable(),
      error: z
        .object({ code: z.string(), message: z.string(), next: z.string(), since: moment })
        .nullable()
        .describe("Why the last read failed; null: it did not."),
      record: hostRecord.nullable(),
      vm_count: count,
      unread_vms: z
        .array(unreadVm)
        .readonly()
        .describe("VMs of its last good read that could not be read; the first hundred of them."),
      committed_vcpus: count.describe("Virtual processors of its VMs that are not off or saved."),
      refresh: refreshCost.nullable(),
      next_read_at: moment.nullable(),
    })
    .describe("A host: what it last said, however old, with its age and what is wrong."),
);

/** How old what is told of a VM is. */
const age = {
  as_of: moment.describe("When the host was read."),
  age_ms: milliseconds,
  stale: z.boolean().describe("The host does not answer: this is what it said last."),
};

const common = {
  vm_id: vmId,
  vm_name: z.string(),
  state: vmState,
  activity: vmActivity.nullable(),
  generation: count,
  cpu_cores: count,
  cpu_load_percent: z.number().nullable().describe("null while the VM does not run."),
  memory_startup_bytes: bytes,
  memory_assigned_bytes: bytes,
  uptime_ms: milliseconds,
  guest_os: z.string().nullable().describe("As the guest tells it; null: it tells none."),
  heartbeat: heartbeat.nullable(),
  cluster_role: clusterRole.nullable(),
  checkpoints: count.describe("How many the VM has."),
  host: hostName,
  missing_since: moment
    .nullable()
    .describe(
      "Since when its host has it no more, and where it went is not known yet; null: its host has it.",
    ),
  also_on: z
    .array(hostName)
    .describe(
      "Other hosts that keep telling of a VM with this id, a replica say: nothing is done with it then.",
    ),
};

export const vmView = viewOf<VmView>()(
  z
    .object({
      ...common,
      dynamic_memory: z.boolean(),
      notes: z.string(),
      guest_host_name: z.string().nullable().describe("The guest's own name for itself."),
      disks: z.array(disk),
      nics: z.array(nic),
      cluster: z.string().nullable().describe("The failover cluster of its host; null: none."),
      ...age,
    })
    .describe("A VM as its host last told of it, with the age of that."),
);

export const vmSummary = viewOf<VmSummary>()(
  z
    .object({
      ...common,
      networks: z.array(z.string()),
      ip_addresses: z.array(z.string()),
      disk_count: count,
      disk_bytes: bytes.describe("Sum of the virtual sizes."),
      note: z.string().describe("The first line of the VM's notes."),
    })
    .describe("What a list needs of a VM; how old it is, its host says."),
);

export const inventoryChanges = viewOf<InventoryChanges>()(
  z.object({
    revision: z.string().describe("The `since` of the next request."),
    complete: z.boolean().describe("This is everything, and replaces whatever was known."),
    hosts: z.array(hostView),
    vms: z.array(vmSummary),
    removed_vms: z.array(vmId).describe("VMs that are gone."),
  }),
);

export const clusterView = viewOf<ClusterView>()(
  z
    .object({
      name: z.string(),
      nodes: z.array(clusterNodeView),
      vm_count: count,
      memory_total_bytes: bytes,
      memory_available_bytes: bytes,
      logical_processors: count,
      committed_vcpus: count,
      storage_classes: z.array(storageClass).describe("Those on shared volumes, each path once."),
      as_of: moment.nullable().describe("When the oldest of its hosts' data was read."),
    })
    .describe("A failover cluster. Sums are of those of its nodes that are configured hosts."),
);

/** Whose part it is, and how old what is told of it is. */
const origin = { vm_id: vmId, host: hostName, ...age };

export const vmDisk = disk.extend(origin).describe("A virtual hard disk, and whose it is.");
export const diskList = z.object({ ...origin, disks: z.array(disk) });
export const vmNic = nic.extend(origin).describe("A network adapter, and whose it is.");
export const nicList = z.object({ ...origin, nics: z.array(nic) });

const plannedFile = viewOf<PlannedFile>()(
  z.object({
    path: z.string(),
    kind: z.enum(["disk", "media"]).describe("`media`: the VM's own copy of the provisioning media."),
    size_bytes: bytes.nullable(),
    deletable: z.boolean(),
    code: z.string().nullable().describe("What deleting the VM with its files would fail with."),
    reason: z.string().nullable(),
  }),
);

export const deletionPlan = viewOf<DeletionPlan & { next: string | null }>()(
  z
    .object({
      files: z.array(plannedFile),
      checkpoints: count.describe("As long as it has any, a VM is not deleted."),
      cluster_role: z.string().nullable().describe("The role that goes first; null: it has none."),
      state: vmState,
      next: z
        .string()
        .nullable()
        .describe("What to do about nodes that did not say which files they use; null: all did."),
    })
    .describe("What deleting a VM with its files would do now."),
);

export const vmList = z.object({
  vms: z.array(vmView),
  total: count.describe("What matches, before paging."),
});
export const hostList = z.object({ hosts: z.array(hostView) });
export const clusterList = z.object({ clusters: z.array(clusterView) });
export const nameCheck = z.object({
  name: z.string(),
  available: z.boolean(),
  message: z.string().nullable().describe("Why the name is not to be had; null: it is."),
});
