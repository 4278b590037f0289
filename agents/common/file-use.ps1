<#
.SYNOPSIS
    Which files virtual machines use: on this host, and on the other nodes of its cluster.
.OUTPUTS
    None. The file only defines functions.
#>
Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'

function Get-VmMedia {
    <#
    .SYNOPSIS
        Gives the files that stand in the drives of all VMs of the host, those of their checkpoints included.
    .OUTPUTS
        System.Management.Automation.PSCustomObject with VmId (lower case; a checkpoint has its own), Path, and
        IsDisk: a virtual hard disk, not an ISO
    #>
    [CmdletBinding()]
    [OutputType([System.Management.Automation.PSCustomObject])]
    param()

    $disk = 'Microsoft:Hyper-V:Virtual Hard Disk'
    $media = 'Microsoft:Hyper-V:Virtual CD/DVD Disk'
    foreach ($setting in (Get-VirtualizationInstance -ClassName 'Msvm_StorageAllocationSettingData')) {
        if ($setting.ResourceSubType -notin $disk, $media) {
            continue
        }
        # The first is the VM's, the others are the drive's.
        $ids = @(Get-InstanceGuid -InstanceId $setting.InstanceID)
        foreach ($path in $setting.HostResource) {
            [pscustomobject]@{ VmId = $ids[0]; Path = $path; IsDisk = $setting.ResourceSubType -eq $disk }
        }
    }
}

function Get-VmOwner {
    <#
    .SYNOPSIS
        Gives, by the ids of VMs and of their checkpoints, whose they are.
    .OUTPUTS
        System.Collections.Hashtable of id (lower case) to an object with VmId and VmName
    #>
    [CmdletBinding()]
    [OutputType([hashtable])]
    param()

    $settings = @(Get-VirtualizationInstance -ClassName 'Msvm_VirtualSystemSettingData')
    $names = @{}
    foreach ($setting in $settings) {
        if ($setting.VirtualSystemType -eq 'Microsoft:Hyper-V:System:Realized') {
            $names[$setting.VirtualSystemIdentifier] = $setting.ElementName
        }
    }
    $owners = @{}
    foreach ($setting in $settings) {
        $ids = @(Get-InstanceGuid -InstanceId $setting.InstanceID)
        $vmId = [string]$setting.VirtualSystemIdentifier
        if ($ids.Count -gt 0 -and $names.ContainsKey($vmId)) {
            $owners[$ids[0]] = [pscustomobject]@{ VmId = $vmId.ToLowerInvariant(); VmName = $names[$vmId] }
        }
    }
    $owners
}

function Get-FileUse {
    <#
    .SYNOPSIS
        Gives every file that a VM of the host needs: what stands in its drives, and what differencing disks there
        stand on, the whole chain.
    .OUTPUTS
        System.Management.Automation.PSCustomObject: that of Read-FileIdentity with VmId, VmName and DrivePath,
        what stands in the drive
    #>
    [CmdletBinding()]
    [OutputType([System.Management.Automation.PSCustomObject])]
    param()

    $owners = Get-VmOwner
    # A parent is shared by many disks, and read once.
    $read = @{}
    foreach ($entry in (Get-VmMedia)) {
        $owner = [pscustomobject]@{ VmId = $entry.VmId; VmName = $entry.VmId }
        if ($owners.ContainsKey($entry.VmId)) {
            $owner = $owners[$entry.VmId]
        }
        $path = $entry.Path
        while ($path) {
            if (-not $read.ContainsKey($path)) {
                $read[$path] = Read-FileIdentity -Path $path
            }
            $file = $read[$path]
            [pscustomobject]@{
                VmId      = $owner.VmId
                VmName    = $owner.VmName
                DrivePath = $entry.Path
                Path      = $file.Path
                DiskId    = $file.DiskId
                Created   = $file.Created
                Problem   = $file.Problem
            }
            $path = $file.ParentPath
        }
    }
}

function Get-ComputerName {
    <#
    .SYNOPSIS
        Gives the host's name, which is that of its node in a cluster.
    .OUTPUTS
        System.String
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param()

    (Get-CimInstance -Namespace 'root/cimv2' -ClassName 'Win32_ComputerSystem').Name
}

function Read-AgentFile {
    <#
    .SYNOPSIS
        The operation files of the agent inventory: what the host's VMs use, for the other nodes of its cluster.
    .OUTPUTS
        System.Collections.Specialized.OrderedDictionary with node and files
    #>
    [CmdletBinding()]
    [OutputType([System.Collections.Specialized.OrderedDictionary])]
    param(
        [Parameter(Mandatory = $true)]
        [psobject]$Request
    )

    $files = foreach ($use in (Get-FileUse)) {
        [ordered]@{
            vm_id      = $use.VmId
            vm_name    = $use.VmName
            drive_path = $use.DrivePath
            path       = $use.Path
            disk_id    = $use.DiskId
            created    = $use.Created
            problem    = $use.Problem
        }
    }
    [ordered]@{ node = Get-ComputerName; files = @($files) }
}

function Get-OtherNodeUse {
    <#
    .SYNOPSIS
        Gives what the request says of the files that VMs on other nodes of the cluster use: the answers of
        inventory/files there.
    .DESCRIPTION
        The other nodes cannot be asked from here: the credentials of a call go no further than this host.
    .OUTPUTS
        System.Collections.Hashtable of the name of a node to a list of objects like those of Get-FileUse
    #>
    [CmdletBinding()]
    [OutputType([hashtable])]
    param(
        [Parameter(Mandatory = $true)]
        [psobject]$Request
    )

    $wrong = @{
        Code    = 'invalid_request'
        Message = 'The field other_nodes must be a list of answers of inventory/files.'
        Target  = 'other_nodes'
    }
    $nodes = @{}
    $answers = Get-OptionalValue -InputObject $Request.spec -Name 'other_nodes'
    if ($null -ne $answers -and $answers -isnot [object[]]) {
        throw (New-AgentError @wrong)
    }
    foreach ($answer in $answers) {
        $node = Get-OptionalValue -InputObject $answer -Name 'node'
        $files = Get-OptionalValue -InputObject $answer -Name 'files'
        if ($node -isnot [string] -or $node -eq '' -or $files -isnot [object[]]) {
            throw (New-AgentError @wrong)
        }
        $nodes[$node] = @(
            foreach ($file in $files) {
                $use = [pscustomobject]@{
                    VmId      = Get-OptionalValue -InputObject $file -Name 'vm_id'
                    VmName    = Get-OptionalValue -InputObject $file -Name 'vm_name'
                    DrivePath = Get-OptionalValue -InputObject $file -Name 'drive_path'
                    Path      = Get-OptionalValue -InputObject $file -Name 'path'
                    DiskId    = Get-OptionalValue -InputObject $file -Name 'disk_id'
                    Created   = Get-OptionalValue -InputObject $file -Name 'created'
                    Problem   = Get-OptionalValue -InputObject $file -Name 'problem'
                }
                foreach ($text in $use.VmId, $use.VmName, $use.DrivePath, $use.Path) {
                    if ($text -isnot [string]) {
                        throw (New-AgentError @wrong)
                    }
                }
                $use
            }
        )
    }
    $nodes
}
