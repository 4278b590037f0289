<#
.SYNOPSIS
    Reads the request (docs/agent-protocol.md, section 2).
.OUTPUTS
    None. The file only defines functions.
#>
Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'

function ConvertFrom-RequestJson {
    <#
    .SYNOPSIS
        Gives the request as an object.
    .DESCRIPTION
        PowerShell 7 turns text that looks like a date into a date, where it is not told otherwise;
        Windows PowerShell leaves it alone and does not know the parameter. The parser's own message is
        dropped: it quotes the request, which can hold secrets.
    .OUTPUTS
        System.Management.Automation.PSCustomObject
    #>
    [CmdletBinding()]
    [OutputType([System.Management.Automation.PSCustomObject])]
    param(
        [Parameter(Mandatory = $true)]
        [AllowEmptyString()]
        [string]$RequestJson
    )

    $parse = @{ InputObject = $RequestJson }
    if ((Get-Command -Name ConvertFrom-Json).Parameters.ContainsKey('DateKind')) {
        $parse['DateKind'] = 'String'
    }
    try {
        $request = ConvertFrom-Json @parse
    }
    catch {
        $request = $null
    }
    if ($request -isnot [System.Management.Automation.PSCustomObject]) {
        throw (New-AgentError -Code 'invalid_request' -Message 'The request is not a JSON object.')
    }
    $request
}

function Get-OptionalValue {
    <#
    .SYNOPSIS
        Gives a member of an object made from JSON, or null where it is absent.
    .OUTPUTS
        System.Object
    #>
    [CmdletBinding()]
    [OutputType([object])]
    param(
        [Parameter(Mandatory = $true)]
        [AllowNull()]
        [object]$InputObject,

        [Parameter(Mandatory = $true)]
        [string]$Name
    )

    if ($null -eq $InputObject) {
        return $null
    }
    $property = $InputObject.PSObject.Properties[$Name]
    if ($null -eq $property) {
        return $null
    }
    # The comma keeps a list a list: PowerShell would hand over its entries one by one.
    , $property.Value
}

function Get-SpecField {
    <#
    .SYNOPSIS
        Gives one field of the request's spec, checked for its kind.
    .OUTPUTS
        System.String, System.Int64, System.Boolean or System.Guid as Kind says; null where the field is
        optional and absent.
    #>
    [CmdletBinding()]
    [OutputType([string], [int64], [bool], [guid])]
    param(
        [Parameter(Mandatory = $true)]
        [psobject]$Request,

        [Parameter(Mandatory = $true)]
        [string]$Name,

        [ValidateSet('Text', 'PositiveInteger', 'Boolean', 'Guid')]
        [string]$Kind = 'Text',

        # The only texts that are taken; empty: any.
        [string[]]$Allowed = @(),

        [switch]$Optional
    )

    $value = Get-OptionalValue -InputObject (Get-OptionalValue -InputObject $Request -Name 'spec') -Name $Name
    # By its type first: compared with a text, false and 0 are equal to an empty one.
    if ($null -eq $value -or ($value -is [string] -and $value -eq '')) {
        if ($Optional) {
            return $null
        }
        throw (New-AgentError -Code 'invalid_request' -Message "The field $Name is missing." -Target $Name)
    }

    $message = "The field $Name is not of the kind $Kind."
    $wrongKind = New-AgentError -Code 'invalid_request' -Message $message -Target $Name
    switch ($Kind) {
        'Text' {
            if ($value -isnot [string]) { throw $wrongKind }
            if ($Allowed.Count -gt 0 -and $Allowed -cnotcontains $value) {
                $message = "The field $Name is not one of: $($Allowed -join ', ')."
                throw (New-AgentError -Code 'invalid_request' -Message $message -Target $Name)
            }
            $value
        }
        'PositiveInteger' {
            if (($value -isnot [int] -and $value -isnot [int64]) -or $value -lt 1) { throw $wrongKind }
            [int64]$value
        }
        'Boolean' {
            if ($value -isnot [bool]) { throw $wrongKind }
            $value
        }
        'Guid' {
            $guid = [guid]::Empty
            if (-not [guid]::TryParse([string]$value, [ref]$guid)) { throw $wrongKind }
            $guid
        }
    }
}
