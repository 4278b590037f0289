<#
.SYNOPSIS
    Classes and enumerations of the real Hyper-V module, with the names of their properties and values.
.DESCRIPTION
    https://learn.microsoft.com/dotnet/api/microsoft.hyperv.powershell names them. They stand here without
    their namespace, which PowerShell's classes cannot have; objects carry the full name in PSTypeNames.
.OUTPUTS
    None. The file only defines types.
#>

enum VMState {
    Other = 1
    Running = 2
    Off = 3
    Stopping = 4
    Saved = 6
    Paused = 9
    Starting = 10
    Reset = 11
    Saving = 32773
    Pausing = 32776
    Resuming = 32777
    FastSaved = 32779
    FastSaving = 32780
    ForceShutdown = 32781
    ForceReboot = 32782
    RunningCritical = 32783
    OffCritical = 32784
    StoppingCritical = 32785
    SavedCritical = 32786
    PausedCritical = 32787
    StartingCritical = 32788
    ResetCritical = 32789
    SavingCritical = 32790
    PausingCritical = 32791
    ResumingCritical = 32792
    FastSavedCritical = 32793
    FastSavingCritical = 32794
}

enum OnOffState { On; Off }
enum ControllerType { IDE; SCSI }
enum VhdFormat { Unknown = 0; VHD = 2; VHDX = 3; VHDSet = 4 }
enum VhdType { Unknown = 0; Fixed = 2; Dynamic = 3; Differencing = 4 }
enum DvdMediaType { None; ISO; PassThrough }
enum BootDevice { Floppy; CD; IDE; LegacyNetworkAdapter; NetworkAdapter; VHD }
enum StartAction { Nothing = 2; StartIfRunning = 3; Start = 4 }
enum StopAction { TurnOff = 2; Save = 3; ShutDown = 4 }
enum CriticalErrorAction { None; Pause }
enum CheckpointType { Disabled = 2; Production = 3; ProductionOnly = 4; Standard = 5 }
enum SnapshotType {
    Standard
    Recovery
    Planned
    Missing
    Replica
    AppConsistentReplica
    SyncedReplica
}
enum ConsoleModeType { Default; COM1; COM2; None = 3 }
enum IPProtocolPreference { IPv4 = 4096; IPv6 = 4097 }
enum CacheAttributes {
    Default
    WriteCacheEnabled
    WriteCacheAndFUAEnabled
    WriteCacheDisabled
}
enum IovInterruptModerationValue {
    Default = 0
    Adaptive = 1
    Off = 2
    Low = 100
    Medium = 200
    High = 300
}
enum VMNetworkAdapterPortMirroringMode { None; Destination; Source }
enum WaitVMTypes { Heartbeat; IPAddress }

class VMComponentObject {
    [string]$Id
    [string]$Name
    [guid]$VMId
    [string]$VMName
    [string]$ComputerName
    [bool]$IsDeleted
}

class VirtualMachineBase {
    [guid]$Id
    [guid]$VMId
    [string]$Name
    [string]$VMName
    [string]$ComputerName
    [VMState]$State
    [string]$Notes
    [string]$Path
    [int]$Generation
    [long]$ProcessorCount
    [long]$MemoryStartup
    [bool]$DynamicMemoryEnabled
    [bool]$IsClustered
    [bool]$IsDeleted
}

class VirtualMachine : VirtualMachineBase {
    [string]$Status
    [long]$MemoryAssigned
    [timespan]$Uptime
    [string]$ConfigurationLocation
    [string]$SnapshotFileLocation
    [string]$CheckpointFileLocation
    [string]$SmartPagingFilePath
}

class VMSnapshot : VirtualMachineBase {
    [SnapshotType]$SnapshotType
    [object]$ParentSnapshotId
    [string]$ParentSnapshotName
}

class VMDrive : VMComponentObject {
    [string]$Path
    [ControllerType]$ControllerType
    [int]$ControllerNumber
    [int]$ControllerLocation
}

class HardDiskDrive : VMDrive {
    [object]$DiskNumber
}

class DvdDrive : VMDrive {
    [DvdMediaType]$DvdMediaType
}

class VMNetworkAdapterBase : VMComponentObject {
    [string]$AdapterId
    [string]$SwitchName
    [object]$SwitchId
    [bool]$Connected
    [string]$MacAddress
    [string[]]$IPAddresses
    [bool]$IsManagementOs
}

class VMNetworkAdapter : VMNetworkAdapterBase {
    [bool]$DynamicMacAddressEnabled
    [bool]$IsLegacy
}

class VirtualHardDisk {
    [string]$ComputerName
    [string]$Path
    [VhdFormat]$VhdFormat
    [VhdType]$VhdType
    [uint64]$FileSize
    [uint64]$Size
    [object]$MinimumSize
    [uint32]$LogicalSectorSize
    [uint32]$PhysicalSectorSize
    [uint32]$BlockSize
    [string]$ParentPath
    [string]$DiskIdentifier
    [object]$FragmentationPercentage
    [uint32]$Alignment
    [bool]$Attached
    [object]$DiskNumber
    [object]$Number
}

# Only as types of parameters: no stand-in makes any of these.
class VMDriveController : VMComponentObject { }
class VMSwitch : VMComponentObject { }
class VMProcessor : VMComponentObject { }
class VMMemory : VMComponentObject { }
class VMFirmware : VMComponentObject { }
