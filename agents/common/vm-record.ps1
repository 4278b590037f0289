<#
.SYNOPSIS
    Virtual machines as the inventory reports them: VmRecord of lib/domain/inventory.ts.
.OUTPUTS
    None. The file only defines functions.
#>
Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'

function Get-VmSummary {
    <#
    .SYNOPSIS
        Gives the summary of every VM of the host, in one call.
    .OUTPUTS
        Microsoft.Management.Infrastructure.CimInstance of Msvm_SummaryInformation
    #>
    [CmdletBinding()]
    param()

    $call = @{
        InputObject = Get-VirtualizationInstance -ClassName 'Msvm_VirtualSystemManagementService'
        MethodName  = 'GetSummaryInformation'
        # Name, ElementName, Notes, NumberOfProcessors, EnabledState, ProcessorLoad, MemoryUsage, Heartbeat,
        # UpTime, GuestOperatingSystem, OperationalStatus. Without SettingData the call is about all VMs.
        Arguments   = @{ RequestedInformation = [uint32[]](0, 1, 3, 4, 100, 101, 103, 104, 105, 106, 110) }
    }
    $answer = Invoke-CimMethod @call
    if ($answer.ReturnValue -ne 0) {
        $message = "GetSummaryInformation failed with $($answer.ReturnValue)."
        throw (New-AgentError -Code 'hyperv_error' -Message $message)
    }
    $answer.SummaryInformation
}

function Get-VmSettingIndex {
    <#
    .SYNOPSIS
        Gives all settings of a class by the id of the VM that they belong to.
    .OUTPUTS
        System.Collections.Hashtable of id (lower case) to a list of CIM instances
    #>
    [CmdletBinding()]
    [OutputType([hashtable])]
    param(
        [Parameter(Mandatory = $true)]
        [string[]]$ClassName
    )

    $index = @{}
    foreach ($class in $ClassName) {
        foreach ($setting in (Get-VirtualizationInstance -ClassName $class)) {
            $ids = @(Get-InstanceGuid -InstanceId $setting.InstanceID)
            if ($ids.Count -eq 0) {
                continue
            }
            if (-not $index.ContainsKey($ids[0])) {
                $index[$ids[0]] = [System.Collections.Generic.List[object]]::new()
            }
            $index[$ids[0]].Add($setting)
        }
    }
    $index
}

