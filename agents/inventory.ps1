<#
.SYNOPSIS
    Reads a host and its virtual machines.
.OUTPUTS
    None. Event lines and one result line go to standard output; the process ends with the exit code.
#>
[CmdletBinding()]
param(
    # The request, a JSON object (docs/agent-protocol.md).
    [Parameter(Mandatory = $true)]
    [AllowEmptyString()]
    [string]$RequestJson
)

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'

$main = @{
    Agent       = 'inventory'
    Operations  = @{ }
    RequestJson = $RequestJson
}
exit (Invoke-AgentMain @main)
