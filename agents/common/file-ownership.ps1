<#
.SYNOPSIS
    Whether a file is a VM's alone, so that it may be deleted with it.
.OUTPUTS
    None. The file only defines functions.
#>
Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'

function Assert-ConfiguredPath {
    <#
    .SYNOPSIS
        Throws file_outside_configured_paths where a path lies in none of the folders for VMs and their disks.
    .OUTPUTS
        None
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)]
        [string]$Path,

        [Parameter(Mandatory = $true)]
        [psobject]$Resource,

        [Parameter(Mandatory = $true)]
        [string]$Target
    )

    foreach ($folder in (Get-ConfiguredFolder -Resource $Resource)) {
        if (Test-PathUnder -Path $Path -Folder $folder) {
            return
        }
    }
    $message = "$Path lies neither under the host's virtual_machines_path nor under a storage class."
    throw (New-AgentError -Code 'file_outside_configured_paths' -Message $message -Target $Target)
}

function Get-OfferedFile {
    <#
    .SYNOPSIS
        Gives what tells the files of the host's images and of its provisioning media from others.
    .OUTPUTS
        System.Management.Automation.PSCustomObject, as from Read-FileIdentity
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

    foreach ($entry in (Get-ImageEntry -Resource $Resource -Volume $Volume)) {
        Read-FileIdentity -Path $entry.path
    }
    foreach ($entry in (Get-OptionalValue -InputObject $Resource -Name 'provisioning_media')) {
        if ($null -ne $entry) {
            Read-FileIdentity -Path $entry.path
        }
    }
}

function Assert-Unused {
    <#
    .SYNOPSIS
        Throws file_not_owned where a VM uses a file, and file_users_unknown where nobody can tell.
    .OUTPUTS
        None
    #>
    [CmdletBinding()]
    param(
        # From Read-FileIdentity.
        [Parameter(Mandatory = $true)]
        [object]$File,

        # From Get-FileUse or Get-OtherNodeUse.
        [Parameter(Mandatory = $true)]
        [AllowEmptyCollection()]
        [object[]]$Use,

        # The name of the node whose VMs these are.
        [Parameter(Mandatory = $true)]
        [string]$Node,

        [Parameter(Mandatory = $true)]
        [string]$Target
    )

    foreach ($candidate in $Use) {
        if (-not (Test-SameFile -One $File -Other $candidate)) {
            continue
        }
        $user = "the VM $($candidate.VmName) on $Node"
        $message = "$($File.Path) is what the differencing disk $($candidate.DrivePath) of $user stands on, " +
            "as $($candidate.Path). Keep the file."
        if ($candidate.Path -eq $candidate.DrivePath) {
            $message = "$($File.Path) is attached to $user too, as $($candidate.Path). Detach it there, or keep the file."
        }
        throw (New-AgentError -Code 'file_not_owned' -Message $message -Target $Target)
    }
    foreach ($candidate in $Use) {
        if ($null -ne $candidate.Problem) {
            throw (New-UnreadableError -File $candidate -Target $Target)
        }
    }
}

function New-UnreadableError {
    <#
    .SYNOPSIS
        Makes the error for a disk that cannot be read: nobody knows which file it is, and what it stands on.
    .OUTPUTS
        System.InvalidOperationException
    #>
    [CmdletBinding()]
    [OutputType([System.InvalidOperationException])]
    param(
        # From Read-FileIdentity.
        [Parameter(Mandatory = $true)]
        [object]$File,

        [Parameter(Mandatory = $true)]
        [string]$Target
    )

    $message = "$($File.Path) cannot be read, so that it is not known which files it needs: $($File.Problem)"
    New-AgentError -Code 'file_users_unknown' -Message $message -Target $Target
}

