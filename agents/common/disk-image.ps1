<#
.SYNOPSIS
    Makes a disk's file: blank, or a clone of an image.
.OUTPUTS
    None. The file only defines functions.
#>
Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'

function Get-RequestedImage {
    <#
    .SYNOPSIS
        Gives the VHDX of the image that the request names, checked for being usable; null: a blank disk.
    .OUTPUTS
        Microsoft.Vhd.PowerShell.VirtualHardDisk
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)]
        [psobject]$Request,

        [Parameter(Mandatory = $true)]
        [psobject]$Resource,

        # From Get-StorageVolume.
        [Parameter(Mandatory = $true)]
        [AllowEmptyCollection()]
        [object[]]$Volume,

        [Parameter(Mandatory = $true)]
        [int64]$SizeBytes
    )

    $name = Get-SpecField -Request $Request -Name 'image_name' -Optional
    if ($null -eq $name) {
        return $null
    }
    $entries = @(Get-ImageEntry -Resource $Resource -Volume $Volume)
    $entry = Find-NamedResource -List $entries -Name $name
    if ($null -eq $entry) {
        $message = "The host has no image named $name."
        throw (New-AgentError -Code 'image_not_found' -Message $message -Target 'image_name')
    }
    if (-not (Test-Path -LiteralPath $entry.path -PathType Leaf)) {
        $message = "The image $name is listed, but its file $($entry.path) is not there."
        throw (New-AgentError -Code 'image_not_found' -Message $message -Target 'image_name')
    }
    $image = Get-VHD -Path $entry.path
    if ([string]$image.VhdFormat -ne 'VHDX' -or [string]$image.VhdType -eq 'Differencing') {
        $message = "The image $name is not a complete VHDX: a VHD or a differencing disk cannot be cloned."
        throw (New-AgentError -Code 'image_not_found' -Message $message -Target 'image_name')
    }
    if ([int64]$image.Size -gt $SizeBytes) {
        $gigabytes = [System.Math]::Ceiling([int64]$image.Size / 1GB)
        $message = "The image $name has $gigabytes GB; the disk must be at least as large."
        throw (New-AgentError -Code 'disk_smaller_than_image' -Message $message -Target 'size_gb')
    }
    $image
}

function New-DiskFile {
    <#
    .SYNOPSIS
        Creates a VHDX: blank, or a clone of an image with an identifier of its own, grown to its size.
    .OUTPUTS
        Microsoft.Vhd.PowerShell.VirtualHardDisk
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)]
        [string]$Path,

        [Parameter(Mandatory = $true)]
        [int64]$SizeBytes,

        [Parameter(Mandatory = $true)]
        [bool]$IsFixed,

        # From Get-RequestedImage; null: blank.
        [Parameter(Mandatory = $true)]
        [AllowNull()]
        [object]$Image
    )

    if ($null -eq $Image) {
        $kind = if ($IsFixed) { @{ Fixed = $true } } else { @{ Dynamic = $true } }
        $null = New-VHD -Path $Path -SizeBytes $SizeBytes @kind
        return Get-VHD -Path $Path
    }
    $imageIsFixed = [string]$Image.VhdType -eq 'Fixed'
    if ($imageIsFixed -eq $IsFixed) {
        Copy-ImageFile -SourcePath $Image.Path -TargetPath $Path -Target 'storage_class'
    }
    else {
        $kind = if ($IsFixed) { 'Fixed' } else { 'Dynamic' }
        Write-AgentEvent -Stream 'information' -Text "Converting the image to a disk of the type $kind."
        Convert-VHD -Path $Image.Path -DestinationPath $Path -VHDType $kind
    }
    try {
        # A copy has its image's identifier, and disks are told apart by it.
        Set-VHD -Path $Path -ResetDiskIdentifier -Force
        if ([int64]$Image.Size -lt $SizeBytes) {
            Resize-VHD -Path $Path -SizeBytes $SizeBytes
        }
        Get-VHD -Path $Path
    }
    catch {
        Remove-Item -LiteralPath $Path -Force
        throw
    }
}
