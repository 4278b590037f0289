/** Properties that several classes of root/virtualization/v2 inherit, as their documentation lists them. */

export const MANAGED_ELEMENT = "string InstanceID; string Caption; string Description; string ElementName;";

const STATUS = `uint16 OperationalStatus[]; string StatusDescriptions[]; string Status; uint16 HealthState;
  uint16 CommunicationStatus; uint16 DetailedStatus; uint16 OperatingStatus; uint16 PrimaryStatus;`;

/** CIM_ManagedSystemElement. */
export const MANAGED_SYSTEM_ELEMENT = `${MANAGED_ELEMENT} datetime InstallDate; string Name; ${STATUS}`;

/** CIM_EnabledLogicalElement. */
export const ENABLED_LOGICAL_ELEMENT = `${MANAGED_SYSTEM_ELEMENT}
  uint16 EnabledState; string OtherEnabledState; uint16 RequestedState; uint16 EnabledDefault;
  datetime TimeOfLastStateChange; uint16 AvailableRequestedStates[]; uint16 TransitioningToState;`;

/** CIM_ComputerSystem. */
export const COMPUTER_SYSTEM = `${ENABLED_LOGICAL_ELEMENT}
  string CreationClassName; string PrimaryOwnerName; string PrimaryOwnerContact; string Roles[];
  string NameFormat; string OtherIdentifyingInfo[]; string IdentifyingDescriptions[]; uint16 Dedicated[];
  string OtherDedicatedDescriptions[]; uint16 ResetCapability; uint16 PowerManagementCapabilities[];`;

/** CIM_LogicalDevice. */
export const LOGICAL_DEVICE = `${ENABLED_LOGICAL_ELEMENT}
  string SystemCreationClassName; string SystemName; string CreationClassName; string DeviceID;
  boolean PowerManagementSupported; uint16 PowerManagementCapabilities[]; uint16 Availability;
  uint16 StatusInfo; uint32 LastErrorCode; string ErrorDescription; boolean ErrorCleared;
  string OtherIdentifyingInfo[]; uint64 PowerOnHours; uint64 TotalPowerOnHours;
  string IdentifyingDescriptions[]; uint16 AdditionalAvailability[]; uint64 MaxQuiesceTime;`;

/** CIM_ResourceAllocationSettingData. */
export const RESOURCE_ALLOCATION = `${MANAGED_ELEMENT}
  uint16 ResourceType; string OtherResourceType; string ResourceSubType; string PoolID;
  uint16 ConsumerVisibility; string HostResource[]; string AllocationUnits; uint64 VirtualQuantity;
  uint64 Reservation; uint64 Limit; uint32 Weight; boolean AutomaticAllocation;
  boolean AutomaticDeallocation; string Parent; string Connection[]; string Address;
  uint16 MappingBehavior; string AddressOnParent; string VirtualQuantityUnits;`;

/** CIM_EthernetPortAllocationSettingData. */
export const ETHERNET_PORT = `${RESOURCE_ALLOCATION} uint16 DesiredVLANEndpointMode; string OtherEndpointMode;`;

/** Input parameters of AddKvpItems, ModifyKvpItems and RemoveKvpItems. */
export const KVP_PARAMETERS = "reference TargetSystem; string DataItems[];";
