import { type CimClass, declareClass } from "./cim-class";

/**
 * Classes of root/MSCluster, as
 * https://learn.microsoft.com/previous-versions/windows/desktop/cluswmi/mscluster-cluster has them; of the
 * cluster's settings only those that say which cluster it is.
 */
export const CLUSTER_CLASSES: readonly CimClass[] = [
  declareClass(
    "root/MSCluster",
    "MSCluster_Cluster",
    ["Name"],
    `string Caption; datetime InstallDate; string Status; string CreationClassName;
    string PrimaryOwnerContact; string PrimaryOwnerName; string Roles[]; string NameFormat;
    string OtherIdentifyingInfo[]; string IdentifyingDescriptions[]; uint16 Dedicated[];
    uint32 MaxNumberOfNodes; string Name; string Fqdn; string Description;`,
    { AddVirtualMachine: "string VirtualMachine;" },
  ),
];
