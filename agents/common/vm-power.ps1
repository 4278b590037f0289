<#
.SYNOPSIS
    Power of a virtual machine: which action is allowed in which state, and how it is done.
.OUTPUTS
    None. The file only defines functions and their constants.
#>
Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'

# By action: the states that it is done in, and the one that it leads to. What Repeats does its work also
# where that state is there already.
$script:PowerActions = @{
    start    = @{ AllowedIn = @('off', 'saved'); Result = 'running'; Repeats = $false }
    shutdown = @{ AllowedIn = @('running'); Result = 'off'; Repeats = $false }
    turn_off = @{
        AllowedIn = @(
            'running', 'paused', 'starting', 'stopping', 'reset', 'saving', 'pausing', 'resuming', 'critical', 'other'
        )
        Result    = 'off'
        Repeats   = $false
    }
    restart  = @{ AllowedIn = @('running'); Result = 'running'; Repeats = $true }
    reset    = @{ AllowedIn = @('running', 'paused'); Result = 'running'; Repeats = $true }
    pause    = @{ AllowedIn = @('running'); Result = 'paused'; Repeats = $false }
    resume   = @{ AllowedIn = @('paused'); Result = 'running'; Repeats = $false }
    save     = @{ AllowedIn = @('running', 'paused'); Result = 'saved'; Repeats = $false }
}

# Return values of Msvm_ShutdownComponent that say that the guest shuts down: at once, as a job, already.
$script:ShutdownTaken = 0, 4096, 32782
$script:ShutdownRefusals = @{
    32775 = 'the VM is in no state for it'
    32777 = 'the guest is not available'
    32780 = 'the guest is not ready'
    32781 = 'the guest is locked'
}

function Test-PowerAction {
    <#
    .SYNOPSIS
        Tells whether an action has anything to do; throws where the VM's state does not allow it.
    .OUTPUTS
        System.Boolean
    #>
    [CmdletBinding()]
    [OutputType([bool])]
    param(
        # A key of PowerActions.
        [Parameter(Mandatory = $true)]
        [string]$Action,

        # From ConvertTo-VmState.
        [Parameter(Mandatory = $true)]
        [string]$State,

        [Parameter(Mandatory = $true)]
        [string]$VmName
    )

    $rule = $script:PowerActions[$Action]
    if ($State -eq $rule.Result -and -not $rule.Repeats) {
        Write-AgentEvent -Stream 'warning' -Text "The VM $VmName is $State already."
        return $false
    }
    if ($rule.AllowedIn -cnotcontains $State) {
        $message = "The VM $VmName is $State; $Action is possible only while it is $($rule.AllowedIn -join ' or ')."
        throw (New-AgentError -Code 'power_action_not_allowed' -Message $message -Target 'action')
    }
    $true
}

function Request-GuestShutdown {
    <#
    .SYNOPSIS
        Asks a VM's guest, through the integration service, to shut down or to restart.
    .DESCRIPTION
        With force: a guest at whose console someone is signed in would refuse otherwise.
    .OUTPUTS
        None
    #>
    [CmdletBinding()]
    param(
        # The VM's Msvm_ComputerSystem.
        [Parameter(Mandatory = $true)]
        [object]$System,

        [Parameter(Mandatory = $true)]
        [ValidateSet('InitiateShutdown', 'InitiateReboot')]
        [string]$MethodName
    )

    $toService = @{
        InputObject     = $System
        Association     = 'Msvm_SystemDevice'
        ResultClassName = 'Msvm_ShutdownComponent'
    }
    $service = Get-CimAssociatedInstance @toService
    if ($null -eq $service) {
        $message = 'The guest cannot be asked: its integration service for shutting down does not run.'
        throw (New-AgentError -Code 'guest_did_not_shut_down' -Message $message)
    }
    $call = @{
        InputObject = $service
        MethodName  = $MethodName
        Arguments   = @{ Force = $true; Reason = 'Requested through AetherV' }
    }
    $answer = Invoke-CimMethod @call
    $code = [int]$answer.ReturnValue
    if ($script:ShutdownTaken -notcontains $code) {
        $reason = $script:ShutdownRefusals[$code]
        if ($null -eq $reason) {
            $reason = 'it did not say why'
        }
        $message = "The guest did not take the request ($code): $reason."
        throw (New-AgentError -Code 'guest_did_not_shut_down' -Message $message)
    }
}

function Wait-VmOff {
    <#
    .SYNOPSIS
        Waits until a VM whose guest shuts down is off, for so many seconds at most.
    .OUTPUTS
        None
    #>
    [CmdletBinding()]
    param(
        # The VM's Msvm_ComputerSystem.
        [Parameter(Mandatory = $true)]
        [object]$System,

        [Parameter(Mandatory = $true)]
        [int64]$Seconds
    )

    $clock = [System.Diagnostics.Stopwatch]::StartNew()
    do {
        $state = ConvertTo-VmState -Code (Get-CimInstance -InputObject $System).EnabledState
        if ($state -eq 'off') {
            return
        }
        Start-Sleep -Milliseconds 500
    } while ($clock.Elapsed.TotalSeconds -lt $Seconds)
    $message = "The guest took the request, but after $Seconds seconds the VM is $state. It can still go off."
    throw (New-AgentError -Code 'guest_did_not_shut_down' -Message $message)
}

function Invoke-PowerAction {
    <#
    .SYNOPSIS
        Does one action whose being allowed has been checked.
    .OUTPUTS
        None
    #>
    [CmdletBinding()]
    param(
        # A key of PowerActions.
        [Parameter(Mandatory = $true)]
        [string]$Action,

        # From Get-VM.
        [Parameter(Mandatory = $true)]
        [object]$VirtualMachine,

        # The VM's Msvm_ComputerSystem.
        [Parameter(Mandatory = $true)]
        [object]$System,

        # How long a guest has to shut down.
        [Parameter(Mandatory = $true)]
        [int64]$WaitSeconds
    )

    switch ($Action) {
        'start' { Start-VM -VM $VirtualMachine }
        'shutdown' {
            Request-GuestShutdown -System $System -MethodName 'InitiateShutdown'
            Wait-VmOff -System $System -Seconds $WaitSeconds
        }
        'turn_off' { Stop-VM -VM $VirtualMachine -TurnOff -Force }
        'restart' { Request-GuestShutdown -System $System -MethodName 'InitiateReboot' }
        'reset' { Restart-VM -VM $VirtualMachine -Force }
        'pause' { Suspend-VM -VM $VirtualMachine }
        'resume' { Resume-VM -VM $VirtualMachine }
        'save' { Save-VM -VM $VirtualMachine }
    }
}
