<#
.SYNOPSIS
    Key-value pair exchange with a guest, through CIM.
.OUTPUTS
    None. The file only defines functions and their constants.
#>
Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'

# What AddKvpItems answers where a key stands there already (Invalid parameter).
$script:KvpInvalidParameter = 32773

function Get-HostKvpItem {
    <#
    .SYNOPSIS
        Gives the items that the host offers a VM's guest, also while the VM is off.
    .OUTPUTS
        System.Collections.Specialized.OrderedDictionary of name to data
    #>
    [CmdletBinding()]
    [OutputType([System.Collections.Specialized.OrderedDictionary])]
    param(
        # The VM's Msvm_ComputerSystem.
        [Parameter(Mandatory = $true)]
        [object]$System
    )

    $toSettings = @{
        InputObject     = $System
        Association     = 'Msvm_SettingsDefineState'
        ResultClassName = 'Msvm_VirtualSystemSettingData'
    }
    $toExchange = @{
        InputObject     = Get-CimAssociatedInstance @toSettings
        Association     = 'Msvm_VirtualSystemSettingDataComponent'
        ResultClassName = 'Msvm_KvpExchangeComponentSettingData'
    }
    $exchange = Get-CimAssociatedInstance @toExchange
    if ($null -eq $exchange) {
        $message = 'The VM has no integration service for key-value pair exchange.'
        throw (New-AgentError -Code 'kvp_write_failed' -Message $message)
    }
    ConvertFrom-KvpItemXml -Xml $exchange.HostExchangeItems
}

function Get-GuestKvpItem {
    <#
    .SYNOPSIS
        Gives the items that a VM's guest wrote; none while the service does not run.
    .OUTPUTS
        System.Collections.Specialized.OrderedDictionary of name to data
    #>
    [CmdletBinding()]
    [OutputType([System.Collections.Specialized.OrderedDictionary])]
    param(
        # The VM's Msvm_ComputerSystem.
        [Parameter(Mandatory = $true)]
        [object]$System
    )

    $toExchange = @{
        InputObject     = $System
        Association     = 'Msvm_SystemDevice'
        ResultClassName = 'Msvm_KvpExchangeComponent'
    }
    $exchange = Get-CimAssociatedInstance @toExchange
    if ($null -eq $exchange) {
        return [ordered]@{}
    }
    ConvertFrom-KvpItemXml -Xml $exchange.GuestExchangeItems
}

function Wait-ManagementJob {
    <#
    .SYNOPSIS
        Waits until a job of the virtual machine management service has ended, for a minute at most.
    .OUTPUTS
        System.Management.Automation.PSCustomObject with Code (0: success) and Words, Hyper-V's own
    #>
    [CmdletBinding()]
    [OutputType([System.Management.Automation.PSCustomObject])]
    param(
        # The Msvm_ConcreteJob that the method answered with.
        [Parameter(Mandatory = $true)]
        [object]$Job
    )

    $clock = [System.Diagnostics.Stopwatch]::StartNew()
    while ($clock.Elapsed.TotalSeconds -lt 60) {
        $current = Get-CimInstance -InputObject $Job
        # 7: completed. Everything above is an end without success.
        if ($current.JobState -eq 7) {
            return [pscustomobject]@{ Code = 0; Words = '' }
        }
        if ($current.JobState -gt 7) {
            return [pscustomobject]@{ Code = $current.ErrorCode; Words = [string]$current.ErrorDescription }
        }
        Start-Sleep -Milliseconds 100
    }
    $message = 'Hyper-V did not end its job for the key-value pair exchange within a minute.'
    throw (New-AgentError -Code 'kvp_write_failed' -Message $message)
}

