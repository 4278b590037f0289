import { INVENTORY } from "./scenarios/inventory";
import { INVENTORY_CONDITION } from "./scenarios/inventory-condition";
import { INVENTORY_DISKS } from "./scenarios/inventory-disks";
import { testContract } from "./support/contract";

testContract([...INVENTORY, ...INVENTORY_CONDITION, ...INVENTORY_DISKS]);
