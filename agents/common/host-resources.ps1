<#
.SYNOPSIS
    Reads the host's resources file (docs/agent-protocol.md, section 6).
.OUTPUTS
    None. The file only defines functions and their constants.
#>
Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'

$script:HostResourcePaths = @(
    'C:\ProgramData\AetherV\hostresources.json'
    'C:\ProgramData\Aether-V\hostresources.json'
)

function New-HostResourceError {
    <#
    .SYNOPSIS
        Makes the error for a host resources file that is not as it should be.
    .OUTPUTS
        System.InvalidOperationException
    #>
    [CmdletBinding()]
    [OutputType([System.InvalidOperationException])]
    param(
        [Parameter(Mandatory = $true)]
        [string]$Path,

        # What is wrong, the rest of a sentence.
        [Parameter(Mandatory = $true)]
        [string]$Problem
    )

    New-AgentError -Code 'host_resources_invalid' -Message "The host resources file $Path $Problem."
}

function Get-HostResource {
    <#
    .SYNOPSIS
        Gives the host's resources, checked: what is asked of the members below is there.
    .OUTPUTS
        System.Management.Automation.PSCustomObject as schemas/host-resources.schema.json describes it
    #>
    [CmdletBinding()]
    [OutputType([System.Management.Automation.PSCustomObject])]
    param()

    $path = $null
    foreach ($candidate in $script:HostResourcePaths) {
        if (Test-Path -LiteralPath $candidate -PathType Leaf) {
            $path = $candidate
            break
        }
    }
    if ($null -eq $path) {
        $message = "The host has no file $($script:HostResourcePaths -join ' or ')."
        throw (New-AgentError -Code 'host_resources_missing' -Message $message)
    }

    try {
        $text = Get-Content -LiteralPath $path -Raw -Encoding UTF8
        $resource = ConvertFrom-Json -InputObject $text
    }
    catch {
        throw (New-HostResourceError -Path $path -Problem "cannot be read: $($_.Exception.Message.Trim())")
    }
    if ($resource -isnot [System.Management.Automation.PSCustomObject]) {
        throw (New-HostResourceError -Path $path -Problem 'is not a JSON object')
    }
    Assert-HostResource -Resource $resource -Path $path
    $resource
}

function Assert-HostResource {
    <#
    .SYNOPSIS
        Throws host_resources_invalid, naming the member, where the file lacks what agents ask of it.
    .OUTPUTS
        None
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)]
        [psobject]$Resource,

        [Parameter(Mandatory = $true)]
        [string]$Path
    )

    foreach ($name in 'version', 'schema_name') {
        if ($null -eq (Get-OptionalValue -InputObject $Resource -Name $name)) {
            throw (New-HostResourceError -Path $Path -Problem "lacks $name")
        }
    }
    Assert-ResourceText -Owner $Resource -Name 'virtual_machines_path' -Where '' -Path $Path

    foreach ($list in 'storage_classes', 'networks', 'images') {
        $value = Get-OptionalValue -InputObject $Resource -Name $list
        if ($null -eq $value -and $list -eq 'images') {
            continue
        }
        if ($value -isnot [array]) {
            throw (New-HostResourceError -Path $Path -Problem "has no list $list")
        }
        for ($index = 0; $index -lt $value.Count; $index++) {
            $where = "$list[$index]."
            Assert-ResourceText -Owner $value[$index] -Name 'name' -Where $where -Path $Path
            if ($list -ne 'networks') {
                Assert-ResourceText -Owner $value[$index] -Name 'path' -Where $where -Path $Path
                continue
            }
            $model = Get-OptionalValue -InputObject $value[$index] -Name 'model'
            if ($model -cne 'vlan') {
                throw (New-HostResourceError -Path $Path -Problem "has in ${where}model something else than vlan")
            }
            $configuration = Get-OptionalValue -InputObject $value[$index] -Name 'configuration'
            $where = "${where}configuration."
            Assert-ResourceText -Owner $configuration -Name 'virtual_switch' -Where $where -Path $Path
            $vlan = Get-OptionalValue -InputObject $configuration -Name 'vlan_id'
            if (($vlan -isnot [int] -and $vlan -isnot [int64]) -or $vlan -lt 1 -or $vlan -gt 4094) {
                throw (New-HostResourceError -Path $Path -Problem "has in ${where}vlan_id no number of 1 to 4094")
            }
        }
    }

    $media = Get-OptionalValue -InputObject $Resource -Name 'provisioning_media'
    if ($null -ne $media -and $media -isnot [array]) {
        throw (New-HostResourceError -Path $Path -Problem 'has no list provisioning_media')
    }
    foreach ($entry in $media) {
        Assert-ResourceText -Owner $entry -Name 'os_family' -Where 'provisioning_media[].' -Path $Path
        Assert-ResourceText -Owner $entry -Name 'path' -Where 'provisioning_media[].' -Path $Path
    }
}

function Assert-ResourceText {
    <#
    .SYNOPSIS
        Throws host_resources_invalid where a member is not a text with something in it.
    .OUTPUTS
        None
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)]
        [AllowNull()]
        [object]$Owner,

        [Parameter(Mandatory = $true)]
        [string]$Name,

        # Where the owner stands in the file, for the message.
        [Parameter(Mandatory = $true)]
        [AllowEmptyString()]
        [string]$Where,

        [Parameter(Mandatory = $true)]
        [string]$Path
    )

    $value = Get-OptionalValue -InputObject $Owner -Name $Name
    if ($value -isnot [string] -or -not $value) {
        throw (New-HostResourceError -Path $Path -Problem "lacks the text $Where$Name")
    }
}

function Find-NamedResource {
    <#
    .SYNOPSIS
        Gives the entry of a list that has this name, compared without regard to case; null: none.
    .OUTPUTS
        System.Management.Automation.PSCustomObject
    #>
    [CmdletBinding()]
    [OutputType([System.Management.Automation.PSCustomObject])]
    param(
        [Parameter(Mandatory = $true)]
        [AllowEmptyCollection()]
        [object[]]$List,

        [Parameter(Mandatory = $true)]
        [string]$Name
    )

    foreach ($entry in $List) {
        if ($entry.name -eq $Name) {
            return $entry
        }
    }
    $null
}
