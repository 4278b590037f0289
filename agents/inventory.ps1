<#
.SYNOPSIS
    Reads a host and its virtual machines.
.OUTPUTS
    None. Event lines and one result line go to standard output; the process ends with the exit code.
#>
[CmdletBinding()]
param(
    # The request, a JSON object (docs/agent-protocol.md).
    [Parameter(Mandatory = $true)]
    [AllowEmptyString()]
    [string]$RequestJson
)

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'

function Get-StorageClassRecord {
    <#
    .SYNOPSIS
        Gives the records of the host's storage classes.
    .OUTPUTS
        System.Collections.Specialized.OrderedDictionary, a StorageClassRecord
    #>
    [CmdletBinding()]
    [OutputType([System.Collections.Specialized.OrderedDictionary])]
    param(
        [Parameter(Mandatory = $true)]
        [psobject]$Resource,

        [Parameter(Mandatory = $true)]
        [AllowEmptyCollection()]
        [object[]]$Volume
    )

    foreach ($class in $Resource.storage_classes) {
        $record = [ordered]@{
            name           = $class.name
            path           = $class.path
            capacity_bytes = $null
            free_bytes     = $null
            shared         = $false
        }
        $on = Find-StorageVolume -Volume $Volume -Path $class.path
        if ($null -ne $on) {
            $record['capacity_bytes'] = $on.CapacityBytes
            $record['free_bytes'] = $on.FreeBytes
            $record['shared'] = $on.Shared
        }
        $record
    }
}

function Get-NetworkRecord {
    <#
    .SYNOPSIS
        Gives the records of the host's networks.
    .OUTPUTS
        System.Collections.Specialized.OrderedDictionary, a NetworkRecord
    #>
    [CmdletBinding()]
    [OutputType([System.Collections.Specialized.OrderedDictionary])]
    param(
        [Parameter(Mandatory = $true)]
        [psobject]$Resource,

        # Names of the host's virtual switches.
        [Parameter(Mandatory = $true)]
        [AllowEmptyCollection()]
        [string[]]$Switch
    )

    $members = 'gateway', 'dns', 'dns_secondary', 'subnet_mask', 'network_address', 'dhcp_available'
    foreach ($network in $Resource.networks) {
        $settings = $null
        $given = Get-OptionalValue -InputObject $network -Name 'ip_settings'
        if ($null -ne $given) {
            $settings = [ordered]@{}
            foreach ($member in $members) {
                $settings[$member] = Get-OptionalValue -InputObject $given -Name $member
            }
        }
        [ordered]@{
            name                   = $network.name
            virtual_switch         = $network.configuration.virtual_switch
            virtual_switch_present = $Switch -contains $network.configuration.virtual_switch
            vlan_id                = $network.configuration.vlan_id
            ip_settings            = $settings
        }
    }
}

function Get-ImageRecord {
    <#
    .SYNOPSIS
        Gives the records of the host's images.
    .OUTPUTS
        System.Collections.Specialized.OrderedDictionary, an ImageRecord
    #>
    [CmdletBinding()]
    [OutputType([System.Collections.Specialized.OrderedDictionary])]
    param(
        [Parameter(Mandatory = $true)]
        [psobject]$Resource,

        [Parameter(Mandatory = $true)]
        [AllowEmptyCollection()]
        [object[]]$Volume
    )

    foreach ($image in (Get-ImageEntry -Resource $Resource -Volume $Volume)) {
        $record = [ordered]@{
            name                 = $image.name
            os_family            = $image.os_family
            description          = $image.description
            size_gb              = $null
            file_bytes           = $null
            provisioning_version = $image.provisioning_version
        }
        try {
            $disk = Get-VHD -Path $image.path
            $record['size_gb'] = [int64][System.Math]::Ceiling([int64]$disk.Size / 1GB)
            $record['file_bytes'] = [int64]$disk.FileSize
        }
        catch {
            $words = $_.Exception.Message.Trim()
            Write-AgentEvent -Stream 'warning' -Text "The image $($image.name) cannot be read: $words"
        }
        $record
    }
}

