import { VM_CLUSTER } from "./scenarios/vm-cluster";
import { VM_CREATE, VM_READ } from "./scenarios/vm-create";
import { VM_DELETE } from "./scenarios/vm-delete";
import { VM_DELETION_PLAN } from "./scenarios/vm-deletion-plan";
import { VM_UPDATE } from "./scenarios/vm-update";
import { testContract } from "./support/contract";

testContract([...VM_CREATE, ...VM_READ, ...VM_UPDATE, ...VM_DELETE, ...VM_DELETION_PLAN, ...VM_CLUSTER]);
