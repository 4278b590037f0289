import { NIC_DELETE, NIC_UPDATE } from "./scenarios/nic-change";
import { NIC_CREATE, NIC_READ } from "./scenarios/nic-create";
import { testContract } from "./support/contract";

testContract([...NIC_CREATE, ...NIC_READ, ...NIC_UPDATE, ...NIC_DELETE]);
