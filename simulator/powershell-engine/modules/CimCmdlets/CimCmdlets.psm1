<#
.SYNOPSIS
    Stands in for the CimCmdlets module over the state of the simulator.
.DESCRIPTION
    Every function has the parameters that the page of the real cmdlet documents for Windows PowerShell 5.1 (its
    link stands in the function's help). Instances are of the classes that the simulator declares; a property
    that a class does not have is an error under strict mode, as on a real host.
.OUTPUTS
    None
#>
Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'

. "$PSScriptRoot/../stand-in.ps1"
. "$PSScriptRoot/cim-instances.ps1"
. "$PSScriptRoot/cim-methods.ps1"
. "$PSScriptRoot/cim-cmdlets.ps1"
. "$PSScriptRoot/cim-changes.ps1"
