<#
.SYNOPSIS
    The agents' error type: a code of the server's catalogue, a sentence, and the field to blame.
.OUTPUTS
    None. The file only defines functions.
#>
Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'

function New-AgentError {
    <#
    .SYNOPSIS
        Makes an exception that an agent throws on purpose.
    .DESCRIPTION
        Code and field travel in the exception's Data, which survives being caught and thrown again. A
        class of our own would have to be compiled anew in every process.
    .OUTPUTS
        System.InvalidOperationException
    #>
    [CmdletBinding()]
    [OutputType([System.InvalidOperationException])]
    param(
        # A code of lib/domain/error-codes.ts.
        [Parameter(Mandatory = $true)]
        [string]$Code,

        # What happened, in a sentence.
        [Parameter(Mandatory = $true)]
        [string]$Message,

        # The field of the request that is to blame.
        [string]$Target = ''
    )

    $exception = [System.InvalidOperationException]::new($Message)
    $exception.Data['AgentErrorCode'] = $Code
    $exception.Data['AgentErrorTarget'] = $Target
    $exception
}

function Test-AgentError {
    <#
    .SYNOPSIS
        Tells whether an agent threw this error on purpose.
    .OUTPUTS
        System.Boolean
    #>
    [CmdletBinding()]
    [OutputType([bool])]
    param(
        [Parameter(Mandatory = $true)]
        [System.Management.Automation.ErrorRecord]$ErrorRecord
    )

    $ErrorRecord.Exception.Data.Contains('AgentErrorCode')
}

function ConvertTo-AgentError {
    <#
    .SYNOPSIS
        Gives the error member of the result for anything that was thrown.
    .DESCRIPTION
        What no agent threw on purpose is Hyper-V's (or Windows') own: its words are passed on.
    .OUTPUTS
        System.Collections.Specialized.OrderedDictionary
    #>
    [CmdletBinding()]
    [OutputType([System.Collections.Specialized.OrderedDictionary])]
    param(
        [Parameter(Mandatory = $true)]
        [System.Management.Automation.ErrorRecord]$ErrorRecord
    )

    $code = 'hyperv_error'
    $target = $null
    if (Test-AgentError -ErrorRecord $ErrorRecord) {
        $code = $ErrorRecord.Exception.Data['AgentErrorCode']
        if ($ErrorRecord.Exception.Data['AgentErrorTarget']) {
            $target = $ErrorRecord.Exception.Data['AgentErrorTarget']
        }
    }
    [ordered]@{
        code    = $code
        message = $ErrorRecord.Exception.Message.Trim()
        target  = $target
    }
}
