import { resourcesOf } from "../cluster-calls";
import type { JsonObject, StandInContext } from "../stand-in-call";
import { type CimInstance, classOf } from "./cim-instance";

/** `State` of `MSCluster_Resource`. */
const STATE = { Online: 2, Offline: 3, Failed: 4 } as const;

/** `MSCluster_Resource`: with the id of the VM among the private properties of its two resources. */
export function clusterResources(context: StandInContext): CimInstance[] {
  return resourcesOf(context).map(({ name, ownerGroup, type, owner, state, vmId }) => ({
    class: classOf("root/MSCluster", "MSCluster_Resource", true),
    values: {
      Name: name,
      Type: type,
      OwnerGroup: ownerGroup,
      OwnerNode: owner.computerName,
      State: STATE[state],
      CoreResource: vmId === null,
      PrivateProperties: privateProperties(vmId),
    },
  }));
}

function privateProperties(vmId: string | null): JsonObject {
  return vmId === null ? {} : { VmID: vmId };
}
