<#
.SYNOPSIS
    Creates, reads, grows and deletes the disks of a virtual machine.
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
    Assert-FolderName -Name $vm.Name -Target 'vm_id'
    $sizeGb = Get-SpecField -Request $Request -Name 'size_gb' -Kind 'PositiveInteger'
    $sizeBytes = $sizeGb * 1GB
    $isFixed = (Get-SpecField -Request $Request -Name 'storage_type' -Allowed 'dynamic', 'fixed') -eq 'fixed'
    $resource = Get-HostResource
    $class = Get-RequestedStorageClass -Request $Request -Resource $resource
    $volumes = @(Get-StorageVolume)
    $image = Get-RequestedImage -Request $Request -Resource $resource -Volume $volumes -SizeBytes $sizeBytes
    $drives = @(Get-VMHardDiskDrive -VM $vm)
    if ($null -ne (Get-UnfinishedMarker -VirtualMachine $vm -Request $Request)) {
        if ($drives.Count -gt 0) {
            $message = "The VM $($vm.Name) has a disk by now: $($drives[0].Path)"
            throw (New-AgentError -Code 'deployment_changed' -Message $message -Target 'deployment_id')
        }
        # Before the room is measured: the half of a copy takes some.
        Remove-HalfMadeDisk -VirtualMachine $vm -Request $Request -Resource $resource
        $volumes = @(Get-StorageVolume)
    }

    $neededBytes = [int64]0
    if ($isFixed) {
        $neededBytes = $sizeBytes
    }
    elseif ($null -ne $image) {
        $neededBytes = [int64]$image.FileSize
    }
    $folder = Join-Path -Path $class.path -ChildPath $vm.Name
    Assert-FreeSpace -Folder $folder -Volume $volumes -NeededBytes $neededBytes -Target 'storage_class'

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
    Update-VmClusterRole -VmId $vm.Id
    Write-AgentEvent -Stream 'information' -Text "Attached the disk $path."
    [ordered]@{
        disk_id = ([guid][string]$disk.DiskIdentifier).ToString()
        path    = $path
        size_gb = $sizeGb
    }
}

function Get-TargetDisk {
    <#
    .SYNOPSIS
        Finds the disk that the request's disk_id names among the VM's; disk_not_found where it is not.
    .OUTPUTS
        System.Management.Automation.PSCustomObject with Drive, from Get-VMHardDiskDrive, and Vhd, from Get-VHD
    #>
    [CmdletBinding()]
    [OutputType([System.Management.Automation.PSCustomObject])]
    param(
        # From Get-VM.
        [Parameter(Mandatory = $true)]
        [object]$VirtualMachine,

        [Parameter(Mandatory = $true)]
        [psobject]$Request
    )

    $diskId = Get-SpecField -Request $Request -Name 'disk_id' -Kind 'Guid'
    foreach ($drive in (Get-VMHardDiskDrive -VM $VirtualMachine)) {
        try {
            $vhd = Get-VHD -Path $drive.Path
        }
        catch {
            # A disk of the host itself that is passed through, or a file that another host holds open.
            Write-AgentEvent -Stream 'verbose' -Text "$($drive.Path) cannot be read: $($_.Exception.Message.Trim())"
            continue
        }
        if ($vhd.DiskIdentifier -and [guid][string]$vhd.DiskIdentifier -eq $diskId) {
            return [pscustomobject]@{ Drive = $drive; Vhd = $vhd }
        }
    }
    $message = "The VM $($VirtualMachine.Name) has no disk $diskId."
    throw (New-AgentError -Code 'disk_not_found' -Message $message -Target 'disk_id')
}

