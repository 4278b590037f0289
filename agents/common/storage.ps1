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
    $ignoreCase = [System.StringComparison]::OrdinalIgnoreCase
    foreach ($candidate in $Volume) {
        $isUnder = "$Path\".Replace('/', '\').StartsWith("$($candidate.Root)\", $ignoreCase)
        if ($isUnder -and ($null -eq $found -or $candidate.Root.Length -gt $found.Root.Length)) {
            $found = $candidate
        }
    }
    $found
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
