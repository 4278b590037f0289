import { type CimClass, declareClass } from "./cim-class";

/**
 * Classes of root/MSCluster, as
 * https://learn.microsoft.com/previous-versions/windows/desktop/cluswmi/mscluster-cluster has them; of the
 * cluster's settings only those that say which cluster it is. MSCluster_Resource is as mscluster-resource beside it.
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
  declareClass(
    "root/MSCluster",
    "MSCluster_Resource",
    ["Name"],
    `string Caption; datetime InstallDate; string Status; uint32 Flags; uint32 Characteristics; string Name;
    string Id; string Description; boolean PersistentState; boolean SeparateMonitor; uint32 RestartAction;
    uint32 RestartThreshold; uint32 RestartPeriod; uint32 RestartDelay; uint32 RetryPeriodOnFailure;
    uint32 State; uint32 LooksAlivePollInterval; uint32 IsAlivePollInterval; uint32 PendingTimeout;
    uint32 DeadlockTimeout; boolean CoreResource; string InternalState; string Type; string OwnerGroup;
    string OwnerNode; string CryptoCheckpoints[]; string RegistryCheckpoints[]; boolean DeleteRequiresAllNodes;
    boolean LocalQuorumCapable; uint32 ResourceClass; string RequiredDependencyTypes[];
    uint32 RequiredDependencyClasses[]; uint32 MonitorProcessId; uint64 StatusInformation;
    instance PrivateProperties;`,
  ),
];
