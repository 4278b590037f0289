<#
.SYNOPSIS
    Where drives are on their virtual machines.
.OUTPUTS
    None. The file only defines functions.
#>

function Test-DriveLocation {
    <#
    .SYNOPSIS
        Tells whether a drive is where the caller asked for: every part of the location that was given counts.
    .OUTPUTS
        System.Boolean
    #>
    [CmdletBinding()]
    [OutputType([bool])]
    param(
        [Parameter(Mandatory = $true)]
        [object]$Drive,

        # The parameters that the cmdlet was given.
        [Parameter(Mandatory = $true)]
        [System.Collections.IDictionary]$Bound
    )

    foreach ($name in 'ControllerType', 'ControllerNumber', 'ControllerLocation') {
        if ($Bound.ContainsKey($name) -and $Bound[$name] -ne $Drive.$name) {
            return $false
        }
    }
    $true
}

function Get-WantedLocation {
    <#
    .SYNOPSIS
        Gives the location that the caller asked for; what was not given is null, and the simulator chooses it.
    .OUTPUTS
        System.Collections.Hashtable
    #>
    [CmdletBinding()]
    [OutputType([hashtable])]
    param(
        # The parameters that the cmdlet was given.
        [Parameter(Mandatory = $true)]
        [System.Collections.IDictionary]$Bound
    )

    @{
        controller_type     = $Bound['ControllerType']
        controller_number   = $Bound['ControllerNumber']
        controller_location = $Bound['ControllerLocation']
    }
}

function Get-DriveKey {
    <#
    .SYNOPSIS
        Gives what the simulator knows a drive by.
    .OUTPUTS
        System.Collections.Hashtable
    #>
    [CmdletBinding()]
    [OutputType([hashtable])]
    param(
        [Parameter(Mandatory = $true)]
        [object]$Drive
    )

    @{
        vm_id               = $Drive.VMId
        controller_type     = $Drive.ControllerType
        controller_number   = $Drive.ControllerNumber
        controller_location = $Drive.ControllerLocation
    }
}
