import { z } from "zod";
import {
  CLUSTER_NODE_STATES,
  CLUSTER_ROLE_STATES,
  HEARTBEATS,
  VM_ACTIVITIES,
  VM_STATES,
} from "@/lib/domain/inventory";
import { plainText } from "@/lib/domain/plain-text";
import { withoutUnread } from "./unread-vms";

/** What each operation of an agent gives (docs/agent-protocol.md, sections 2 and 4). */

const guid = z.string().regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, "is not a GUID in lower case");
/** Windows' longest path has so many characters, and nothing else that it names has more. */
const text = z.string().max(32_767, "is longer than any name or path");
/** As many characters as a KVP item of a guest can hold. */
const GUEST_TEXT_LENGTH = 1_024;
/**
 * What a guest says of itself: nobody vouches for it, and it is for people to read alone. It is cut and not refused,
 * so that no guest keeps its host from being read.
 */
const guestText = z
  .string()
  .transform((told) =>
    plainText(told.length > GUEST_TEXT_LENGTH ? `${told.slice(0, GUEST_TEXT_LENGTH - 1)}…` : told),
  );
const count = z.number().int().nonnegative();
const bytes = z.number().nonnegative();
const fingerprint = z.string().regex(/^[0-9a-f]{64}$/, "is not a SHA-256 in hex");

export const createdVm = z.object({ vm_id: guid, vm_name: text });
export const createdDisk = z.object({ disk_id: guid, path: text, size_gb: z.number().positive() });
export const createdNic = z.object({
  nic_id: text.min(1),
  adapter_name: text,
  mac_address: text.nullable(),
});
export const deletedVm = z.object({ deleted_files: z.array(text), kept_files: z.array(text) });
export const deletedDisk = z.object({ path: text, deleted: z.boolean() });
export const poweredVm = z.object({ vm_state: z.enum(VM_STATES) });
export const clusteredVm = z.object({ cluster: text });
export const deletionPlan = z.object({
  files: z.array(
    z.object({
      path: text,
      kind: z.enum(["disk", "media"]),
      size_bytes: bytes.nullable(),
      deletable: z.boolean(),
      code: text.nullable(),
      reason: text.nullable(),
    }),
  ),
  checkpoints: count,
  cluster_role: text.nullable(),
  state: z.enum(VM_STATES),
});
export const hostFindings = z.object({
  powershell_version: text,
  language_mode: text,
  hyperv_module: z.object({ problem: text.nullable() }),
  service: z.object({ status: text.nullable() }),
  rights: z.object({ problem: text.nullable() }).nullable(),
  share: z.object({ path: text, reached: z.boolean() }).nullable(),
  cluster: z.object({ problem: text.nullable() }).nullable(),
  resources: z.object({
    code: z.enum(["host_resources_missing", "host_resources_invalid"]).nullable(),
    problem: text.nullable(),
    missing_paths: z.array(text),
    missing_switches: z.array(text),
  }),
});
export const fileUse = z.object({
  node: text.min(1),
  files: z.array(
    z.object({
      vm_id: text,
      vm_name: text,
      drive_path: text,
      path: text,
      disk_id: text.nullable(),
      created: text.nullable(),
      problem: text.nullable(),
    }),
  ),
});
export const initializationBegun = z.object({
  vm_name: text,
  stale_key_fingerprint: fingerprint.nullable(),
});
export const guestStatus = z.object({
  vm_state: text,
  host_state: text.nullable(),
  guest_state: text.nullable(),
  key_fingerprint: fingerprint.nullable(),
  guest_error: text.nullable(),
});
export const finished = z.object({ removed: count });
export const nothing = z.object({});

const disk = z.object({
  disk_id: guid.nullable(),
  path: text,
  size_bytes: bytes.nullable(),
  file_bytes: bytes.nullable(),
});

const nic = z.object({
  nic_id: text.min(1),
  adapter_name: text,
  network: text.nullable(),
  virtual_switch: text.nullable(),
  vlan_id: count.nullable(),
  mac_address: text.nullable(),
  ip_addresses: z.array(guestText),
});

const vm = z.object({
  vm_id: guid,
  vm_name: text,
  state: z.enum(VM_STATES),
  activity: z.enum(VM_ACTIVITIES).nullable(),
  generation: count,
  cpu_cores: count,
  cpu_load_percent: count.nullable(),
  dynamic_memory: z.boolean(),
  memory_startup_bytes: bytes,
  memory_assigned_bytes: bytes,
  uptime_ms: bytes,
  notes: z.string(),
  cluster_role: z.object({ name: text, state: z.enum(CLUSTER_ROLE_STATES) }).nullable(),
  checkpoints: count,
  guest_os: guestText.nullable(),
  guest_host_name: guestText.nullable(),
  heartbeat: z.enum(HEARTBEATS).nullable(),
  disks: z.array(disk),
  nics: z.array(nic),
});
export const readVm = z.object({ vm });

const network = z.object({
  name: text,
  virtual_switch: text,
  virtual_switch_present: z.boolean(),
  vlan_id: count,
  ip_settings: z
    .object({
      gateway: text.nullable(),
      dns: text.nullable(),
      dns_secondary: text.nullable(),
      subnet_mask: text.nullable(),
      network_address: text.nullable(),
      dhcp_available: z.boolean().nullable(),
    })
    .nullable(),
});

export const inventory = z
  .object({
    host: z.object({
      computer_name: text,
      os_version: text,
      powershell_version: text,
      booted_at: z.iso.datetime(),
      logical_processors: count,
      memory_total_bytes: bytes,
      memory_available_bytes: bytes,
      cluster: text.nullable(),
      cluster_nodes: z.array(z.object({ name: text, state: z.enum(CLUSTER_NODE_STATES) })),
      virtual_machines_path: text.nullable(),
      storage_classes: z.array(
        z.object({
          name: text,
          path: text,
          capacity_bytes: bytes.nullable(),
          free_bytes: bytes.nullable(),
          shared: z.boolean(),
        }),
      ),
      networks: z.array(network),
      images: z.array(
        z.object({
          name: text,
          os_family: text.nullable(),
          description: text.nullable(),
          size_gb: z.number().nonnegative().nullable(),
          file_bytes: bytes.nullable(),
          provisioning_version: text.nullable(),
        }),
      ),
      resources_error: text.nullable(),
    }),
    vms: z.array(z.unknown()),
  })
  .transform(({ host, vms: told }) => ({ host, ...withoutUnread(told, vm) }));
