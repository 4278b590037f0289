import { DISK_DELETE, DISK_READ, DISK_UPDATE } from "./scenarios/disk-change";
import { DISK_CREATE } from "./scenarios/disk-create";
import { testContract } from "./support/contract";

testContract([...DISK_CREATE, ...DISK_READ, ...DISK_UPDATE, ...DISK_DELETE]);
