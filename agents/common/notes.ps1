<#
.SYNOPSIS
    The marker of a managed deployment in a VM's Notes (docs/agent-protocol.md, section 5).
.OUTPUTS
    None. The file only defines functions and their constants.
#>
Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'

$script:MarkerBegin = '--- aetherv begin ---'
$script:MarkerEnd = '--- aetherv end ---'

function Find-NotesMarker {
    <#
    .SYNOPSIS
        Finds the marker's block in a text.
    .DESCRIPTION
        Its two lines count only as whole lines: a value of the request can hold the same words.
    .OUTPUTS
        System.Text.RegularExpressions.Match, whose first group is the text between the two lines.
    #>
    [CmdletBinding()]
    [OutputType([System.Text.RegularExpressions.Match])]
    param(
        [Parameter(Mandatory = $true)]
        [AllowEmptyString()]
        [string]$Notes
    )

    $begin = [regex]::Escape($script:MarkerBegin)
    $end = [regex]::Escape($script:MarkerEnd)
    [regex]::Match($Notes, "(?ms)^$begin\r?\n(.*?)^$end(?=\r?$)")
}

function Read-NotesMarker {
    <#
    .SYNOPSIS
        Gives the marker of this deployment, or null.
    .OUTPUTS
        System.Management.Automation.PSCustomObject
    #>
    [CmdletBinding()]
    [OutputType([System.Management.Automation.PSCustomObject])]
    param(
        [Parameter(Mandatory = $true)]
        [AllowEmptyString()]
        [string]$Notes,

        [Parameter(Mandatory = $true)]
        [string]$DeploymentId
    )

    $match = Find-NotesMarker -Notes $Notes
    if (-not $match.Success) {
        return $null
    }
    try {
        $marker = ConvertFrom-Json -InputObject $match.Groups[1].Value
    }
    catch {
        # Someone edited the block by hand: it is replaced as a whole.
        return $null
    }
    if ((Get-OptionalValue -InputObject $marker -Name 'deployment_id') -ne $DeploymentId) {
        return $null
    }
    $marker
}

function Get-MarkerDiskPath {
    <#
    .SYNOPSIS
        Gives the disk's path that a marker of this deployment holds, or null.
    .OUTPUTS
        System.String
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param(
        [Parameter(Mandatory = $true)]
        [AllowEmptyString()]
        [string]$Notes,

        [Parameter(Mandatory = $true)]
        [string]$DeploymentId
    )

    $marker = Read-NotesMarker -Notes $Notes -DeploymentId $DeploymentId
    if ($null -ne $marker) {
        Get-OptionalValue -InputObject $marker -Name 'disk_path'
    }
}

function Set-NotesMarker {
    <#
    .SYNOPSIS
        Puts the deployment's marker into a VM's Notes and leaves the rest of the text alone.
    .DESCRIPTION
        Does nothing outside a managed deployment.
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

        # The VHDX that is about to be created; without it the marker keeps the one that it has.
        [string]$DiskPath = '',

        # The step is done: where it is the deployment's last, only the deployment's id and the time stay.
        [switch]$Completed
    )

    $context = Get-OptionalValue -InputObject $Request -Name 'context'
    if ($null -eq $context) {
        return
    }
    $notes = [string]$VirtualMachine.Notes
    $marker = [ordered]@{ deployment_id = $context.deployment_id }
    if ($Completed -and $context.step -eq $context.steps) {
        $marker['completed'] = Get-AgentTime
    }
    else {
        $marker['step'] = $context.step
        $marker['steps'] = $context.steps
        $since = Get-OptionalValue -InputObject $context -Name 'since'
        if ($null -ne $since) {
            $marker['since'] = $since
        }
        $actor = Get-OptionalValue -InputObject $context -Name 'actor'
        if ($null -ne $actor) {
            $marker['actor'] = $actor
        }
        $marker['request'] = $context.request
        if (-not $DiskPath) {
            $DiskPath = Get-MarkerDiskPath -Notes $notes -DeploymentId $context.deployment_id
        }
        if ($DiskPath) {
            $marker['disk_path'] = $DiskPath
        }
    }
    $lines = $script:MarkerBegin, (ConvertTo-AgentJson -Value $marker), $script:MarkerEnd
    $block = $lines -join "`n"

    $match = Find-NotesMarker -Notes $notes
    if ($match.Success) {
        $rest = $match.Index + $match.Length
        $text = $notes.Substring(0, $match.Index) + $block + $notes.Substring($rest)
    }
    elseif ($notes) {
        $text = "$notes`n$block"
    }
    else {
        $text = $block
    }
    Set-VM -VM $VirtualMachine -Notes $text
}
