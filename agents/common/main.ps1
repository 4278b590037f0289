<#
.SYNOPSIS
    What every agent does around its operation.
.OUTPUTS
    None. The file only defines functions.
#>
Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'

function Invoke-AgentMain {
    <#
    .SYNOPSIS
        Runs the operation that the request names and writes its result line.
    .OUTPUTS
        System.Int32. The process's exit code: 0 the operation succeeded, 1 it failed and the result says
        why, 2 the request could not be read, so that nobody could be answered.
    #>
    [CmdletBinding()]
    [OutputType([int])]
    param(
        # The agent's own name, which the request must give.
        [Parameter(Mandatory = $true)]
        [string]$Agent,

        # Name of the operation to the name of the function that does it.
        [Parameter(Mandatory = $true)]
        [hashtable]$Operations,

        [Parameter(Mandatory = $true)]
        [AllowEmptyString()]
        [string]$RequestJson,

        # The operation itself looks whether Hyper-V's module is there.
        [switch]$WithoutHyperV
    )

    try {
        $request = ConvertFrom-RequestJson -RequestJson $RequestJson
        $script:AgentNonce = [string](Get-OptionalValue -InputObject $request -Name 'nonce')
    }
    catch {
        [System.Console]::Out.Write("The agent could not read its request: it is not a JSON object.`n")
        return 2
    }

    try {
        $run = @{
            Agent         = $Agent
            Operations    = $Operations
            Request       = $request
            WithoutHyperV = $WithoutHyperV
        }
        Write-AgentResult -ExitCode 0 -Outputs (Invoke-AgentOperation @run)
        0
    }
    catch {
        if (-not (Test-AgentError -ErrorRecord $_)) {
            Write-AgentEvent -Stream 'verbose' -Text "$($_.FullyQualifiedErrorId)`n$($_.ScriptStackTrace)"
        }
        Write-AgentResult -ExitCode 1 -AgentError (ConvertTo-AgentError -ErrorRecord $_)
        1
    }
}

function Invoke-AgentOperation {
    <#
    .SYNOPSIS
        Runs one operation and gives its outputs; cmdlets' warnings become events as they come.
    .OUTPUTS
        System.Collections.IDictionary
    #>
    [CmdletBinding()]
    [OutputType([System.Collections.IDictionary])]
    param(
        [Parameter(Mandatory = $true)]
        [string]$Agent,

        [Parameter(Mandatory = $true)]
        [hashtable]$Operations,

        [Parameter(Mandatory = $true)]
        [psobject]$Request,

        [switch]$WithoutHyperV
    )

    if ((Get-OptionalValue -InputObject $Request -Name 'agent') -cne $Agent) {
        throw (New-AgentError -Code 'invalid_request' -Message "This agent is $Agent; the request is for another.")
    }
    $operation = [string](Get-OptionalValue -InputObject $Request -Name 'operation')
    if ($Operations.Keys -cnotcontains $operation) {
        throw (New-AgentError -Code 'invalid_request' -Message "The agent $Agent has no operation of this name.")
    }

    # Windows PowerShell gives arrays members that ConvertTo-Json would write as an object around them.
    Remove-TypeData -TypeName 'System.Array' -ErrorAction Ignore
    # By name: another module with a Get-VM, such as VMware's, can stand first on the module path.
    if (-not $WithoutHyperV) {
        Import-Module -Name 'Hyper-V'
    }

    $outputs = $null
    & $Operations[$operation] -Request $Request 3>&1 | ForEach-Object -Process {
        if ($_ -is [System.Collections.IDictionary]) {
            $outputs = $_
        }
        elseif ($_ -is [System.Management.Automation.WarningRecord]) {
            Write-AgentEvent -Stream 'warning' -Text $_.Message
        }
    }
    if ($null -eq $outputs) {
        throw (New-AgentError -Code 'agent_failed' -Message "The operation $Agent/$operation gave no outputs.")
    }
    $outputs
}
