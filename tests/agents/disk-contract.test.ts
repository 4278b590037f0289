import { DISK_CREATE } from "./scenarios/disk-create";
import { DISK_DELETE } from "./scenarios/disk-delete";
import { DISK_READ } from "./scenarios/disk-read";
import { DISK_UPDATE } from "./scenarios/disk-update";
import { testContract } from "./support/contract";

testContract([...DISK_CREATE, ...DISK_READ, ...DISK_UPDATE, ...DISK_DELETE]);
