import { HOST } from "./scenarios/host";
import { testContract } from "./support/contract";

testContract(HOST);
