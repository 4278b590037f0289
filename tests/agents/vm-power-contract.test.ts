import { VM_POWER } from "./scenarios/vm-power";
import { testContract } from "./support/contract";

testContract(VM_POWER);
