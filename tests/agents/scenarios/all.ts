import type { Scenario } from "../support/scenario";
import { DISK_CREATE } from "./disk-create";
import { DISK_DELETE } from "./disk-delete";
import { DISK_READ } from "./disk-read";
import { DISK_UPDATE } from "./disk-update";
import { HOST } from "./host";
import { INITIALIZATION_BEGIN } from "./initialization-begin";
import {
  INITIALIZATION_ANNOUNCE,
  INITIALIZATION_FINISH,
  INITIALIZATION_STATUS,
} from "./initialization-exchange";
import { INITIALIZATION_PUBLISH } from "./initialization-publish";
import { INVENTORY } from "./inventory";
import { INVENTORY_CONDITION } from "./inventory-condition";
import { INVENTORY_DISKS } from "./inventory-disks";
import { NIC_DELETE, NIC_UPDATE } from "./nic-change";
import { NIC_CREATE, NIC_READ } from "./nic-create";
import { VM_CLUSTER } from "./vm-cluster";
import { VM_CREATE, VM_READ } from "./vm-create";
import { VM_DELETE } from "./vm-delete";
import { VM_DELETION_PLAN } from "./vm-deletion-plan";
import { VM_POWER } from "./vm-power";
import { VM_UPDATE } from "./vm-update";

/** Every scenario of the agents' contract. */
export const ALL: readonly Scenario[] = [
  ...VM_CREATE,
  ...VM_READ,
  ...VM_UPDATE,
  ...VM_DELETE,
  ...VM_DELETION_PLAN,
  ...VM_POWER,
  ...VM_CLUSTER,
  ...DISK_CREATE,
  ...DISK_READ,
  ...DISK_UPDATE,
  ...DISK_DELETE,
  ...NIC_CREATE,
  ...NIC_READ,
  ...NIC_UPDATE,
  ...NIC_DELETE,
  ...INITIALIZATION_BEGIN,
  ...INITIALIZATION_STATUS,
  ...INITIALIZATION_PUBLISH,
  ...INITIALIZATION_ANNOUNCE,
  ...INITIALIZATION_FINISH,
  ...INVENTORY,
  ...INVENTORY_CONDITION,
  ...INVENTORY_DISKS,
  ...HOST,
];
