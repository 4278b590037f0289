import { type CimClass, declareClass } from "./cim-class";

/**
 * Classes of root/cimv2, with the properties of their pages:
 * https://learn.microsoft.com/windows/win32/cimwin32prov/win32-operatingsystem and
 * win32-computersystem, https://learn.microsoft.com/previous-versions/windows/desktop/vdswmi/win32-volume.
 */
export const WINDOWS_CLASSES: readonly CimClass[] = [
  declareClass(
    "root/cimv2",
    "Win32_OperatingSystem",
    ["Name"],
    `string BootDevice; string BuildNumber; string BuildType; string Caption; string CodeSet; string
    CountryCode; string CreationClassName; string CSCreationClassName; string CSDVersion; string CSName;
    sint16 CurrentTimeZone; boolean DataExecutionPrevention_Available; boolean
    DataExecutionPrevention_32BitApplications; boolean DataExecutionPrevention_Drivers; uint8
    DataExecutionPrevention_SupportPolicy; boolean Debug; string Description; boolean Distributed;
    uint32 EncryptionLevel; uint8 ForegroundApplicationBoost; uint64 FreePhysicalMemory; uint64
    FreeSpaceInPagingFiles; uint64 FreeVirtualMemory; datetime InstallDate; uint32 LargeSystemCache;
    datetime LastBootUpTime; datetime LocalDateTime; string Locale; string Manufacturer; uint32
    MaxNumberOfProcesses; uint64 MaxProcessMemorySize; string MUILanguages[]; string Name; uint32
    NumberOfLicensedUsers; uint32 NumberOfProcesses; uint32 NumberOfUsers; uint32 OperatingSystemSKU;
    string Organization; string OSArchitecture; uint32 OSLanguage; uint32 OSProductSuite; uint16 OSType;
    string OtherTypeDescription; boolean PAEEnabled; string PlusProductID; string PlusVersionNumber;
    boolean PortableOperatingSystem; boolean Primary; uint32 ProductType; string RegisteredUser; string
    SerialNumber; uint16 ServicePackMajorVersion; uint16 ServicePackMinorVersion; uint64
    SizeStoredInPagingFiles; string Status; uint32 SuiteMask; string SystemDevice; string
    SystemDirectory; string SystemDrive; uint64 TotalSwapSpaceSize; uint64 TotalVirtualMemorySize;
    uint64 TotalVisibleMemorySize; string Version; string WindowsDirectory; uint8 QuantumLength; uint8
    QuantumType;`,
  ),
  declareClass(
    "root/cimv2",
    "Win32_ComputerSystem",
    ["Name"],
    `uint16 AdminPasswordStatus; boolean AutomaticManagedPagefile; boolean AutomaticResetBootOption;
    boolean AutomaticResetCapability; uint16 BootOptionOnLimit; uint16 BootOptionOnWatchDog; boolean
    BootROMSupported; string BootupState; uint16 BootStatus[]; string Caption; uint16
    ChassisBootupState; string ChassisSKUNumber; string CreationClassName; sint16 CurrentTimeZone;
    boolean DaylightInEffect; string Description; string DNSHostName; string Domain; uint16 DomainRole;
    boolean EnableDaylightSavingsTime; uint16 FrontPanelResetStatus; boolean HypervisorPresent; boolean
    InfraredSupported; string InitialLoadInfo[]; datetime InstallDate; uint16 KeyboardPasswordStatus;
    string LastLoadInfo; string Manufacturer; string Model; string Name; string NameFormat; boolean
    NetworkServerModeEnabled; uint32 NumberOfLogicalProcessors; uint32 NumberOfProcessors; uint8
    OEMLogoBitmap[]; string OEMStringArray[]; boolean PartOfDomain; sint64 PauseAfterReset; uint16
    PCSystemType; uint16 PCSystemTypeEx; uint16 PowerManagementCapabilities[]; boolean
    PowerManagementSupported; uint16 PowerOnPasswordStatus; uint16 PowerState; uint16 PowerSupplyState;
    string PrimaryOwnerContact; string PrimaryOwnerName; uint16 ResetCapability; sint16 ResetCount;
    sint16 ResetLimit; string Roles[]; string Status; string SupportContactDescription[]; string
    SystemFamily; string SystemSKUNumber; uint16 SystemStartupDelay; string SystemStartupOptions[];
    uint8 SystemStartupSetting; string SystemType; uint16 ThermalState; uint64 TotalPhysicalMemory;
    string UserName; uint16 WakeUpType; string Workgroup;`,
  ),
  declareClass(
    "root/cimv2",
    "Win32_Volume",
    ["DeviceID"],
    `uint16 Access; boolean Automount; uint16 Availability; uint64 BlockSize; boolean BootVolume; uint64
    Capacity; string Caption; boolean Compressed; uint32 ConfigManagerErrorCode; boolean
    ConfigManagerUserConfig; string CreationClassName; string Description; string DeviceID; boolean
    DirtyBitSet; string DriveLetter; uint32 DriveType; boolean ErrorCleared; string ErrorDescription;
    string ErrorMethodology; string FileSystem; uint64 FreeSpace; boolean IndexingEnabled; datetime
    InstallDate; string Label; uint32 LastErrorCode; uint32 MaximumFileNameLength; string Name; uint64
    NumberOfBlocks; boolean PageFilePresent; string PNPDeviceID; uint16 PowerManagementCapabilities[];
    boolean PowerManagementSupported; string Purpose; boolean QuotasEnabled; boolean QuotasIncomplete;
    boolean QuotasRebuilding; string Status; uint16 StatusInfo; string SystemCreationClassName; string
    SystemName; boolean SystemVolume; uint32 SerialNumber; boolean SupportsDiskQuotas; boolean
    SupportsFileBasedCompression;`,
  ),
];
