<#
.SYNOPSIS
    Creates and reads the disks of a virtual machine.
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

function Get-DiskPath {
    <#
    .SYNOPSIS
        Gives the path of a VM's next disk: <VM>.vhdx, then <VM>-2.vhdx, and so on.
    .DESCRIPTION
        A name is passed over when one of the VM's own disks has it, and refused when any other file does.
    .OUTPUTS
        System.String
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param(
        [Parameter(Mandatory = $true)]
        [string]$Folder,

        [Parameter(Mandatory = $true)]
        [string]$VmName,

        # Paths of the disks that the VM has.
        [Parameter(Mandatory = $true)]
        [AllowEmptyCollection()]
        [string[]]$Attached
    )

    $path = Join-Path -Path $Folder -ChildPath "$VmName.vhdx"
    for ($number = 2; $Attached -contains $path; $number++) {
        $path = Join-Path -Path $Folder -ChildPath "$VmName-$number.vhdx"
    }
    if (Test-Path -LiteralPath $path) {
        throw (New-AgentError -Code 'disk_exists' -Message "The file $path exists already.")
    }
    $path
}

function Get-RequestedStorageClass {
    <#
    .SYNOPSIS
        Gives the storage class that the request names, or the host's first.
    .OUTPUTS
        System.Management.Automation.PSCustomObject
    #>
    [CmdletBinding()]
    [OutputType([System.Management.Automation.PSCustomObject])]
    param(
        [Parameter(Mandatory = $true)]
        [psobject]$Request,

        [Parameter(Mandatory = $true)]
        [psobject]$Resource
    )

    $name = Get-SpecField -Request $Request -Name 'storage_class' -Optional
    $class = $null
    if ($null -ne $name) {
        $class = Find-NamedResource -List $Resource.storage_classes -Name $name
    }
    elseif ($Resource.storage_classes.Count -gt 0) {
        $class = $Resource.storage_classes[0]
    }
    if ($null -eq $class) {
        $message = if ($name) { "The host has no storage class named $name." } else { 'The host has no storage class.' }
        throw (New-AgentError -Code 'storage_class_not_found' -Message $message -Target 'storage_class')
    }
    $class
}

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

function Assert-FreeSpace {
    <#
    .SYNOPSIS
        Throws where a new disk's file does not fit into the free space of its volume.
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
        [int64]$NeededBytes
    )

    $target = Find-StorageVolume -Volume $Volume -Path $Folder
    if ($null -eq $target -or $NeededBytes -le $target.FreeBytes) {
        return
    }
    $message = 'The disk needs {0:0.#} GB now; {1} has {2:0.#} GB free.'
    $values = ($NeededBytes / 1GB), $target.Root, ($target.FreeBytes / 1GB)
    $text = [string]::Format([System.Globalization.CultureInfo]::InvariantCulture, $message, $values)
    throw (New-AgentError -Code 'storage_full' -Message $text -Target 'storage_class')
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
        Copy-ImageFile -SourcePath $Image.Path -TargetPath $Path
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

function New-AgentDisk {
    <#
    .SYNOPSIS
        Creates a disk and attaches it to a VM; everything that can be checked is, before that.
    .OUTPUTS
        System.Collections.Specialized.OrderedDictionary with disk_id, path and size_gb
    #>
    [CmdletBinding()]
    [OutputType([System.Collections.Specialized.OrderedDictionary])]
    param(
        [Parameter(Mandatory = $true)]
        [psobject]$Request
    )

    $vm = Get-TargetVirtualMachine -Request $Request
    $sizeGb = Get-SpecField -Request $Request -Name 'size_gb' -Kind 'PositiveInteger'
    $sizeBytes = $sizeGb * 1GB
    $isFixed = (Get-SpecField -Request $Request -Name 'storage_type' -Allowed 'dynamic', 'fixed') -eq 'fixed'
    $resource = Get-HostResource
    $class = Get-RequestedStorageClass -Request $Request -Resource $resource
    $volumes = @(Get-StorageVolume)
    $image = Get-RequestedImage -Request $Request -Resource $resource -Volume $volumes -SizeBytes $sizeBytes

    $neededBytes = [int64]0
    if ($isFixed) {
        $neededBytes = $sizeBytes
    }
    elseif ($null -ne $image) {
        $neededBytes = [int64]$image.FileSize
    }
    $folder = Join-Path -Path $class.path -ChildPath $vm.Name
    Assert-FreeSpace -Folder $folder -Volume $volumes -NeededBytes $neededBytes

    $drives = @(Get-VMHardDiskDrive -VM $vm)
    $attached = [string[]]@(foreach ($drive in $drives) { $drive.Path })
    $path = Get-DiskPath -Folder $folder -VmName $vm.Name -Attached $attached

    Set-NotesMarker -VirtualMachine $vm -Request $Request -DiskPath $path
    Write-AgentEvent -Stream 'information' -Text "Creating the disk $path."
    $null = New-Item -Path $folder -ItemType Directory -Force
    $disk = New-DiskFile -Path $path -SizeBytes $sizeBytes -IsFixed $isFixed -Image $image

    $newDrive = Add-VMHardDiskDrive -VM $vm -ControllerType SCSI -Path $path -Passthru
    if ($drives.Count -eq 0) {
        Set-VMFirmware -VM $vm -FirstBootDevice $newDrive
    }
    Write-AgentEvent -Stream 'information' -Text "Attached the disk $path."
    [ordered]@{
        disk_id = ([guid][string]$disk.DiskIdentifier).ToString()
        path    = $path
        size_gb = $sizeGb
    }
}

function Read-AgentDisk {
    <#
    .SYNOPSIS
        Gives a VM's disks as the inventory reports them.
    .OUTPUTS
        System.Collections.Specialized.OrderedDictionary with disks, a list of DiskRecord
    #>
    [CmdletBinding()]
    [OutputType([System.Collections.Specialized.OrderedDictionary])]
    param(
        [Parameter(Mandatory = $true)]
        [psobject]$Request
    )

    $record = Read-TargetVmRecord -Request $Request
    [ordered]@{ disks = $record.disks }
}

$main = @{
    Agent       = 'disk'
    Operations  = @{
        create = 'New-AgentDisk'
        read   = 'Read-AgentDisk'
    }
    RequestJson = $RequestJson
}
exit (Invoke-AgentMain @main)
