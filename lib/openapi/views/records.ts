import { z } from "zod";
import type { ClusterNodeView } from "@/lib/domain/cluster";
import {
  CLUSTER_NODE_STATES,
  CLUSTER_ROLE_STATES,
  type ClusterNodeRecord,
  type ClusterRoleRecord,
  type DiskRecord,
  HEARTBEATS,
  type HostRecord,
  type ImageRecord,
  type NetworkRecord,
  type NicRecord,
  type StorageClassRecord,
  VM_ACTIVITIES,
  VM_STATES,
} from "@/lib/domain/inventory";
import { bytes, count, moment } from "./values";
import { viewOf } from "./view-of";

/** What a host says of itself and of its VMs (lib/domain/inventory.ts). */

export const vmState = z.enum(VM_STATES);
export const vmActivity = z
  .enum(VM_ACTIVITIES)
  .describe("What Hyper-V is at with the VM, beside running it.");
export const heartbeat = z
  .enum(HEARTBEATS)
  .describe("The guest's heartbeat: `no_contact` since its start, `lost` after there was one.");

export const clusterRole = viewOf<ClusterRoleRecord>()(
  z
    .object({ name: z.string(), state: z.enum(CLUSTER_ROLE_STATES) })
    .describe("The VM's role (cluster group) in its host's failover cluster."),
);

export const disk = viewOf<DiskRecord>()(
  z
    .object({
      disk_id: z
        .string()
        .nullable()
        .describe("The VHDX file's own identifier, in lower case; null where the file could not be read."),
      path: z.string(),
      size_bytes: bytes.nullable().describe("Virtual size; null where the file could not be read."),
      file_bytes: bytes.nullable().describe("What the file takes on its volume."),
    })
    .describe("A virtual hard disk of a VM."),
);

export const nic = viewOf<NicRecord>()(
  z
    .object({
      nic_id: z.string(),
      adapter_name: z.string(),
      network: z
        .string()
        .nullable()
        .describe("The host's network whose switch and VLAN match; null: none does."),
      virtual_switch: z.string().nullable(),
      vlan_id: count.nullable(),
      mac_address: z
        .string()
        .nullable()
        .describe("As `00-15-5D-…`; null until the first start gives a dynamic one."),
      ip_addresses: z.array(z.string()).describe("As the guest tells them."),
    })
    .describe("A network adapter of a VM."),
);

export const storageClass = viewOf<StorageClassRecord>()(
  z.object({
    name: z.string(),
    path: z.string(),
    capacity_bytes: bytes.nullable().describe("null: the path could not be read."),
    free_bytes: bytes.nullable(),
    shared: z.boolean().describe("On a cluster shared volume."),
  }),
);

export const network = viewOf<NetworkRecord>()(
  z.object({
    name: z.string(),
    virtual_switch: z.string(),
    virtual_switch_present: z.boolean().describe("Whether the host has a virtual switch of that name."),
    vlan_id: count,
    ip_settings: z
      .object({
        gateway: z.string().nullable(),
        dns: z.string().nullable(),
        dns_secondary: z.string().nullable(),
        subnet_mask: z.string().nullable(),
        network_address: z.string().nullable(),
        dhcp_available: z.boolean().nullable(),
      })
      .nullable(),
  }),
);

export const image = viewOf<ImageRecord>()(
  z.object({
    name: z.string(),
    os_family: z.string().nullable(),
    description: z.string().nullable(),
    size_gb: z
      .number()
      .nullable()
      .describe("Virtual size in whole GB: a disk made from the image cannot be smaller."),
    file_bytes: bytes.nullable(),
    provisioning_version: z.string().nullable().describe("What the image's provisioning agent expects."),
  }),
);

export const clusterNodeState = z.enum(CLUSTER_NODE_STATES);

const clusterNode = { name: z.string().describe("The node's computer name."), state: clusterNodeState };

export const clusterNodeView = viewOf<ClusterNodeView>()(
  z.object({
    ...clusterNode,
    host: z.string().nullable().describe("Its configured name; null: AetherV's configuration has none."),
  }),
);

export const hostRecord = viewOf<HostRecord>()(
  z
    .object({
      computer_name: z.string(),
      os_version: z.string(),
      powershell_version: z.string(),
      booted_at: moment,
      logical_processors: count,
      memory_total_bytes: bytes,
      memory_available_bytes: bytes,
      cluster: z.string().nullable().describe("The failover cluster's name; null: standalone."),
      cluster_nodes: z.array(viewOf<ClusterNodeRecord>()(z.object(clusterNode))),
      virtual_machines_path: z.string().nullable(),
      storage_classes: z.array(storageClass),
      networks: z.array(network),
      images: z.array(image),
      resources_error: z
        .string()
        .nullable()
        .describe("Why the host's resources file could not be read; null: it could."),
    })
    .describe("What the host last said of itself."),
);
