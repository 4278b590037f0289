<#
.SYNOPSIS
    Stands in for the Hyper-V module over the state of the simulator.
.DESCRIPTION
    Every function has the parameters, parameter sets, types and aliases that the page of the real cmdlet
    documents (its link stands in the function's help). One that the page has and the function does not
    carry out is refused by name; any other is an error of PowerShell, as on a real host.
.OUTPUTS
    None
#>
Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'

. "$PSScriptRoot/../stand-in.ps1"
. "$PSScriptRoot/types.ps1"
. "$PSScriptRoot/targets.ps1"
. "$PSScriptRoot/virtual-machines.ps1"
. "$PSScriptRoot/virtual-machine-changes.ps1"
. "$PSScriptRoot/checkpoints.ps1"
. "$PSScriptRoot/power.ps1"
. "$PSScriptRoot/power-saving.ps1"
. "$PSScriptRoot/hardware.ps1"
. "$PSScriptRoot/drive-locations.ps1"
. "$PSScriptRoot/hard-disk-drives.ps1"
. "$PSScriptRoot/dvd-drives.ps1"
. "$PSScriptRoot/adapter-targets.ps1"
. "$PSScriptRoot/network-adapters.ps1"
. "$PSScriptRoot/network-adapter-changes.ps1"
. "$PSScriptRoot/network-connections.ps1"
. "$PSScriptRoot/network-vlans.ps1"
. "$PSScriptRoot/virtual-hard-disks.ps1"
