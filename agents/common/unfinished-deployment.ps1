<#
.SYNOPSIS
    What an unfinished deployment has left: a VM that bears its marker, and perhaps half of a disk's copy.
.OUTPUTS
    None. The file only defines functions.
#>
Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'

function Get-UnfinishedMarker {
    <#
    .SYNOPSIS
        Gives the marker in a VM's Notes of the unfinished deployment that the request's deployment_id names.
    .DESCRIPTION
        Nothing where the request names none. deployment_changed where the marker is another's or is closed.
    .OUTPUTS
        System.Management.Automation.PSCustomObject
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

    $deploymentId = Get-SpecField -Request $Request -Name 'deployment_id' -Optional
    if ($null -eq $deploymentId) {
        return
    }
    $marker = Read-NotesMarker -Notes ([string]$VirtualMachine.Notes) -DeploymentId $deploymentId
    if ($null -eq $marker -or $null -ne (Get-OptionalValue -InputObject $marker -Name 'completed')) {
        $message = "The Notes of the VM $($VirtualMachine.Name) tell of no unfinished deployment $deploymentId."
        throw (New-AgentError -Code 'deployment_changed' -Message $message -Target 'deployment_id')
    }
    $marker
}

function Get-HalfMadeDisk {
    <#
    .SYNOPSIS
        Gives the file that the marker of the unfinished deployment deployment_id names and that is in no drive.
    .DESCRIPTION
        Nothing where the request names no deployment. deployment_changed as from Get-UnfinishedMarker, and where
        the VM has a disk that the deployment did not make.
    .OUTPUTS
        System.String
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param(
        # From Get-VM.
        [Parameter(Mandatory = $true)]
        [object]$VirtualMachine,

        [Parameter(Mandatory = $true)]
        [psobject]$Request
    )

    $marker = Get-UnfinishedMarker -VirtualMachine $VirtualMachine -Request $Request
    if ($null -eq $marker) {
        return
    }
    $path = Get-OptionalValue -InputObject $marker -Name 'disk_path'
    $drives = @(Get-VMHardDiskDrive -VM $VirtualMachine)
    foreach ($drive in $drives) {
        if ($drive.Path -ne $path) {
            $message = "The VM $($VirtualMachine.Name) has a disk that the deployment did not make: $($drive.Path)"
            throw (New-AgentError -Code 'deployment_changed' -Message $message -Target 'deployment_id')
        }
    }
    if ($path -and $drives.Count -eq 0 -and (Test-Path -LiteralPath $path -PathType Leaf)) {
        $path
    }
}

function Remove-HalfMadeDisk {
    <#
    .SYNOPSIS
        Deletes the file of Get-HalfMadeDisk, where it may be deleted: what is in it was never whole.
    .OUTPUTS
        None
    #>
    [CmdletBinding()]
    param(
        # From Get-VM.
        [Parameter(Mandatory = $true)]
        [object]$VirtualMachine,

        [Parameter(Mandatory = $true)]
        [psobject]$Request,

        # From Get-HostResource.
        [Parameter(Mandatory = $true)]
        [psobject]$Resource
    )

    $path = Get-HalfMadeDisk -VirtualMachine $VirtualMachine -Request $Request
    if (-not $path) {
        return
    }
    $surrounding = @{
        Path     = [string[]]@($path)
        VmId     = $VirtualMachine.Id
        Resource = $Resource
        Request  = $Request
    }
    $files = Get-FileSurrounding @surrounding
    Assert-OwnFile -Path $path -Surrounding $files -Target 'deployment_id' -HalfMade
    Write-AgentEvent -Stream 'information' -Text "Deleting what an earlier try left of $path."
    if (-not (Remove-OwnFile -Path $path)) {
        $message = "What an earlier try left of the disk could not be deleted: $path"
        throw (New-AgentError -Code 'files_left' -Message $message -Target 'deployment_id')
    }
    Remove-EmptyFolder -Path (Split-Path -Path $path -Parent) -Resource $Resource
}