function Assert-DiskChange {
    <#
    .SYNOPSIS
        Throws where a disk can be neither grown nor detached: it stands on a checkpoint, or the VM's state
        does not allow it.
    .OUTPUTS
        None
    #>
    [CmdletBinding()]
    param(
        # From Get-VM.
        [Parameter(Mandatory = $true)]
        [object]$VirtualMachine,

        # From Get-TargetDisk.
        [Parameter(Mandatory = $true)]
        [psobject]$Disk,

        # What is possible only then, the beginning of a sentence.
        [Parameter(Mandatory = $true)]
        [string]$Change
    )

    Assert-NoCheckpoint -Path $Disk.Drive.Path -Target 'disk_id'
    $rule = @{
        VirtualMachine = $VirtualMachine
        State          = Get-VmState -VirtualMachine $VirtualMachine
        Allowed        = if ([string]$Disk.Drive.ControllerType -eq 'SCSI') { 'off', 'running' } else { 'off' }
        Change         = $Change
        Target         = 'disk_id'
    }
    Assert-VmState @rule
}

function Set-AgentDisk {
    <#
    .SYNOPSIS
        The operation update: grows a disk.
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
    $disk = Get-TargetDisk -VirtualMachine $vm -Request $Request
    $path = $disk.Drive.Path
    $moreBytes = $sizeGb * 1GB - [int64]$disk.Vhd.Size
    if ($moreBytes -lt 0) {
        $message = "The disk has $([System.Math]::Ceiling([int64]$disk.Vhd.Size / 1GB)) GB."
        throw (New-AgentError -Code 'disk_would_shrink' -Message $message -Target 'size_gb')
    }
    if ($moreBytes -gt 0) {
        Assert-DiskChange -VirtualMachine $vm -Disk $disk -Change 'the disk can be grown'
        if ([string]$disk.Vhd.VhdType -eq 'Fixed') {
            $volumes = @(Get-StorageVolume)
            Assert-FreeSpace -Folder $path -Volume $volumes -NeededBytes $moreBytes -Target 'size_gb'
        }
        Write-AgentEvent -Stream 'information' -Text "Growing the disk $path to $sizeGb GB."
        Resize-VHD -Path $path -SizeBytes ($sizeGb * 1GB)
    }
    [ordered]@{
        disk_id = ([guid][string]$disk.Vhd.DiskIdentifier).ToString()
        path    = $path
        size_gb = $sizeGb
    }
}

function Remove-AgentDisk {
    <#
    .SYNOPSIS
        The operation delete: detaches a disk, and deletes its file where that is asked for.
    .OUTPUTS
        System.Collections.Specialized.OrderedDictionary with path and deleted
    #>
    [CmdletBinding()]
    [OutputType([System.Collections.Specialized.OrderedDictionary])]
    param(
        [Parameter(Mandatory = $true)]
        [psobject]$Request
    )

    $vm = Get-TargetVirtualMachine -Request $Request
    $deletesFile = Get-SpecField -Request $Request -Name 'delete_file' -Kind 'Boolean'
    $disk = Get-TargetDisk -VirtualMachine $vm -Request $Request
    $path = $disk.Drive.Path
    Assert-DiskChange -VirtualMachine $vm -Disk $disk -Change 'the disk can be detached'
    if ($deletesFile) {
        $resource = Get-HostResource
        $surrounding = Get-FileSurrounding -Path $path -VmId $vm.Id -Resource $resource -Request $Request
        Assert-OwnFile -Path $path -Surrounding $surrounding -Target 'delete_file'
    }

    Write-AgentEvent -Stream 'information' -Text "Detaching the disk $path."
    Remove-VMHardDiskDrive -VMHardDiskDrive $disk.Drive
    Update-VmClusterRole -VmId $vm.Id
    if ($deletesFile) {
        if (-not (Remove-OwnFile -Path $path)) {
            $message = "The disk is detached, but its file could not be deleted: $path"
            throw (New-AgentError -Code 'files_left' -Message $message)
        }
        Remove-EmptyFolder -Path (Split-Path -Path $path -Parent) -Resource $resource
    }
    [ordered]@{ path = $path; deleted = $deletesFile }
}

$operations = @{
    create = 'New-AgentDisk'
    read   = 'Read-AgentRecord'
    update = 'Set-AgentDisk'
    delete = 'Remove-AgentDisk'
}
exit (Invoke-AgentMain -Agent 'disk' -Operations $operations -RequestJson $RequestJson)
