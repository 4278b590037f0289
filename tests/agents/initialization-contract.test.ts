import { INITIALIZATION_BEGIN } from "./scenarios/initialization-begin";
import {
  INITIALIZATION_ANNOUNCE,
  INITIALIZATION_FINISH,
  INITIALIZATION_STATUS,
} from "./scenarios/initialization-exchange";
import { INITIALIZATION_PUBLISH } from "./scenarios/initialization-publish";
import { testContract } from "./support/contract";

testContract([
  ...INITIALIZATION_BEGIN,
  ...INITIALIZATION_STATUS,
  ...INITIALIZATION_PUBLISH,
  ...INITIALIZATION_ANNOUNCE,
  ...INITIALIZATION_FINISH,
]);
