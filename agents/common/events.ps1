<#
.SYNOPSIS
    The lines that an agent writes to standard output (docs/agent-protocol.md, section 3).
.OUTPUTS
    None. The file only defines functions and their constants.
#>
Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'

$script:AgentNonce = ''
$script:AgentSequence = 0

function ConvertTo-AgentJson {
    <#
    .SYNOPSIS
        Gives a value as one line of JSON that holds printable ASCII only.
    .DESCRIPTION
        The console's code page differs from host to host; ASCII is the same in all of them.
    .OUTPUTS
        System.String
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param(
        [Parameter(Mandatory = $true)]
        [System.Collections.IDictionary]$Value
    )

    $json = ConvertTo-Json -InputObject $Value -Depth 20 -Compress
    [regex]::Replace($json, '[^\x20-\x7E]', { param($match) '\u{0:x4}' -f [int][char]$match.Value })
}

function Get-AgentTime {
    <#
    .SYNOPSIS
        Gives the current time in UTC as ISO 8601 with milliseconds.
    .OUTPUTS
        System.String
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param()

    $format = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'"
    [System.DateTime]::UtcNow.ToString($format, [System.Globalization.CultureInfo]::InvariantCulture)
}

function Write-AgentLine {
    <#
    .SYNOPSIS
        Writes one line of the protocol: the call's nonce, a number, the time, and the given members.
    .DESCRIPTION
        The line goes to the console itself: what is written to the pipeline is wrapped at the
        console's width.
    .OUTPUTS
        None
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)]
        [System.Collections.IDictionary]$Member
    )

    $script:AgentSequence++
    $line = [ordered]@{
        nonce = $script:AgentNonce
        seq   = $script:AgentSequence
        time  = Get-AgentTime
    }
    foreach ($name in $Member.Keys) {
        $line[$name] = $Member[$name]
    }
    [System.Console]::Out.Write((ConvertTo-AgentJson -Value $line) + "`n")
}

function Write-AgentEvent {
    <#
    .SYNOPSIS
        Tells the server's log what the agent does.
    .OUTPUTS
        None
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)]
        [ValidateSet('verbose', 'information', 'warning', 'error', 'progress')]
        [string]$Stream,

        [Parameter(Mandatory = $true)]
        [AllowEmptyString()]
        [string]$Text
    )

    Write-AgentLine -Member ([ordered]@{ stream = $Stream; text = $Text })
    # A process that serves call after call keeps its output back, so that a result leaves with the call's end.
    [System.Console]::Out.Flush()
}

function Write-AgentResult {
    <#
    .SYNOPSIS
        Writes the result: the last line of a call.
    .OUTPUTS
        None
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)]
        [int]$ExitCode,

        [System.Collections.IDictionary]$Outputs = @{},

        [AllowNull()]
        [System.Collections.IDictionary]$AgentError = $null
    )

    $result = [ordered]@{
        ok        = $ExitCode -eq 0
        exit_code = $ExitCode
        outputs   = $Outputs
        error     = $AgentError
    }
    Write-AgentLine -Member ([ordered]@{ result = $result })
}
