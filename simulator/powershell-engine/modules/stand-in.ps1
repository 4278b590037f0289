<#
.SYNOPSIS
    What the stand-ins' modules share: errors in the form of the real cmdlets', and what is not stood in for.
.DESCRIPTION
    Dot-sourced by each module. The state is the simulator's: Invoke-StandIn asks it.
.OUTPUTS
    None. The file only defines functions.
#>

function Get-CommandTypeName {
    <#
    .SYNOPSIS
        Gives the class of the real cmdlet, which stands in FullyQualifiedErrorId.
    .OUTPUTS
        System.String
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param(
        [Parameter(Mandatory = $true)]
        [System.Management.Automation.PSCmdlet]$Cmdlet
    )

    $name = $Cmdlet.MyInvocation.MyCommand.Name
    $verb, $noun = $name.Split('-')
    switch ($Cmdlet.MyInvocation.MyCommand.ModuleName) {
        'CimCmdlets' { return "Microsoft.Management.Infrastructure.CimCmdlets.$verb${noun}Command" }
        'FailoverClusters' {
            if ($noun -eq 'ClusterResource') { $noun = 'Resource' }
            return "Microsoft.FailoverClusters.PowerShell.$verb${noun}Command"
        }
    }
    if ($noun -eq 'VHD') {
        # The one of them that is written so.
        if ($verb -eq 'Get') { return 'Microsoft.Vhd.PowerShell.Cmdlets.GetVHD' }
        return "Microsoft.Vhd.PowerShell.Cmdlets.${verb}Vhd"
    }
    "Microsoft.HyperV.PowerShell.Commands.$verb$noun"
}

function Write-StandInError {
    <#
    .SYNOPSIS
        Writes the error of a real cmdlet for what the simulator refused.
    .DESCRIPTION
        FullyQualifiedErrorId begins as the real one; PowerShell adds the function's name to it. The caller's
        ErrorActionPreference counts, as for a cmdlet: a module's functions do not see it by themselves.
    .OUTPUTS
        None
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)]
        [System.Management.Automation.PSCmdlet]$Cmdlet,

        # From Invoke-StandIn; what is none of its errors is a mistake of the module, and thrown again.
        [Parameter(Mandatory = $true)]
        [System.Management.Automation.ErrorRecord]$Failure,

        [AllowNull()]
        [object]$TargetObject = $null
    )

    $id = $Failure.FullyQualifiedErrorId
    if ($id -notmatch '^(.*),[^,]*InvokeStandInCommand$') {
        throw $Failure
    }
    if ($null -eq $TargetObject) {
        $TargetObject = $Failure.TargetObject
    }
    $record = [System.Management.Automation.ErrorRecord]::new(
        [System.Exception]::new($Failure.Exception.Message),
        "$($Matches[1]),$(Get-CommandTypeName -Cmdlet $Cmdlet)",
        $Failure.CategoryInfo.Category,
        $TargetObject)
    $record.CategoryInfo.Activity = $Cmdlet.MyInvocation.MyCommand.Name
    if (-not $Cmdlet.MyInvocation.BoundParameters.ContainsKey('ErrorAction')) {
        $ErrorActionPreference = $Cmdlet.SessionState.PSVariable.GetValue('ErrorActionPreference')
    }
    $Cmdlet.WriteError($record)
}

function New-StandInFailure {
    <#
    .SYNOPSIS
        Makes a failure as Invoke-StandIn throws it, for what a module refuses by itself.
    .OUTPUTS
        System.Management.Automation.ErrorRecord
    #>
    [CmdletBinding()]
    [OutputType([System.Management.Automation.ErrorRecord])]
    param(
        [Parameter(Mandatory = $true)]
        [string]$Id,

        [Parameter(Mandatory = $true)]
        [System.Management.Automation.ErrorCategory]$Category,

        [Parameter(Mandatory = $true)]
        [string]$Message,

        [AllowNull()]
        [object]$TargetObject = $null
    )

    [System.Management.Automation.ErrorRecord]::new(
        [System.Exception]::new($Message), "$Id,InvokeStandInCommand", $Category, $TargetObject)
}

function Assert-Implemented {
    <#
    .SYNOPSIS
        Ends the pipeline where the caller gave a parameter that the real cmdlet has and its stand-in does not
        carry out.
    .OUTPUTS
        None
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)]
        [System.Management.Automation.PSCmdlet]$Cmdlet,

        # Names of the parameters that are carried out, beside the common ones.
        [Parameter(Mandatory = $true)]
        [AllowEmptyCollection()]
        [string[]]$Name
    )

    $known = $Name + [System.Management.Automation.PSCmdlet]::CommonParameters +
        [System.Management.Automation.PSCmdlet]::OptionalCommonParameters
    foreach ($given in $Cmdlet.MyInvocation.BoundParameters.Keys) {
        if ($known -notcontains $given) {
            $command = $Cmdlet.MyInvocation.MyCommand.Name
            $message = "The stand-in of $command does not carry out -$given."
            $exception = [System.NotImplementedException]::new($message)
            $Cmdlet.ThrowTerminatingError([System.Management.Automation.ErrorRecord]::new(
                    $exception, 'StandInNotImplemented', 'NotImplemented', $given))
        }
    }
}

function Assert-Unprompted {
    <#
    .SYNOPSIS
        Ends the pipeline where the real cmdlet would ask the user, whom nobody can ask.
    .OUTPUTS
        None
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)]
        [System.Management.Automation.PSCmdlet]$Cmdlet,

        # Whether the caller gave -Force.
        [Parameter(Mandatory = $true)]
        [bool]$Force
    )

    if (-not $Force) {
        $message = 'Windows PowerShell is in NonInteractive mode. Read and Prompt functionality is not available.'
        $id = "InvalidOperation,$(Get-CommandTypeName -Cmdlet $Cmdlet)"
        $exception = [System.Management.Automation.PSInvalidOperationException]::new($message)
        $Cmdlet.ThrowTerminatingError([System.Management.Automation.ErrorRecord]::new(
                $exception, $id, 'InvalidOperation', $null))
    }
}

function ConvertTo-TypedObject {
    <#
    .SYNOPSIS
        Makes an object of a class of the module from what the simulator gave.
    .OUTPUTS
        The class
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)]
        [type]$Type,

        # The name of the real class.
        [Parameter(Mandatory = $true)]
        [string]$TypeName,

        [Parameter(Mandatory = $true)]
        [psobject]$Member
    )

    $object = $Type::new()
    Set-TypedMember -InputObject $object -Member $Member
    $object.PSObject.TypeNames.Insert(0, $TypeName)
    $object
}

function Set-TypedMember {
    <#
    .SYNOPSIS
        Gives an object's members the values that the simulator gave.
    .OUTPUTS
        None
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)]
        [object]$InputObject,

        [Parameter(Mandatory = $true)]
        [psobject]$Member
    )

    foreach ($property in $Member.PSObject.Properties) {
        $InputObject.($property.Name) = $property.Value
    }
}