function Get-HostRecord {
    <#
    .SYNOPSIS
        Gives the record of the host, with its resources where they could be read.
    .OUTPUTS
        System.Collections.Specialized.OrderedDictionary, a HostRecord
    #>
    [CmdletBinding()]
    [OutputType([System.Collections.Specialized.OrderedDictionary])]
    param(
        # From Get-HostResource; null: it could not be read.
        [Parameter(Mandatory = $true)]
        [AllowNull()]
        [object]$Resource,

        # Why not; empty: it could.
        [Parameter(Mandatory = $true)]
        [AllowEmptyString()]
        [string]$ResourceError,

        # Names of the host's virtual switches.
        [Parameter(Mandatory = $true)]
        [AllowEmptyCollection()]
        [string[]]$Switch
    )

    $invariant = [System.Globalization.CultureInfo]::InvariantCulture
    $windows = Get-CimInstance -Namespace 'root/cimv2' -ClassName 'Win32_OperatingSystem'
    $machine = Get-CimInstance -Namespace 'root/cimv2' -ClassName 'Win32_ComputerSystem'
    $cluster = $null
    $nodes = @()
    if (Test-ClusterNode) {
        $cluster = (Get-Cluster).Name
        $nodes = @(Get-ClusterNodeRecord)
    }
    $record = [ordered]@{
        computer_name          = $machine.Name
        os_version             = "$($windows.Caption) $($windows.Version)"
        powershell_version     = $PSVersionTable.PSVersion.ToString()
        booted_at              = $windows.LastBootUpTime.ToUniversalTime().ToString('o', $invariant)
        logical_processors     = [int]$machine.NumberOfLogicalProcessors
        memory_total_bytes     = [int64]$machine.TotalPhysicalMemory
        # Windows gives it in KB.
        memory_available_bytes = [int64]$windows.FreePhysicalMemory * 1KB
        cluster                = $cluster
        cluster_nodes          = $nodes
        virtual_machines_path  = $null
        storage_classes        = @()
        networks               = @()
        images                 = @()
        resources_error        = $null
    }
    if ($null -eq $Resource) {
        $record['resources_error'] = $ResourceError
        return $record
    }
    $volumes = @(Get-StorageVolume)
    $record['virtual_machines_path'] = $Resource.virtual_machines_path
    $record['storage_classes'] = @(Get-StorageClassRecord -Resource $Resource -Volume $volumes)
    $record['networks'] = @(Get-NetworkRecord -Resource $Resource -Switch $Switch)
    $record['images'] = @(Get-ImageRecord -Resource $Resource -Volume $volumes)
    $record
}

function Read-AgentInventory {
    <#
    .SYNOPSIS
        Gives the host and all its VMs.
    .OUTPUTS
        System.Collections.Specialized.OrderedDictionary with host, a HostRecord, and vms, a list of VmRecord
    #>
    [CmdletBinding()]
    [OutputType([System.Collections.Specialized.OrderedDictionary])]
    param(
        # Its known_disks are not opened.
        [Parameter(Mandatory = $true)]
        [psobject]$Request
    )

    $resource = $null
    $resourceError = ''
    $networks = @()
    try {
        $resource = Get-HostResource
        $networks = $resource.networks
    }
    catch {
        if (-not (Test-AgentError -ErrorRecord $_)) {
            throw
        }
        $resourceError = $_.Exception.Message
        Write-AgentEvent -Stream 'warning' -Text $resourceError
    }
    $switches = Get-SwitchNameIndex
    $ofHost = @{ Resource = $resource; ResourceError = $resourceError; Switch = [string[]]@($switches.Values) }
    $ofVms = @{ Network = $networks; SwitchName = $switches; KnownDisk = Get-KnownDiskIndex -Request $Request }
    [ordered]@{
        host = Get-HostRecord @ofHost
        vms  = @(Get-VmRecord @ofVms)
    }
}

$operations = @{
    read  = 'Read-AgentInventory'
    files = 'Read-AgentFile'
}
exit (Invoke-AgentMain -Agent 'inventory' -Operations $operations -RequestJson $RequestJson)
