import type { AgentOperation } from "./agent-context";
import { createDisk, readDisks } from "./disk-agent";
import { deleteDisk, updateDisk } from "./disk-change";
import { readFiles } from "./file-use";
import { checkHost } from "./host-agent";
import {
  announceGuestConfig,
  beginInitialization,
  finishInitialization,
  guestStatus,
  publishGuestConfig,
} from "./initialization-agent";
import { readInventory } from "./inventory-agent";
import { createNic, readNics } from "./nic-agent";
import { deleteNic, updateNic } from "./nic-change";
import type { AgentName } from "./scripts";
import { createVm, readVm } from "./vm-agent";
import { addToCluster, removeFromCluster } from "./vm-cluster";
import { deleteVm } from "./vm-delete";
import { planDeletion } from "./vm-deletion-plan";
import { powerVm } from "./vm-power";
import { updateVm } from "./vm-update";

/** Every operation of docs/agent-protocol.md, section 4, by agent and name. */
export const OPERATIONS: Record<AgentName, ReadonlyMap<string, AgentOperation>> = {
  vm: new Map([
    ["create", createVm],
    ["read", readVm],
    ["update", updateVm],
    ["delete", deleteVm],
    ["deletion_plan", planDeletion],
    ["power", powerVm],
    ["cluster_add", addToCluster],
    ["cluster_remove", removeFromCluster],
  ]),
  disk: new Map([
    ["create", createDisk],
    ["read", readDisks],
    ["update", updateDisk],
    ["delete", deleteDisk],
  ]),
  nic: new Map([
    ["create", createNic],
    ["read", readNics],
    ["update", updateNic],
    ["delete", deleteNic],
  ]),
  initialization: new Map([
    ["begin", beginInitialization],
    ["status", guestStatus],
    ["publish", publishGuestConfig],
    ["announce", announceGuestConfig],
    ["finish", finishInitialization],
  ]),
  inventory: new Map([
    ["read", readInventory],
    ["files", readFiles],
  ]),
  host: new Map([["check", checkHost]]),
};
