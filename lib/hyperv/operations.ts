import type { z } from "zod";
import type { Agent } from "@/lib/agents/agent-call";
import type { Lane } from "./call-queue";
import type { DeadlineName } from "./deadlines";
import * as outputs from "./outputs";

/** One operation of an agent (docs/agent-protocol.md section 4), and how a host is asked for it. */
export interface AgentOperation<Outputs extends z.ZodType> {
  agent: Agent;
  operation: string;
  lane: Lane;
  deadline: DeadlineName;
  outputs: Outputs;
}

const initialization = {
  agent: "initialization",
  lane: "mutation",
  deadline: "initialization",
} as const;

export const OPERATIONS = {
  createVm: {
    agent: "vm",
    operation: "create",
    lane: "mutation",
    deadline: "vm_create",
    outputs: outputs.createdVm,
  },
  updateVm: {
    agent: "vm",
    operation: "update",
    lane: "mutation",
    deadline: "vm_update",
    outputs: outputs.createdVm,
  },
  planVmDeletion: {
    agent: "vm",
    operation: "deletion_plan",
    lane: "read",
    deadline: "inventory",
    outputs: outputs.deletionPlan,
  },
  deleteVm: {
    agent: "vm",
    operation: "delete",
    lane: "mutation",
    deadline: "vm_delete",
    outputs: outputs.deletedVm,
  },
  powerVm: {
    agent: "vm",
    operation: "power",
    lane: "mutation",
    deadline: "vm_power",
    outputs: outputs.poweredVm,
  },
  /** The same operation where it waits for the guest: for minutes, and in nobody's way. */
  shutDownGuest: {
    agent: "vm",
    operation: "power",
    lane: "guest",
    deadline: "vm_power",
    outputs: outputs.poweredVm,
  },
  addToCluster: {
    agent: "vm",
    operation: "cluster_add",
    lane: "mutation",
    deadline: "vm_cluster",
    outputs: outputs.clusteredVm,
  },
  removeFromCluster: {
    agent: "vm",
    operation: "cluster_remove",
    lane: "mutation",
    deadline: "vm_cluster",
    outputs: outputs.nothing,
  },
  readVm: { agent: "vm", operation: "read", lane: "read", deadline: "read", outputs: outputs.readVm },
  createDisk: {
    agent: "disk",
    operation: "create",
    lane: "mutation",
    deadline: "disk_create",
    outputs: outputs.createdDisk,
  },
  /** The same operation where it copies an image, which takes long and stands in nobody's way. */
  cloneDisk: {
    agent: "disk",
    operation: "create",
    lane: "copy",
    deadline: "disk_create",
    outputs: outputs.createdDisk,
  },
  updateDisk: {
    agent: "disk",
    operation: "update",
    lane: "mutation",
    deadline: "disk_update",
    outputs: outputs.createdDisk,
  },
  deleteDisk: {
    agent: "disk",
    operation: "delete",
    lane: "mutation",
    deadline: "disk_delete",
    outputs: outputs.deletedDisk,
  },
  createNic: {
    agent: "nic",
    operation: "create",
    lane: "mutation",
    deadline: "nic_create",
    outputs: outputs.createdNic,
  },
  updateNic: {
    agent: "nic",
    operation: "update",
    lane: "mutation",
    deadline: "nic_update",
    outputs: outputs.createdNic,
  },
  deleteNic: {
    agent: "nic",
    operation: "delete",
    lane: "mutation",
    deadline: "nic_delete",
    outputs: outputs.nothing,
  },
  begin: { ...initialization, operation: "begin", outputs: outputs.initializationBegun },
  status: {
    agent: "initialization",
    operation: "status",
    lane: "read",
    deadline: "read",
    outputs: outputs.guestStatus,
  },
  publish: { ...initialization, operation: "publish", outputs: outputs.nothing },
  announce: { ...initialization, operation: "announce", outputs: outputs.nothing },
  finish: { ...initialization, operation: "finish", outputs: outputs.finished },
  readInventory: {
    agent: "inventory",
    operation: "read",
    lane: "read",
    deadline: "inventory",
    outputs: outputs.inventory,
  },
  readFileUse: {
    agent: "inventory",
    operation: "files",
    lane: "read",
    deadline: "inventory",
    outputs: outputs.fileUse,
  },
  checkHost: {
    agent: "host",
    operation: "check",
    lane: "check",
    deadline: "host_check",
    outputs: outputs.hostFindings,
  },
} as const satisfies Record<string, AgentOperation<z.ZodType>>;
