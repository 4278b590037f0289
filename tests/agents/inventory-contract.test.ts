import { INVENTORY } from "./scenarios/inventory";
import { testContract } from "./support/contract";

testContract(INVENTORY);
