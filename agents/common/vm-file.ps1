<#
.SYNOPSIS
    The files of virtual machines: which are whose, and deleting them.
.OUTPUTS
    None. The file only defines functions.
#>
Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'

function Get-OwnFilePath {
    <#
    .SYNOPSIS
        Gives the paths of the files that are a VM's own: its virtual hard disks, and its copy of the
        provisioning media.
    .OUTPUTS
        System.String
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param(
        # From Get-VM.
        [Parameter(Mandatory = $true)]
        [object]$VirtualMachine,

        # From Get-VmMedia.
        [Parameter(Mandatory = $true)]
        [AllowEmptyCollection()]
        [object[]]$Media
    )

    $id = ([guid]$VirtualMachine.Id).ToString()
    foreach ($entry in $Media) {
        if ($entry.VmId -eq $id -and $entry.IsDisk) {
            $entry.Path
        }
    }
    $copy = Get-ProvisioningMediaPath -VirtualMachine $VirtualMachine
    if (Test-Path -LiteralPath $copy -PathType Leaf) {
        $copy
    }
}

function Assert-NoCheckpoint {
    <#
    .SYNOPSIS
        Throws vm_has_checkpoints where a disk stands on a checkpoint.
    .OUTPUTS
        None
    #>
    [CmdletBinding()]
    param(
        # Paths of virtual hard disks.
        [Parameter(Mandatory = $true)]
        [AllowEmptyCollection()]
        [string[]]$Path,

        [Parameter(Mandatory = $true)]
        [string]$Target
    )

    foreach ($candidate in $Path) {
        if ($candidate -match '\.avhdx?$') {
            $message = "The disk stands on a checkpoint: what it has now is in $candidate."
            throw (New-AgentError -Code 'vm_has_checkpoints' -Message $message -Target $Target)
        }
    }
}

function Get-ConfiguredFolder {
    <#
    .SYNOPSIS
        Gives the folders that the host's resources name for VMs and their disks.
    .OUTPUTS
        System.String
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param(
        [Parameter(Mandatory = $true)]
        [psobject]$Resource
    )

    $Resource.virtual_machines_path
    foreach ($class in $Resource.storage_classes) {
        $class.path
    }
}

function Remove-OwnFile {
    <#
    .SYNOPSIS
        Deletes a file, also a read-only one, and tells whether it is gone.
    .DESCRIPTION
        Hyper-V lets go of a file a moment after the VM or the drive is gone, so that it is tried for a while.
    .OUTPUTS
        System.Boolean
    #>
    [CmdletBinding()]
    [OutputType([bool])]
    param(
        [Parameter(Mandatory = $true)]
        [string]$Path
    )

    for ($attempt = 1; Test-Path -LiteralPath $Path -PathType Leaf; $attempt++) {
        try {
            Remove-Item -LiteralPath $Path -Force
            Write-AgentEvent -Stream 'information' -Text "Deleted $Path."
        }
        catch {
            if ($attempt -ge 5) {
                Write-AgentEvent -Stream 'warning' -Text "$Path cannot be deleted: $($_.Exception.Message.Trim())"
                return $false
            }
            Start-Sleep -Milliseconds 500
        }
    }
    $true
}

function Remove-EmptyFolder {
    <#
    .SYNOPSIS
        Deletes a folder and its subfolders as far as they hold no files, and only below a configured folder.
    .OUTPUTS
        None
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)]
        [string]$Path,

        [Parameter(Mandatory = $true)]
        [psobject]$Resource
    )

    $isBelow = $false
    foreach ($folder in (Get-ConfiguredFolder -Resource $Resource)) {
        if (Test-PathUnder -Path $folder -Folder $Path) {
            # The configured folder itself, or one around it.
            return
        }
        $isBelow = $isBelow -or (Test-PathUnder -Path $Path -Folder $folder)
    }
    if (-not $isBelow -or -not (Test-Path -LiteralPath $Path -PathType Container)) {
        return
    }
    foreach ($child in (Get-ChildItem -LiteralPath $Path -Directory -Force)) {
        # A link leads elsewhere.
        if (([string]$child.Attributes) -notmatch 'ReparsePoint') {
            Remove-EmptyFolder -Path (Join-Path -Path $Path -ChildPath $child.Name) -Resource $Resource
        }
    }
    if (@(Get-ChildItem -LiteralPath $Path -Force).Count -eq 0) {
        try {
            Remove-Item -LiteralPath $Path -Force
        }
        catch {
            Write-AgentEvent -Stream 'warning' -Text "The folder $Path stays: $($_.Exception.Message.Trim())"
        }
    }
}
