import type { ApiOperation } from "./api-operation";
import { diskOperations } from "./operations/disks";
import { inventoryOperations } from "./operations/inventory";
import { jobOperations } from "./operations/jobs";
import { nicOperations } from "./operations/nics";
import { serviceOperations } from "./operations/service";
import { vmOperations } from "./operations/vms";

/** Every operation of the API. A route that is missing here fails `tests/integration/openapi.test.ts`. */
export const OPERATIONS: readonly ApiOperation[] = [
  ...vmOperations,
  ...diskOperations,
  ...nicOperations,
  ...jobOperations,
  ...inventoryOperations,
  ...serviceOperations,
];