function Test-SharedFile {
    <#
    .SYNOPSIS
        Tells whether other nodes of the cluster can use a file: not where it lies on a drive of the host's own and
        no link stands on its way. Throws file_users_unknown where any host could use it.
    .OUTPUTS
        System.Boolean
    #>
    [CmdletBinding()]
    [OutputType([bool])]
    param(
        [Parameter(Mandatory = $true)]
        [string]$Path,

        # From Get-StorageVolume.
        [Parameter(Mandatory = $true)]
        [AllowEmptyCollection()]
        [object[]]$Volume,

        [Parameter(Mandatory = $true)]
        [string]$Target
    )

    $on = Find-StorageVolume -Volume $Volume -Path $Path
    if ($null -eq $on) {
        $message = "$Path lies on no volume of the host: any other host may use it too."
        throw (New-AgentError -Code 'file_users_unknown' -Message $message -Target $Target)
    }
    if ($on.Shared -or -not (Test-ClusterNode)) {
        return $on.Shared
    }
    $way = $Path
    while ($way.TrimEnd('\').Length -gt $on.Root.Length) {
        if (Test-Path -LiteralPath $way) {
            if (([string](Get-Item -LiteralPath $way -Force).Attributes) -match 'ReparsePoint') {
                return $true
            }
        }
        $way = Split-Path -Path $way -Parent
    }
    $false
}

function Get-OtherNodeName {
    <#
    .SYNOPSIS
        Gives the names of the other nodes of the host's cluster, those that are down included.
    .OUTPUTS
        System.String
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param()

    $own = Get-ComputerName
    foreach ($node in (Get-ClusterNode)) {
        if ($node.Name -ne $own) {
            $node.Name
        }
    }
}

function Get-FileSurrounding {
    <#
    .SYNOPSIS
        Gives what decides whether files are a VM's alone, read once for all of them.
    .OUTPUTS
        System.Management.Automation.PSCustomObject for Assert-OwnFile
    #>
    [CmdletBinding()]
    [OutputType([System.Management.Automation.PSCustomObject])]
    param(
        # All files that go, as they stand in the drives of the VM.
        [Parameter(Mandatory = $true)]
        [AllowEmptyCollection()]
        [string[]]$Path,

        [Parameter(Mandatory = $true)]
        [guid]$VmId,

        [Parameter(Mandatory = $true)]
        [psobject]$Resource,

        [Parameter(Mandatory = $true)]
        [psobject]$Request
    )

    $surrounding = [pscustomobject]@{
        Resource   = $Resource
        OtherUses  = Get-OtherNodeUse -Request $Request
        # Their names, once a file is known to be shared.
        OtherNodes = $null
        Volumes    = @()
        Offered    = @()
        Uses       = @()
        Here       = ''
    }
    if ($Path.Count -gt 0) {
        $id = $VmId.ToString()
        $surrounding.Volumes = @(Get-StorageVolume)
        $surrounding.Offered = @(Get-OfferedFile -Resource $Resource -Volume $surrounding.Volumes)
        $surrounding.Uses = @(
            Get-FileUse | Where-Object -FilterScript { $_.VmId -ne $id -or $Path -notcontains $_.DrivePath }
        )
        $surrounding.Here = Get-ComputerName
    }
    $surrounding
}

function Assert-OwnFile {
    <#
    .SYNOPSIS
        Throws where a file must not be deleted: it lies elsewhere, is not the VM's alone, or nobody can tell
        whether it is.
    .OUTPUTS
        None
    #>
    [CmdletBinding()]
    param(
        # As it stands in a drive of the VM.
        [Parameter(Mandatory = $true)]
        [string]$Path,

        # From Get-FileSurrounding.
        [Parameter(Mandatory = $true)]
        [psobject]$Surrounding,

        [Parameter(Mandatory = $true)]
        [string]$Target,

        # Half of a copy: it cannot be read, and needs no other file.
        [switch]$HalfMade
    )

    Assert-ConfiguredPath -Path $Path -Resource $Surrounding.Resource -Target $Target
    $file = Read-FileIdentity -Path $Path
    foreach ($offered in $Surrounding.Offered) {
        if (Test-SameFile -One $file -Other $offered) {
            $message = "$Path is an image or the provisioning media of the host. Keep the file."
            throw (New-AgentError -Code 'file_not_owned' -Message $message -Target $Target)
        }
    }
    Assert-Unused -File $file -Use $Surrounding.Uses -Node $Surrounding.Here -Target $Target
    if (Test-SharedFile -Path $Path -Volume $Surrounding.Volumes -Target $Target) {
        if ($null -eq $Surrounding.OtherNodes) {
            $Surrounding.OtherNodes = @(Get-OtherNodeName)
        }
        foreach ($node in $Surrounding.OtherNodes) {
            if (-not $Surrounding.OtherUses.ContainsKey($node)) {
                $message = "$Path is on shared storage, and what the VMs of $node use is not known: " +
                    'that node must answer first.'
                throw (New-AgentError -Code 'file_users_unknown' -Message $message -Target $Target)
            }
            Assert-Unused -File $file -Use $Surrounding.OtherUses[$node] -Node $node -Target $Target
        }
    }
    if ($null -ne $file.Problem -and -not $HalfMade) {
        throw (New-UnreadableError -File $file -Target $Target)
    }
}