function Invoke-KvpMethod {
    <#
    .SYNOPSIS
        Hands items to AddKvpItems, ModifyKvpItems or RemoveKvpItems and waits for the outcome.
    .OUTPUTS
        System.Management.Automation.PSCustomObject with Code (0: success) and Words, Hyper-V's own
    #>
    [CmdletBinding()]
    [OutputType([System.Management.Automation.PSCustomObject])]
    param(
        # The VM's Msvm_ComputerSystem.
        [Parameter(Mandatory = $true)]
        [object]$System,

        [Parameter(Mandatory = $true)]
        [ValidateSet('AddKvpItems', 'ModifyKvpItems', 'RemoveKvpItems')]
        [string]$MethodName,

        # Name to data, 128 at most.
        [Parameter(Mandatory = $true)]
        [System.Collections.IDictionary]$Item
    )

    $xml = foreach ($name in $Item.Keys) {
        ConvertTo-KvpItemXml -Name $name -Data $Item[$name]
    }
    $call = @{
        InputObject = Get-VirtualizationInstance -ClassName 'Msvm_VirtualSystemManagementService'
        MethodName  = $MethodName
        Arguments   = @{ TargetSystem = $System; DataItems = [string[]]$xml }
    }
    try {
        $answer = Invoke-CimMethod @call
    }
    catch {
        $message = "$MethodName failed: $($_.Exception.Message.Trim())"
        throw (New-AgentError -Code 'kvp_write_failed' -Message $message)
    }
    # 4096: a job was started.
    if ($answer.ReturnValue -eq 4096) {
        return Wait-ManagementJob -Job $answer.Job
    }
    [pscustomobject]@{ Code = $answer.ReturnValue; Words = '' }
}

function Assert-KvpOutcome {
    <#
    .SYNOPSIS
        Throws kvp_write_failed where a method of the key-value pair exchange did not succeed.
    .OUTPUTS
        None
    #>
    [CmdletBinding()]
    param(
        # From Invoke-KvpMethod.
        [Parameter(Mandatory = $true)]
        [psobject]$Outcome,

        [Parameter(Mandatory = $true)]
        [string]$MethodName
    )

    if ($Outcome.Code -ne 0) {
        $message = "$MethodName failed with $($Outcome.Code). $($Outcome.Words)".Trim()
        throw (New-AgentError -Code 'kvp_write_failed' -Message $message)
    }
}

function Set-HostKvpItem {
    <#
    .SYNOPSIS
        Offers items to a VM's guest, in their order; an item that stands there is changed.
    .OUTPUTS
        None
    #>
    [CmdletBinding()]
    param(
        # The VM's Msvm_ComputerSystem.
        [Parameter(Mandatory = $true)]
        [object]$System,

        # Name to data.
        [Parameter(Mandatory = $true)]
        [System.Collections.IDictionary]$Item
    )

    foreach ($lot in (Split-KvpItem -Item $Item)) {
        $outcome = Invoke-KvpMethod -System $System -MethodName 'AddKvpItems' -Item $lot
        if ($outcome.Code -ne $script:KvpInvalidParameter) {
            Assert-KvpOutcome -Outcome $outcome -MethodName 'AddKvpItems'
            continue
        }
        # At least one of them is there already: which, only the single calls can tell.
        foreach ($name in $lot.Keys) {
            $single = [ordered]@{ $name = $lot[$name] }
            $outcome = Invoke-KvpMethod -System $System -MethodName 'AddKvpItems' -Item $single
            $method = 'AddKvpItems'
            if ($outcome.Code -eq $script:KvpInvalidParameter) {
                $outcome = Invoke-KvpMethod -System $System -MethodName 'ModifyKvpItems' -Item $single
                $method = 'ModifyKvpItems'
            }
            Assert-KvpOutcome -Outcome $outcome -MethodName $method
        }
    }
}

function Remove-HostKvpItem {
    <#
    .SYNOPSIS
        Takes away the host's items whose names match one of the patterns.
    .OUTPUTS
        System.Int32, the number of items that were there
    #>
    [CmdletBinding()]
    [OutputType([int])]
    param(
        # The VM's Msvm_ComputerSystem.
        [Parameter(Mandatory = $true)]
        [object]$System,

        # Wildcard patterns.
        [Parameter(Mandatory = $true)]
        [string[]]$Pattern
    )

    $present = Get-HostKvpItem -System $System
    $doomed = [ordered]@{}
    foreach ($name in $present.Keys) {
        foreach ($candidate in $Pattern) {
            if ($name -like $candidate) {
                # Items are removed by name; the data need not travel again.
                $doomed[$name] = ''
            }
        }
    }
    foreach ($lot in (Split-KvpItem -Item $doomed)) {
        $outcome = Invoke-KvpMethod -System $System -MethodName 'RemoveKvpItems' -Item $lot
        Assert-KvpOutcome -Outcome $outcome -MethodName 'RemoveKvpItems'
    }
    $doomed.Count
}
