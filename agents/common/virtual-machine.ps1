<#
.SYNOPSIS
    Finds virtual machines, always by GUID.
.OUTPUTS
    None. The file only defines functions and their constants.
#>
Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'

$script:VirtualizationNamespace = 'root/virtualization/v2'

function Get-VirtualizationInstance {
    <#
    .SYNOPSIS
        Gives every instance of a class of Hyper-V's CIM namespace, in one query.
    .OUTPUTS
        Microsoft.Management.Infrastructure.CimInstance
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)]
        [string]$ClassName
    )

    Get-CimInstance -Namespace $script:VirtualizationNamespace -ClassName $ClassName
}

function Get-VirtualSystem {
    <#
    .SYNOPSIS
        Gives the Msvm_ComputerSystem of a VM; vm_not_found where the host has none.
    .DESCRIPTION
        The VM is asked for by its key. Get-VM cannot tell a VM that does not exist from a management
        service that does not answer.
    .OUTPUTS
        Microsoft.Management.Infrastructure.CimInstance
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)]
        [guid]$VmId
    )

    $key = @{
        ClientOnly = $true
        Namespace  = $script:VirtualizationNamespace
        ClassName  = 'Msvm_ComputerSystem'
        Key        = 'CreationClassName', 'Name'
        Property   = @{
            CreationClassName = 'Msvm_ComputerSystem'
            Name              = $VmId.ToString().ToUpperInvariant()
        }
    }
    try {
        Get-CimInstance -InputObject (New-CimInstance @key)
    }
    catch {
        # WBEM_E_NOT_FOUND. Every other error is the management service's own.
        if ($_.FullyQualifiedErrorId -notlike 'HRESULT 0x80041002*') {
            throw
        }
        throw (New-AgentError -Code 'vm_not_found' -Message "The host has no VM $VmId." -Target 'vm_id')
    }
}

function Get-TargetVirtualMachine {
    <#
    .SYNOPSIS
        Gives the VM that the request's vm_id names, as the Hyper-V module's object.
    .OUTPUTS
        Microsoft.HyperV.PowerShell.VirtualMachine
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)]
        [psobject]$Request
    )

    $vmId = Get-SpecField -Request $Request -Name 'vm_id' -Kind 'Guid'
    $null = Get-VirtualSystem -VmId $vmId
    Get-VM -Id $vmId
}

function ConvertTo-VmState {
    <#
    .SYNOPSIS
        Gives the protocol's name for an EnabledState of Msvm_ComputerSystem or a State of Get-VM.
    .OUTPUTS
        System.String
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param(
        [Parameter(Mandatory = $true)]
        [int]$Code
    )

    switch ($Code) {
        2 { 'running' }
        3 { 'off' }
        4 { 'stopping' }
        { $_ -in 6, 32779 } { 'saved' }
        9 { 'paused' }
        10 { 'starting' }
        11 { 'reset' }
        { $_ -in 32773, 32780 } { 'saving' }
        32776 { 'pausing' }
        32777 { 'resuming' }
        { $_ -in 32781, 32782 } { 'stopping' }
        { $_ -ge 32783 -and $_ -le 32794 } { 'critical' }
        default { 'other' }
    }
}

function Get-VmState {
    <#
    .SYNOPSIS
        Gives the protocol's name for the state that a VM is in now.
    .OUTPUTS
        System.String
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param(
        # From Get-VM.
        [Parameter(Mandatory = $true)]
        [object]$VirtualMachine
    )

    ConvertTo-VmState -Code (Get-VirtualSystem -VmId $VirtualMachine.Id).EnabledState
}

function Assert-VmState {
    <#
    .SYNOPSIS
        Throws vm_not_off where a VM is in none of the states that a change is possible in.
    .OUTPUTS
        None
    #>
    [CmdletBinding()]
    param(
        # From Get-VM.
        [Parameter(Mandatory = $true)]
        [object]$VirtualMachine,

        # From Get-VmState.
        [Parameter(Mandatory = $true)]
        [string]$State,

        [Parameter(Mandatory = $true)]
        [string[]]$Allowed,

        # What is possible only then, the beginning of a sentence.
        [Parameter(Mandatory = $true)]
        [string]$Change,

        # The field of the request that is to blame.
        [Parameter(Mandatory = $true)]
        [string]$Target
    )

    if ($Allowed -cnotcontains $State) {
        $message = "The VM $($VirtualMachine.Name) is $State; $Change only while it is $($Allowed -join ' or ')."
        throw (New-AgentError -Code 'vm_not_off' -Message $message -Target $Target)
    }
}

function Get-InstanceGuid {
    <#
    .SYNOPSIS
        Gives the GUIDs of an InstanceID of Hyper-V, in their order, lower case.
    .DESCRIPTION
        Settings are named after what they belong to: Microsoft:<VM>\<device>\..., and for the guest's
        view of an adapter Microsoft:GuestNetwork\<VM>\<adapter>.
    .OUTPUTS
        System.String
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param(
        [Parameter(Mandatory = $true)]
        [AllowEmptyString()]
        [string]$InstanceId
    )

    $guid = '[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}'
    foreach ($match in [regex]::Matches($InstanceId, $guid)) {
        $match.Value.ToLowerInvariant()
    }
}
