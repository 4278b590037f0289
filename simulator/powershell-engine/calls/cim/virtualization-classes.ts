import { type CimClass, declareClass } from "./cim-class";
import {
  COMPUTER_SYSTEM,
  ENABLED_LOGICAL_ELEMENT,
  ETHERNET_PORT,
  KVP_PARAMETERS,
  LOGICAL_DEVICE,
  MANAGED_ELEMENT,
  MANAGED_SYSTEM_ELEMENT,
  RESOURCE_ALLOCATION,
} from "./class-parts";

const NAMESPACE = "root/virtualization/v2";
const SYSTEM_KEYS = ["CreationClassName", "Name"];
const DEVICE_KEYS = ["CreationClassName", "DeviceID", "SystemCreationClassName", "SystemName"];

function declare(name: string, keys: string[], mof: string, methods: Record<string, string> = {}): CimClass {
  return declareClass(NAMESPACE, name, keys, mof, methods);
}

function setting(name: string, mof: string): CimClass {
  return declare(name, ["InstanceID"], mof);
}

/**
 * Classes of Hyper-V's WMI provider, version 2. Each with the properties of its page below
 * https://learn.microsoft.com/windows/win32/hyperv_v2/, and with the methods that the agents call.
 */
export const VIRTUALIZATION_CLASSES: readonly CimClass[] = [
  declare(
    "Msvm_ComputerSystem",
    SYSTEM_KEYS,
    `${COMPUTER_SYSTEM} uint64 OnTimeInMilliseconds; uint32 ProcessID; datetime TimeOfLastConfigurationChange;
    uint16 NumberOfNumaNodes; uint16 ReplicationState; uint16 ReplicationHealth; uint16 ReplicationMode;
    uint16 FailedOverReplicationType; uint16 LastReplicationType;
    datetime LastApplicationConsistentReplicationTime; datetime LastReplicationTime;
    datetime LastSuccessfulBackupTime; uint16 EnhancedSessionModeState;`,
  ),
  setting(
    "Msvm_VirtualSystemSettingData",
    `${MANAGED_ELEMENT} string VirtualSystemIdentifier; string VirtualSystemType; string Notes[];
    datetime CreationTime; string ConfigurationID; string ConfigurationDataRoot; string ConfigurationFile;
    string SnapshotDataRoot; string SuspendDataRoot; string SwapFileDataRoot; string LogDataRoot;
    uint16 AutomaticStartupAction; datetime AutomaticStartupActionDelay;
    uint16 AutomaticStartupActionSequenceNumber; uint16 AutomaticShutdownAction;
    uint16 AutomaticRecoveryAction; string RecoveryFile; string BIOSGUID; string BIOSSerialNumber;
    string BaseBoardSerialNumber; string ChassisSerialNumber; string Architecture; string ChassisAssetTag;
    boolean BIOSNumLock; uint16 BootOrder[]; string Parent; uint16 UserSnapshotType; boolean IsSaved;
    string AdditionalRecoveryInformation; boolean AllowFullSCSICommandSet; uint32 DebugChannelId;
    uint16 DebugPortEnabled; uint32 DebugPort; string Version; boolean IncrementalBackupEnabled;
    boolean VirtualNumaEnabled; boolean AllowReducedFcRedundancy; string VirtualSystemSubType;
    string BootSourceOrder[]; boolean PauseAfterBootFailure; uint16 NetworkBootPreferredProtocol;
    boolean GuestControlledCacheTypes; boolean AutomaticSnapshotsEnabled; boolean IsAutomaticSnapshot;
    string GuestStateFile; string GuestStateDataRoot; boolean LockOnDisconnect; string ParentPackage;
    datetime AutomaticCriticalErrorActionTimeout; uint16 AutomaticCriticalErrorAction; uint16 ConsoleMode;
    boolean SecureBootEnabled; string SecureBootTemplateId; uint64 LowMmioGapSize; uint64 HighMmioGapSize;
    uint16 EnhancedSessionTransportType;`,
  ),
  setting(
    "Msvm_MemorySettingData",
    `${RESOURCE_ALLOCATION} boolean HugePagesEnabled; boolean DynamicMemoryEnabled; uint32 TargetMemoryBuffer;
    boolean IsVirtualized; boolean SwapFilesInUse; uint64 MaxMemoryBlocksPerNumaNode; uint64 SgxSize;
    boolean SgxEnabled;`,
  ),
  setting(
    "Msvm_StorageAllocationSettingData",
    `${RESOURCE_ALLOCATION} string StorageQoSPolicyID; uint64 VirtualResourceBlockSize; uint16 Access;
    uint64 HostResourceBlockSize; uint64 HostExtentStartingAddress; string HostExtentName;
    uint16 HostExtentNameFormat; string OtherHostExtentNameFormat; uint16 HostExtentNameNamespace;
    string OtherHostExtentNameNamespace; uint64 IOPSLimit; uint64 IOPSReservation;
    string IOPSAllocationUnits; boolean PersistentReservationsSupported; uint16 CachingMode;
    string SnapshotId; boolean IgnoreFlushes; uint16 WriteHardeningMethod;`,
  ),
  setting(
    "Msvm_SyntheticEthernetPortSettingData",
    `${ETHERNET_PORT} string VirtualSystemIdentifiers[]; boolean DeviceNamingEnabled;
    boolean AllowPacketDirect; boolean StaticMacAddress; boolean ClusterMonitored;`,
  ),
  setting(
    "Msvm_EmulatedEthernetPortSettingData",
    `${ETHERNET_PORT} boolean StaticMacAddress; boolean ClusterMonitored;`,
  ),
  setting(
    "Msvm_EthernetPortAllocationSettingData",
    `${ETHERNET_PORT} uint16 EnabledState; string LastKnownSwitchName; string RequiredFeatures[];
    string RequiredFeatureHints[]; string TestReplicaPoolID; string TestReplicaSwitchName;
    string CompartmentGuid;`,
  ),
  setting(
    "Msvm_EthernetSwitchPortVlanSettingData",
    `${MANAGED_ELEMENT} uint32 OperationMode; uint16 AccessVlanId; uint16 NativeVlanId; uint32 PvlanMode;
    uint16 PrimaryVlanId; uint16 SecondaryVlanId; uint16 PruneVlanIdArray[]; uint16 TrunkVlanIdArray[];
    uint16 SecondaryVlanIdArray[];`,
  ),
  setting(
    "Msvm_GuestNetworkAdapterConfiguration",
    `string InstanceID; uint16 ProtocolIFType; boolean DHCPEnabled; string IPAddresses[]; string Subnets[];
    string DefaultGateways[]; string DNSServers[]; uint16 IPAddressOrigins[];`,
  ),
  setting(
    "Msvm_KvpExchangeComponentSettingData",
    `${RESOURCE_ALLOCATION} boolean DisableHostKVPItems; uint16 EnabledState; string HostExchangeItems[];
    string HostOnlyItems[];`,
  ),
  setting(
    "Msvm_ConcreteJob",
    `${MANAGED_SYSTEM_ELEMENT} string JobStatus; datetime TimeSubmitted; datetime ScheduledStartTime;
    datetime StartTime; datetime ElapsedTime; uint32 JobRunTimes; uint8 RunMonth; sint8 RunDay;
    sint8 RunDayOfWeek; datetime RunStartInterval; uint16 LocalOrUtcTime; datetime UntilTime; string Notify;
    string Owner; uint32 Priority; uint16 PercentComplete; boolean DeleteOnCompletion; uint16 ErrorCode;
    string ErrorDescription; string ErrorSummaryDescription; uint16 RecoveryAction;
    string OtherRecoveryAction; uint16 JobState; datetime TimeOfLastStateChange; boolean Cancellable;
    uint16 JobType;`,
  ),
  // An embedded instance: only methods give it.
  declare(
    "Msvm_SummaryInformation",
    [],
    `string InstanceID; string AllocatedGPU; boolean Shielded; instance AsynchronousTasks[];
    datetime CreationTime; string ElementName; uint16 EnabledState; string OtherEnabledState;
    string GuestOperatingSystem; uint16 HealthState; uint16 Heartbeat; uint64 MemoryUsage;
    sint32 MemoryAvailable; sint32 AvailableMemoryBuffer; boolean SwapFilesInUse; string Name; string Notes;
    string Version; uint16 NumberOfProcessors; uint16 OperationalStatus[]; uint16 ProcessorLoad;
    uint16 ProcessorLoadHistory[]; instance Snapshots[]; string StatusDescriptions[];
    uint8 ThumbnailImage[]; uint16 ThumbnailImageHeight; uint16 ThumbnailImageWidth; uint64 UpTime;
    uint16 ReplicationState; uint16 ReplicationStateEx[]; uint16 ReplicationHealth;
    uint16 ReplicationHealthEx[]; uint16 ReplicationMode; reference TestReplicaSystem;
    uint16 ApplicationHealth; uint16 IntegrationServicesVersionState; boolean MemorySpansPhysicalNumaNodes;
    string ReplicationProviderId[]; uint16 EnhancedSessionModeState; string VirtualSwitchNames[];
    string VirtualSystemSubType; string HostComputerSystemName;`,
  ),
  declare(
    "Msvm_VirtualEthernetSwitch",
    SYSTEM_KEYS,
    `${COMPUTER_SYSTEM} uint32 MaxVMQOffloads; uint32 MaxIOVOffloads;`,
  ),
  declare(
    "Msvm_VirtualSystemManagementService",
    ["CreationClassName", "Name", "SystemCreationClassName", "SystemName"],
    `${ENABLED_LOGICAL_ELEMENT} string SystemCreationClassName; string SystemName; string CreationClassName;
    string PrimaryOwnerName; string PrimaryOwnerContact; string StartMode; boolean Started;`,
    {
      GetSummaryInformation: "reference SettingData[]; uint32 RequestedInformation[];",
      AddKvpItems: KVP_PARAMETERS,
      ModifyKvpItems: KVP_PARAMETERS,
      RemoveKvpItems: KVP_PARAMETERS,
    },
  ),
  declare(
    "Msvm_KvpExchangeComponent",
    DEVICE_KEYS,
    `${LOGICAL_DEVICE} string GuestExchangeItems[]; string GuestIntrinsicExchangeItems[];`,
  ),
  declare("Msvm_ShutdownComponent", DEVICE_KEYS, LOGICAL_DEVICE, {
    InitiateShutdown: "boolean Force; string Reason;",
    InitiateReboot: "boolean Force; string Reason;",
  }),
];