function Get-VmRecord {
    <#
    .SYNOPSIS
        Gives the records of the host's VMs, or of one.
    .DESCRIPTION
        One query for each kind of thing on the whole host, joined here by the ids in InstanceID: what
        is asked of one VM at a time costs a query for each VM. Only the VHDX files are opened one by one.
    .OUTPUTS
        System.Collections.Specialized.OrderedDictionary, a VmRecord
    #>
    [CmdletBinding()]
    [OutputType([System.Collections.Specialized.OrderedDictionary])]
    param(
        # Networks of the host's resources, by which an adapter's network is named.
        [Parameter(Mandatory = $true)]
        [AllowEmptyCollection()]
        [object[]]$Network,

        # From Get-SwitchNameIndex.
        [Parameter(Mandatory = $true)]
        [hashtable]$SwitchName,

        # Disks that are not opened, from Get-KnownDiskIndex.
        [hashtable]$KnownDisk = @{},

        # Only this VM.
        [guid]$VmId = [guid]::Empty
    )

    $summaries = @{}
    foreach ($summary in (Get-VmSummary)) {
        $summaries[$summary.Name.ToLowerInvariant()] = $summary
    }
    $systems = Get-VirtualizationInstance -ClassName 'Msvm_VirtualSystemSettingData'
    $memory = Get-VmSettingIndex -ClassName 'Msvm_MemorySettingData'
    $storage = Get-VmSettingIndex -ClassName 'Msvm_StorageAllocationSettingData'
    $adapters = Get-VmSettingIndex -ClassName @(
        'Msvm_SyntheticEthernetPortSettingData'
        'Msvm_EmulatedEthernetPortSettingData'
    )
    $adapterContext = @{
        Port    = Get-AdapterSettingIndex -ClassName 'Msvm_EthernetPortAllocationSettingData'
        Vlan    = Get-AdapterSettingIndex -ClassName 'Msvm_EthernetSwitchPortVlanSettingData'
        Guest   = Get-AdapterSettingIndex -ClassName 'Msvm_GuestNetworkAdapterConfiguration'
        Switch  = $SwitchName
        Network = $Network
    }
    $roles = Get-ClusterRoleIndex
    $guestNames = Get-GuestNameIndex
    $checkpoints = @{}
    foreach ($system in $systems) {
        if ($system.VirtualSystemType -like 'Microsoft:Hyper-V:Snapshot:*') {
            $checkpoints[$system.VirtualSystemIdentifier.ToLowerInvariant()] += 1
        }
    }

    foreach ($system in $systems) {
        # Not a checkpoint, nor a VM that is still being planned.
        if ($system.VirtualSystemType -ne 'Microsoft:Hyper-V:System:Realized') {
            continue
        }
        $id = $system.VirtualSystemIdentifier.ToLowerInvariant()
        $isWanted = $VmId -eq [guid]::Empty -or $VmId.ToString() -eq $id
        if (-not $isWanted -or -not $summaries.ContainsKey($id)) {
            continue
        }
        $summary = $summaries[$id]
        $startupMegabytes = [int64]0
        $isDynamic = $false
        if ($memory.ContainsKey($id)) {
            $startupMegabytes = [int64]$memory[$id][0].VirtualQuantity
            $isDynamic = [bool]$memory[$id][0].DynamicMemoryEnabled
        }
        $state = ConvertTo-VmState -Code $summary.EnabledState
        $load = $null
        $heartbeat = $null
        if ($state -eq 'running') {
            $load = [int]$summary.ProcessorLoad
            $heartbeat = ConvertTo-HeartbeatName -Code $summary.Heartbeat
        }
        [ordered]@{
            vm_id                 = $id
            vm_name               = $summary.ElementName
            state                 = $state
            activity              = ConvertTo-VmActivity -Status $summary.OperationalStatus
            generation            = if ($system.VirtualSystemSubType -like '*:2') { 2 } else { 1 }
            cpu_cores             = [int]$summary.NumberOfProcessors
            cpu_load_percent      = $load
            dynamic_memory        = $isDynamic
            memory_startup_bytes  = $startupMegabytes * 1MB
            memory_assigned_bytes = [int64]$summary.MemoryUsage * 1MB
            uptime_ms             = [int64]$summary.UpTime
            notes                 = [string]$summary.Notes
            cluster_role          = $roles[$id]
            checkpoints           = [int]$checkpoints[$id]
            guest_os              = if ($summary.GuestOperatingSystem) { $summary.GuestOperatingSystem } else { $null }
            guest_host_name       = $guestNames[$id]
            heartbeat             = $heartbeat
            disks                 = @(Get-DiskRecord -Setting $storage[$id] -Known $KnownDisk)
            nics                  = @(Get-NicRecord -Setting $adapters[$id] -Context $adapterContext)
        }
    }
}

function Read-TargetVmRecord {
    <#
    .SYNOPSIS
        Gives the record of the VM that the request's vm_id names.
    .OUTPUTS
        System.Collections.Specialized.OrderedDictionary, a VmRecord
    #>
    [CmdletBinding()]
    [OutputType([System.Collections.Specialized.OrderedDictionary])]
    param(
        [Parameter(Mandatory = $true)]
        [psobject]$Request
    )

    $vmId = Get-SpecField -Request $Request -Name 'vm_id' -Kind 'Guid'
    $null = Get-VirtualSystem -VmId $vmId
    $networks = @()
    try {
        $networks = @((Get-HostResource).networks)
    }
    catch {
        # Without the file adapters have no network's name; the rest of the VM is still worth reading.
        if (-not (Test-AgentError -ErrorRecord $_)) {
            throw
        }
    }
    $record = Get-VmRecord -Network $networks -SwitchName (Get-SwitchNameIndex) -VmId $vmId
    if ($null -eq $record) {
        throw (New-AgentError -Code 'vm_not_found' -Message "The host has no VM $vmId." -Target 'vm_id')
    }
    $record
}

function Read-AgentRecord {
    <#
    .SYNOPSIS
        The operation read of the agents vm, disk and nic: the agent's part of the VM as the inventory has it.
    .OUTPUTS
        System.Collections.Specialized.OrderedDictionary with vm, disks or nics
    #>
    [CmdletBinding()]
    [OutputType([System.Collections.Specialized.OrderedDictionary])]
    param(
        [Parameter(Mandatory = $true)]
        [psobject]$Request
    )

    $record = Read-TargetVmRecord -Request $Request
    switch ($Request.agent) {
        'vm' { [ordered]@{ vm = $record } }
        'disk' { [ordered]@{ disks = $record.disks } }
        'nic' { [ordered]@{ nics = $record.nics } }
    }
}
