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
        # Name, ElementName, Notes, NumberOfProcessors, EnabledState, MemoryUsage, UpTime. Without
        # SettingData the call is about all VMs.
        Arguments   = @{ RequestedInformation = [uint32[]](0, 1, 3, 4, 100, 103, 105) }
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
        Switch  = Get-SwitchNameIndex
        Network = $Network
    }
    $clustered = @(Get-ClusteredVmId)

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
        if ($memory.ContainsKey($id)) {
            $startupMegabytes = [int64]$memory[$id][0].VirtualQuantity
        }
        [ordered]@{
            vm_id                 = $id
            vm_name               = $summary.ElementName
            state                 = ConvertTo-VmState -Code $summary.EnabledState
            generation            = if ($system.VirtualSystemSubType -like '*:2') { 2 } else { 1 }
            cpu_cores             = [int]$summary.NumberOfProcessors
            memory_startup_bytes  = $startupMegabytes * 1MB
            memory_assigned_bytes = [int64]$summary.MemoryUsage * 1MB
            uptime_ms             = [int64]$summary.UpTime
            notes                 = [string]$summary.Notes
            clustered             = $clustered -contains $id
            disks                 = @(Get-DiskRecord -Setting $storage[$id])
            nics                  = @(Get-NicRecord -Setting $adapters[$id] -Context $adapterContext)
        }
    }
}

function Get-DiskRecord {
    <#
    .SYNOPSIS
        Gives the records of a VM's virtual hard disks.
    .OUTPUTS
        System.Collections.Specialized.OrderedDictionary, a DiskRecord
    #>
    [CmdletBinding()]
    [OutputType([System.Collections.Specialized.OrderedDictionary])]
    param(
        # The VM's Msvm_StorageAllocationSettingData; null: it has none.
        [Parameter(Mandatory = $true)]
        [AllowNull()]
        [object]$Setting
    )

    foreach ($drive in $Setting) {
        if ($null -eq $drive -or $drive.ResourceSubType -ne 'Microsoft:Hyper-V:Virtual Hard Disk') {
            continue
        }
        $path = @($drive.HostResource)[0]
        $record = [ordered]@{ disk_id = $null; path = $path; size_bytes = $null; file_bytes = $null }
        try {
            $disk = Get-VHD -Path $path
            if ($disk.DiskIdentifier) {
                $record['disk_id'] = ([guid][string]$disk.DiskIdentifier).ToString()
            }
            $record['size_bytes'] = [int64]$disk.Size
            $record['file_bytes'] = [int64]$disk.FileSize
        }
        catch {
            # Another host can hold the file open; the VM is worth reporting without it.
            Write-AgentEvent -Stream 'verbose' -Text "$path cannot be read: $($_.Exception.Message.Trim())"
        }
        $record
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
    $record = Get-VmRecord -Network $networks -VmId $vmId
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
