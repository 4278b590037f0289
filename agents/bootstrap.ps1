# .SYNOPSIS
# Reads an agent and its request from standard input and runs it.
# .DESCRIPTION
# Standard input is three lines, each the base64 of UTF-8 text: the common part, the entry script, the
# request. The first two become script; the request stays data and reaches the entry script as a
# parameter. These lines are what powershell.exe gets as -EncodedCommand, the same for every call.
# Progress records are silenced because PowerShell writes them to stderr as CLIXML.
# The automatic variable for pipeline input must never stand here: PowerShell would then read
# standard input to its end before the first line ran.
# .INPUTS
# None. The three lines are read from the console's standard input.
# .OUTPUTS
# None. The agent writes its lines to standard output and ends the process with its exit code.
[CmdletBinding()]
param()

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'

$common, $agent, $request = foreach ($line in 1..3) {
    [System.Text.Encoding]::UTF8.GetString([System.Convert]::FromBase64String([System.Console]::In.ReadLine()))
}
. ([scriptblock]::Create($common))
& ([scriptblock]::Create($agent)) -RequestJson $request
