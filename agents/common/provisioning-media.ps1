<#
.SYNOPSIS
    Provisioning media: an ISO with the provisioning agent, for guests whose images carry none.
.OUTPUTS
    None. The file only defines functions and their constants.
#>
Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'

# Version of the provisioning protocol that the initialization agent speaks.
$script:ProvisioningProtocol = 1

function Find-ProvisioningMedia {
    <#
    .SYNOPSIS
        Gives the path of the host's provisioning media for an OS family, checked for being there; null where
        the host offers none.
    .OUTPUTS
        System.String
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param(
        [Parameter(Mandatory = $true)]
        [string]$OsFamily
    )

    try {
        $resource = Get-HostResource
    }
    catch {
        # A VM can be initialized on a host that offers nothing by name.
        if ($_.Exception.Data['AgentErrorCode'] -eq 'host_resources_missing') {
            return $null
        }
        throw
    }
    foreach ($entry in (Get-OptionalValue -InputObject $resource -Name 'provisioning_media')) {
        $protocols = Get-OptionalValue -InputObject $entry -Name 'protocols'
        $isSpoken = $null -eq $protocols -or $protocols -contains $script:ProvisioningProtocol
        if ($entry.os_family -cne $OsFamily -or -not $isSpoken) {
            continue
        }
        if (-not (Test-Path -LiteralPath $entry.path -PathType Leaf)) {
            $message = "The host's provisioning media $($entry.path) is not there."
            throw (New-AgentError -Code 'provisioning_media_missing' -Message $message)
        }
        return $entry.path
    }
    $null
}

function Get-ProvisioningMediaPath {
    <#
    .SYNOPSIS
        Gives the path of a VM's own copy of the provisioning media, whether it is there or not.
    .DESCRIPTION
        Named by the VM's id, so that it is known for the VM's whatever the VM is called later, and in a
        folder that several VMs share.
    .OUTPUTS
        System.String
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param(
        # From Get-VM.
        [Parameter(Mandatory = $true)]
        [object]$VirtualMachine
    )

    $name = "provisioning-$(([guid]$VirtualMachine.Id).ToString()).iso"
    Join-Path -Path $VirtualMachine.Path -ChildPath $name
}

function Mount-ProvisioningMedia {
    <#
    .SYNOPSIS
        Copies the provisioning media for a VM that is off and inserts the copy; the VM boots from its first
        hard disk all the same.
    .OUTPUTS
        None
    #>
    [CmdletBinding()]
    param(
        # From Get-VM.
        [Parameter(Mandatory = $true)]
        [object]$VirtualMachine,

        # From Find-ProvisioningMedia.
        [Parameter(Mandatory = $true)]
        [string]$Path
    )

    # An earlier attempt can have left its copy.
    Dismount-ProvisioningMedia -VirtualMachine $VirtualMachine
    $copy = Get-ProvisioningMediaPath -VirtualMachine $VirtualMachine
    Write-AgentEvent -Stream 'information' -Text "Inserting the provisioning media $Path."
    $null = New-Item -Path $VirtualMachine.Path -ItemType Directory -Force
    Copy-ImageFile -SourcePath $Path -TargetPath $copy

    $drive = $null
    foreach ($candidate in (Get-VMDvdDrive -VM $VirtualMachine)) {
        if (-not $candidate.Path) {
            $drive = $candidate
            break
        }
    }
    if ($null -eq $drive) {
        Add-VMDvdDrive -VM $VirtualMachine -Path $copy
    }
    else {
        Set-VMDvdDrive -VMDvdDrive $drive -Path $copy
    }
    $disks = @(Get-VMHardDiskDrive -VM $VirtualMachine)
    if ($VirtualMachine.Generation -eq 2 -and $disks.Count -gt 0) {
        Set-VMFirmware -VM $VirtualMachine -FirstBootDevice $disks[0]
    }
}

function Dismount-ProvisioningMedia {
    <#
    .SYNOPSIS
        Ejects a VM's copy of the provisioning media and deletes it; where there is none, nothing happens.
    .DESCRIPTION
        The drive stays, empty: it takes the next copy. A copy that cannot be deleted is worth a warning
        only, and goes with the VM.
    .OUTPUTS
        None
    #>
    [CmdletBinding()]
    param(
        # From Get-VM.
        [Parameter(Mandatory = $true)]
        [object]$VirtualMachine
    )

    $copy = Get-ProvisioningMediaPath -VirtualMachine $VirtualMachine
    foreach ($drive in (Get-VMDvdDrive -VM $VirtualMachine)) {
        if ($drive.Path -eq $copy) {
            Set-VMDvdDrive -VMDvdDrive $drive -Path $null
        }
    }
    $null = Remove-OwnFile -Path $copy
}
