<#
.SYNOPSIS
    Virtual machines: their names and notes.
.OUTPUTS
    None. The file only defines functions.
#>

function Set-VM {
    <#
    .SYNOPSIS
        Changes a virtual machine's notes or its name.
    .LINK
        https://learn.microsoft.com/powershell/module/hyper-v/set-vm
    .OUTPUTS
        None, or with Passthru Microsoft.HyperV.PowerShell.VirtualMachine
    #>
    [CmdletBinding(DefaultParameterSetName = 'Name', SupportsShouldProcess = $true)]
    param(
        [switch]$AllowUnverifiedPaths,

        [bool]$AutomaticCheckpointsEnabled,

        [CriticalErrorAction]$AutomaticCriticalErrorAction,

        [int]$AutomaticCriticalErrorActionTimeout,

        [StartAction]$AutomaticStartAction,

        [int]$AutomaticStartDelay,

        [StopAction]$AutomaticStopAction,

        [CheckpointType]$CheckpointType,

        [Parameter(ParameterSetName = 'Name')]
        [CimSession[]]$CimSession,

        [Parameter(ParameterSetName = 'Name')]
        [string[]]$ComputerName,

        [Parameter(ParameterSetName = 'Name')]
        [pscredential[]]$Credential,

        [switch]$DynamicMemory,

        [bool]$GuestControlledCacheTypes,

        [uint64]$HighMemoryMappedIoSpace,

        [OnOffState]$LockOnDisconnect,

        [uint32]$LowMemoryMappedIoSpace,

        [long]$MemoryMaximumBytes,

        [long]$MemoryMinimumBytes,

        [long]$MemoryStartupBytes,

        [Parameter(ParameterSetName = 'Name', Mandatory = $true, Position = 0, ValueFromPipeline = $true)]
        [Alias('VMName')]
        [string[]]$Name,

        [string]$NewVMName,

        [string]$Notes,

        [switch]$Passthru,

        [long]$ProcessorCount,

        [string]$SmartPagingFilePath,

        [string]$SnapshotFileLocation,

        [switch]$StaticMemory,

        [Parameter(ParameterSetName = 'VMObject', Mandatory = $true, Position = 0, ValueFromPipeline = $true)]
        [VirtualMachine[]]$VM
    )

    process {
        Assert-Implemented -Cmdlet $PSCmdlet -Name 'VM', 'Name', 'Notes', 'NewVMName', 'Passthru'
        $targets = @(Get-TargetVM -Cmdlet $PSCmdlet -VM $VM -Name $Name)
        if ($PSBoundParameters.ContainsKey('Notes')) {
            Update-VM -Cmdlet $PSCmdlet -VM $targets -Operation 'vm.set_notes' -Argument @{ notes = $Notes }
        }
        if ($PSBoundParameters.ContainsKey('NewVMName')) {
            Update-VM -Cmdlet $PSCmdlet -VM $targets -Operation 'vm.rename' -Argument @{ name = $NewVMName }
        }
        if ($Passthru) { $targets }
    }
}

function Rename-VM {
    <#
    .SYNOPSIS
        Renames a virtual machine; its files and its role in a cluster keep their names.
    .LINK
        https://learn.microsoft.com/powershell/module/hyper-v/rename-vm
    .OUTPUTS
        None, or with Passthru Microsoft.HyperV.PowerShell.VirtualMachine
    #>
    [CmdletBinding(DefaultParameterSetName = 'Name', SupportsShouldProcess = $true)]
    param(
        [Parameter(ParameterSetName = 'Name')]
        [CimSession[]]$CimSession,

        [Parameter(ParameterSetName = 'Name')]
        [string[]]$ComputerName,

        [Parameter(ParameterSetName = 'Name')]
        [pscredential[]]$Credential,

        [Parameter(ParameterSetName = 'Name', Mandatory = $true, Position = 0, ValueFromPipeline = $true)]
        [Alias('VMName')]
        [string[]]$Name,

        [Parameter(Mandatory = $true, Position = 1)]
        [string]$NewName,

        [switch]$Passthru,

        [Parameter(ParameterSetName = 'VMObject', Mandatory = $true, Position = 0, ValueFromPipeline = $true)]
        [VirtualMachine[]]$VM
    )

    process {
        Assert-Implemented -Cmdlet $PSCmdlet -Name 'VM', 'Name', 'NewName', 'Passthru'
        $targets = Get-TargetVM -Cmdlet $PSCmdlet -VM $VM -Name $Name
        $change = @{ Operation = 'vm.rename'; Argument = @{ name = $NewName }; Passthru = $Passthru }
        Update-VM -Cmdlet $PSCmdlet -VM $targets @change
    }
}
