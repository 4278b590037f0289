# .SYNOPSIS
# Reads agents and their requests from standard input and runs one after the other, each in a runspace of its own.
# .DESCRIPTION
# Standard input is lines (docs/agent-protocol.md, section 1): the base64 of the common part and of the number of
# calls that the process may live for; then for each call its nonce and the agent's name, the base64 of the entry
# script, or nothing where this process got it before, and the base64 of the request. Scripts become script; the
# request stays data and reaches the entry script as a parameter. These lines are what powershell.exe gets as
# -EncodedCommand, the same for every process.
# A runspace is thrown away with what a call left behind: variables, preferences, functions, modules' state, errors,
# the location. The next one is made ready before its call is there. Nobody hears a runspace's exit: it ends the call.
# Standard output is held back from the result on, so that the result and the end of its call leave together.
# The automatic variable for pipeline input must never stand here: PowerShell would then read standard input to its
# end before the first line ran.
# .INPUTS
# None. The lines are read from the console's standard input.
# .OUTPUTS
# None. The agents write their lines to standard output; a line of this script's own ends each call.
[CmdletBinding()]
param()

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'

$common, $calls = foreach ($line in 1..2) {
    [System.Text.Encoding]::UTF8.GetString([System.Convert]::FromBase64String([System.Console]::In.ReadLine()))
}
$scripts = @{}
$directory = [System.Environment]::CurrentDirectory
$variables = [System.Environment]::GetEnvironmentVariables()
$output = [System.IO.StreamWriter]::new([System.Console]::OpenStandardOutput(), [System.Text.UTF8Encoding]::new($false), 262144)
for ($left = [int]$calls; $left -gt 0; $left--) {
    $runspace = [System.Management.Automation.Runspaces.RunspaceFactory]::CreateRunspace()
    $runspace.ThreadOptions = 'ReuseThread'
    $runspace.Open()
    $runspace.SessionStateProxy.SetVariable('ProgressPreference', 'SilentlyContinue')
    $shell = [System.Management.Automation.PowerShell]::Create()
    $shell.Runspace = $runspace
    $null = $shell.AddScript($common).Invoke()
    $shell.Commands.Clear()
    # By name, as the agents do it. Where the module is missing, they say so.
    $null = $shell.AddCommand('Import-Module').AddParameter('Name', 'Hyper-V').AddParameter('ErrorAction', 'Ignore').Invoke()
    $shell.Commands.Clear()
    $shell.Streams.ClearStreams()

    $head = [System.Console]::In.ReadLine()
    if (-not $head) { break }
    $nonce, $name = $head -split ' '
    $agent, $request = foreach ($line in 1..2) {
        [System.Text.Encoding]::UTF8.GetString([System.Convert]::FromBase64String([System.Console]::In.ReadLine()))
    }
    if ($agent) { $scripts[$name] = $agent }
    $agent = $scripts[$name]
    [System.Console]::SetOut($output)
    $said = try { $shell.AddScript($agent).AddParameter('RequestJson', $request).Invoke() } catch { $_ }
    foreach ($text in @($said) + $shell.Streams.Error + $shell.Streams.Warning) { $output.Write("$text`n") }
    $output.Write(('{{"nonce":"{0}","ended":{{"working_set_bytes":{1}}}}}' -f $nonce, [System.Environment]::WorkingSet) + "`n")
    $output.Flush()

    $shell.Dispose()
    $runspace.Dispose()
    [System.Environment]::CurrentDirectory = $directory
    foreach ($key in @($variables.Keys) + [System.Environment]::GetEnvironmentVariables().Keys) {
        [System.Environment]::SetEnvironmentVariable($key, $variables[$key])
    }
}
