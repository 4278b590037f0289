<#
.SYNOPSIS
    Volumes and their free space, storage classes, images.
.OUTPUTS
    None. The file only defines functions.
#>
Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'

function Get-StorageVolume {
    <#
    .SYNOPSIS
        Gives the volumes that the host reaches by a local path, the cluster's shared ones first.
    .DESCRIPTION
        Shared volumes come from the cluster: what Windows says of their mount points differs with the
        node that owns them.
    .OUTPUTS
        System.Management.Automation.PSCustomObject with Root (no backslash at its end), CapacityBytes,
        FreeBytes and Shared
    #>
    [CmdletBinding()]
    [OutputType([System.Management.Automation.PSCustomObject])]
    param()

    if (Test-ClusterNode) {
        foreach ($shared in (Get-ClusterSharedVolume)) {
            foreach ($volume in $shared.SharedVolumeInfo) {
                [pscustomobject]@{
                    Root          = $volume.FriendlyVolumeName.TrimEnd('\')
                    CapacityBytes = [int64]$volume.Partition.Size
                    FreeBytes     = [int64]$volume.Partition.FreeSpace
                    Shared        = $true
                }
            }
        }
    }
    foreach ($volume in (Get-CimInstance -Namespace 'root/cimv2' -ClassName 'Win32_Volume')) {
        # No medium, or mounted nowhere.
        if ($null -eq $volume.Capacity -or $volume.Name -notlike '[A-Za-z]:\*') {
            continue
        }
        [pscustomobject]@{
            Root          = $volume.Name.TrimEnd('\')
            CapacityBytes = [int64]$volume.Capacity
            FreeBytes     = [int64]$volume.FreeSpace
            Shared        = $false
        }
    }
}

function Test-PathUnder {
    <#
    .SYNOPSIS
        Tells whether a path is a folder or lies under it, compared as Windows does.
    .DESCRIPTION
        A path that climbs out of its folders again lies under none.
    .OUTPUTS
        System.Boolean
    #>
    [CmdletBinding()]
    [OutputType([bool])]
    param(
        [Parameter(Mandatory = $true)]
        [string]$Path,

        [Parameter(Mandatory = $true)]
        [string]$Folder
    )

    $inner = $Path.Replace('/', '\').TrimEnd('\') + '\'
    $outer = $Folder.Replace('/', '\').TrimEnd('\') + '\'
    -not $inner.Contains('\..\') -and $inner.StartsWith($outer, [System.StringComparison]::OrdinalIgnoreCase)
}

function Find-StorageVolume {
    <#
    .SYNOPSIS
        Gives the volume that a path lies on: the one with the longest root; null where none is known.
    .OUTPUTS
        System.Management.Automation.PSCustomObject, one of Volume
    #>
    [CmdletBinding()]
    [OutputType([System.Management.Automation.PSCustomObject])]
    param(
        [Parameter(Mandatory = $true)]
        [AllowEmptyCollection()]
        [object[]]$Volume,

        [Parameter(Mandatory = $true)]
        [string]$Path
    )

    $found = $null
    foreach ($candidate in $Volume) {
        $isUnder = Test-PathUnder -Path $Path -Folder $candidate.Root
        if ($isUnder -and ($null -eq $found -or $candidate.Root.Length -gt $found.Root.Length)) {
            $found = $candidate
        }
    }
    $found
}

function Assert-FreeSpace {
    <#
    .SYNOPSIS
        Throws storage_full where a disk's file does not fit into the free space of its volume.
    .DESCRIPTION
        A path on no known volume, such as one on another server, is not checked: the copy itself will tell.
    .OUTPUTS
        None
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)]
        [string]$Folder,

        [Parameter(Mandatory = $true)]
        [AllowEmptyCollection()]
        [object[]]$Volume,

        [Parameter(Mandatory = $true)]
        [int64]$NeededBytes,

        # The field of the request that is to blame where it does not fit.
        [Parameter(Mandatory = $true)]
        [string]$Target
    )

    $on = Find-StorageVolume -Volume $Volume -Path $Folder
    if ($null -eq $on -or $NeededBytes -le $on.FreeBytes) {
        return
    }
    $message = 'The disk needs {0:0.#} GB now; {1} has {2:0.#} GB free.'
    $values = ($NeededBytes / 1GB), $on.Root, ($on.FreeBytes / 1GB)
    $text = [string]::Format([System.Globalization.CultureInfo]::InvariantCulture, $message, $values)
    throw (New-AgentError -Code 'storage_full' -Message $text -Target $Target)
}

function Get-ImageEntry {
    <#
    .SYNOPSIS
        Gives the host's images as its resources list them; without a list, the VHDX files in the
        DiskImages folders of the cluster's shared volumes.
    .OUTPUTS
        System.Management.Automation.PSCustomObject with name, path, os_family, description and
        provisioning_version, of which the last three can be null
    #>
    [CmdletBinding()]
    [OutputType([System.Management.Automation.PSCustomObject])]
    param(
        [Parameter(Mandatory = $true)]
        [psobject]$Resource,

        # From Get-StorageVolume.
        [Parameter(Mandatory = $true)]
        [AllowEmptyCollection()]
        [object[]]$Volume
    )

    $listed = Get-OptionalValue -InputObject $Resource -Name 'images'
    if ($null -ne $listed) {
        foreach ($image in $listed) {
            [pscustomobject]@{
                name                 = $image.name
                path                 = $image.path
                os_family            = Get-OptionalValue -InputObject $image -Name 'os_family'
                description          = Get-OptionalValue -InputObject $image -Name 'description'
                provisioning_version = Get-OptionalValue -InputObject $image -Name 'provisioning_version'
            }
        }
        return
    }
    foreach ($shared in $Volume) {
        $folder = Join-Path -Path $shared.Root -ChildPath 'DiskImages'
        if (-not $shared.Shared -or -not (Test-Path -LiteralPath $folder -PathType Container)) {
            continue
        }
        foreach ($file in (Get-ChildItem -LiteralPath $folder -File)) {
            if ($file.Extension -eq '.vhdx') {
                [pscustomobject]@{
                    name                 = $file.BaseName
                    path                 = Join-Path -Path $folder -ChildPath $file.Name
                    os_family            = $null
                    description          = $null
                    provisioning_version = $null
                }
            }
        }
    }
}
