<#
.SYNOPSIS
    Stands in for the FailoverClusters module over the state of the simulator.
.DESCRIPTION
    Every function has the parameters that the page of the real cmdlet documents (its link stands in the
    function's help). Names, which are a StringCollection there, are texts here.
.OUTPUTS
    None
#>
Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'

. "$PSScriptRoot/../stand-in.ps1"
. "$PSScriptRoot/cluster-objects.ps1"
. "$PSScriptRoot/cluster.ps1"
. "$PSScriptRoot/cluster-resources.ps1"
