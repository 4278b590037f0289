import type { AgentOperation } from "./agent-context";
import { createDisk, readDisks } from "./disk-agent";
import {
  announceGuestConfig,
  beginInitialization,
  finishInitialization,
  guestStatus,
  publishGuestConfig,
} from "./initialization-agent";
import { readInventory } from "./inventory-agent";
import { createNic, readNics } from "./nic-agent";
import type { AgentName } from "./scripts";
import { createVm, readVm } from "./vm-agent";

/** Every operation of docs/agent-protocol.md, section 4, by agent and name. */
export const OPERATIONS: Record<AgentName, ReadonlyMap<string, AgentOperation>> = {
  vm: new Map([
    ["create", createVm],
    ["read", readVm],
  ]),
  disk: new Map([
    ["create", createDisk],
    ["read", readDisks],
  ]),
  nic: new Map([
    ["create", createNic],
    ["read", readNics],
  ]),
  initialization: new Map([
    ["begin", beginInitialization],
    ["status", guestStatus],
    ["publish", publishGuestConfig],
    ["announce", announceGuestConfig],
    ["finish", finishInitialization],
  ]),
  inventory: new Map([["read", readInventory]]),
};
