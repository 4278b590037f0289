<#
.SYNOPSIS
    Hands a guest its configuration over KVP, provisioning protocol version 1.
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

$script:VersionName = 'hlvmm.meta.version'
$script:HostStateName = 'hlvmm.meta.host_provisioning_system_state'
$script:GuestStateName = 'hlvmm.meta.guest_provisioning_system_state'
$script:GuestErrorName = 'hlvmm.meta.guest_provisioning_error'
$script:WrappedKeyName = 'hlvmm.meta.shared_aes_key'
$script:ChecksumName = 'hlvmm.meta.provisioning_system_checksum'
$script:DataPrefix = 'hlvmm.data.'
$script:SecretPatterns = "$($script:DataPrefix)*", $script:WrappedKeyName, $script:ChecksumName

function Get-TargetSystem {
    <#
    .SYNOPSIS
        Gives the Msvm_ComputerSystem of the VM that the request's vm_id names.
    .OUTPUTS
        Microsoft.Management.Infrastructure.CimInstance
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)]
        [psobject]$Request
    )

    Get-VirtualSystem -VmId (Get-SpecField -Request $Request -Name 'vm_id' -Kind 'Guid')
}

function Start-GuestExchange {
    <#
    .SYNOPSIS
        Inserts the provisioning media, writes the host's side of the handshake and starts the VM; a VM that
        does not start keeps nothing of it.
    .DESCRIPTION
        The version goes first: a guest that sees the state looks for the version at once.
    .OUTPUTS
        None
    #>
    [CmdletBinding()]
    param(
        # The VM's Msvm_ComputerSystem.
        [Parameter(Mandatory = $true)]
        [object]$System,

        # From Get-VM.
        [Parameter(Mandatory = $true)]
        [object]$VirtualMachine,

        [Parameter(Mandatory = $true)]
        [string]$MetaVersion,

        # The host's provisioning media; empty: none.
        [Parameter(Mandatory = $true)]
        [AllowEmptyString()]
        [string]$MediaPath
    )

    try {
        if ($MediaPath) {
            Mount-ProvisioningMedia -VirtualMachine $VirtualMachine -Path $MediaPath
        }
        Set-HostKvpItem -System $System -Item ([ordered]@{ $script:VersionName = $MetaVersion })
        Set-HostKvpItem -System $System -Item ([ordered]@{ $script:HostStateName = 'waitingforpublickey' })
        Write-AgentEvent -Stream 'information' -Text "Starting the VM $($VirtualMachine.Name)."
        Start-VM -VM $VirtualMachine
    }
    catch {
        $failure = $_
        $undoing = @(
            { Dismount-ProvisioningMedia -VirtualMachine $VirtualMachine }
            { $null = Remove-HostKvpItem -System $System -Pattern 'hlvmm.*' }
        )
        foreach ($undo in $undoing) {
            try {
                & $undo
            }
            catch {
                $words = $_.Exception.Message.Trim()
                Write-AgentEvent -Stream 'warning' -Text "Something prepared stays with the VM: $words"
            }
        }
        throw $failure
    }
}

function Start-AgentInitialization {
    <#
    .SYNOPSIS
        The operation begin: publishes the host's side of the handshake and powers the VM on.
    .OUTPUTS
        System.Collections.Specialized.OrderedDictionary with vm_name and stale_key_fingerprint
    #>
    [CmdletBinding()]
    [OutputType([System.Collections.Specialized.OrderedDictionary])]
    param(
        [Parameter(Mandatory = $true)]
        [psobject]$Request
    )

    $system = Get-TargetSystem -Request $Request
    $vm = Get-TargetVirtualMachine -Request $Request
    $metaVersion = Get-SpecField -Request $Request -Name 'meta_version'
    $osFamily = Get-SpecField -Request $Request -Name 'os_family' -Allowed 'windows', 'linux'
    $isForced = Get-SpecField -Request $Request -Name 'force' -Kind 'Boolean' -Optional

    $state = ConvertTo-VmState -Code $system.EnabledState
    if ($state -ne 'off') {
        $message = "The VM $($vm.Name) is not off; its state is $state."
        throw (New-AgentError -Code 'vm_not_off' -Message $message -Target 'vm_id')
    }
    if (-not $isForced -and (Get-HostKvpItem -System $system).Contains($script:VersionName)) {
        $message = "The VM $($vm.Name) was initialized before."
        throw (New-AgentError -Code 'already_initialized' -Message $message -Target 'vm_id')
    }
    $mediaPath = Find-ProvisioningMedia -OsFamily $osFamily

    Set-NotesMarker -VirtualMachine $vm -Request $Request
    $removed = Remove-HostKvpItem -System $system -Pattern 'hlvmm.*'
    if ($removed -gt 0) {
        Write-AgentEvent -Stream 'verbose' -Text "Removed $removed items of an earlier initialization."
    }
    $staleKey = Get-GuestKeyFingerprint -GuestItem (Get-GuestKvpItem -System $system)
    $exchange = @{
        System         = $system
        VirtualMachine = $vm
        MetaVersion    = $metaVersion
        MediaPath      = $mediaPath
    }
    Start-GuestExchange @exchange
    [ordered]@{ vm_name = $vm.Name; stale_key_fingerprint = if ($staleKey) { $staleKey } else { $null } }
}

function Get-AgentInitializationStatus {
    <#
    .SYNOPSIS
        The operation status: what host and guest have told each other.
    .OUTPUTS
        System.Collections.Specialized.OrderedDictionary with vm_state, host_state, guest_state,
        key_fingerprint and guest_error
    #>
    [CmdletBinding()]
    [OutputType([System.Collections.Specialized.OrderedDictionary])]
    param(
        [Parameter(Mandatory = $true)]
        [psobject]$Request
    )

    $system = Get-TargetSystem -Request $Request
    $items = Get-GuestKvpItem -System $system
    $outputs = [ordered]@{
        vm_state        = ConvertTo-VmState -Code $system.EnabledState
        host_state      = (Get-HostKvpItem -System $system)[$script:HostStateName]
        guest_state     = $items[$script:GuestStateName]
        key_fingerprint = Get-GuestKeyFingerprint -GuestItem $items
        guest_error     = $items[$script:GuestErrorName]
    }
    foreach ($name in 'host_state', 'guest_state', 'key_fingerprint', 'guest_error') {
        if (-not $outputs[$name]) {
            $outputs[$name] = $null
        }
    }
    $outputs
}

function Publish-AgentGuestConfig {
    <#
    .SYNOPSIS
        The operation publish: encrypts the configuration for the guest's key and writes it.
    .DESCRIPTION
        Everything is encrypted before the first item is written. Checksum and wrapped key go first: what
        a guest finds under its own names it takes for complete.
    .OUTPUTS
        System.Collections.Specialized.OrderedDictionary, empty
    #>
    [CmdletBinding()]
    [OutputType([System.Collections.Specialized.OrderedDictionary])]
    param(
        [Parameter(Mandatory = $true)]
        [psobject]$Request
    )

    $system = Get-TargetSystem -Request $Request
    $osFamily = Get-SpecField -Request $Request -Name 'os_family' -Allowed 'windows', 'linux'
    $expected = Get-SpecField -Request $Request -Name 'key_fingerprint'
    $entries = Get-GuestConfigEntry -Request $Request
    $plainItems = Get-GuestConfigItem -Entry $entries -OsFamily $osFamily

    $guestItems = Get-GuestKvpItem -System $system
    if ((Get-GuestKeyFingerprint -GuestItem $guestItems) -ne $expected) {
        $message = 'The public key that the guest offers now is not the one that was seen before.'
        throw (New-AgentError -Code 'guest_key_changed' -Message $message)
    }
    $protection = @{
        Plaintext = [string[]]@($entries.Values)
        Item      = $plainItems
        PublicKey = ConvertFrom-GuestKey -Data (Get-GuestKeyByte -GuestItem $guestItems)
    }
    $protected = Protect-GuestConfig @protection

    $null = Remove-HostKvpItem -System $system -Pattern $script:SecretPatterns
    Set-HostKvpItem -System $system -Item ([ordered]@{ $script:ChecksumName = $protected.Checksum })
    Set-HostKvpItem -System $system -Item ([ordered]@{ $script:WrappedKeyName = $protected.WrappedKey })
    $items = [ordered]@{}
    foreach ($name in $protected.Items.Keys) {
        $items["$($script:DataPrefix)$name"] = $protected.Items[$name]
    }
    Set-HostKvpItem -System $system -Item $items
    $noun = if ($entries.Count -eq 1) { 'value' } else { 'values' }
    Write-AgentEvent -Stream 'information' -Text "Published $($entries.Count) encrypted $noun."
    [ordered]@{}
}

function Publish-AgentAnnouncement {
    <#
    .SYNOPSIS
        The operation announce: tells the guest that everything stands there.
    .OUTPUTS
        System.Collections.Specialized.OrderedDictionary, empty
    #>
    [CmdletBinding()]
    [OutputType([System.Collections.Specialized.OrderedDictionary])]
    param(
        [Parameter(Mandatory = $true)]
        [psobject]$Request
    )

    $system = Get-TargetSystem -Request $Request
    Set-HostKvpItem -System $system -Item ([ordered]@{ $script:HostStateName = 'provisioningdatapublished' })
    [ordered]@{}
}

function Complete-AgentInitialization {
    <#
    .SYNOPSIS
        The operation finish: takes every secret item away; at the end of the exchange also the provisioning
        media, and with completed what the Notes' marker no longer needs.
    .OUTPUTS
        System.Collections.Specialized.OrderedDictionary with removed, the number of items
    #>
    [CmdletBinding()]
    [OutputType([System.Collections.Specialized.OrderedDictionary])]
    param(
        [Parameter(Mandatory = $true)]
        [psobject]$Request
    )

    $system = Get-TargetSystem -Request $Request
    $isCompleted = Get-SpecField -Request $Request -Name 'completed' -Kind 'Boolean' -Optional
    $isEnded = Get-SpecField -Request $Request -Name 'ended' -Kind 'Boolean' -Optional
    $removed = Remove-HostKvpItem -System $system -Pattern $script:SecretPatterns
    $vm = Get-TargetVirtualMachine -Request $Request
    if ($isCompleted -or $isEnded) {
        Dismount-ProvisioningMedia -VirtualMachine $vm
    }
    if ($isCompleted) {
        Set-NotesMarker -VirtualMachine $vm -Request $Request -Completed
    }
    [ordered]@{ removed = $removed }
}

$operations = @{
    begin    = 'Start-AgentInitialization'
    status   = 'Get-AgentInitializationStatus'
    publish  = 'Publish-AgentGuestConfig'
    announce = 'Publish-AgentAnnouncement'
    finish   = 'Complete-AgentInitialization'
}
exit (Invoke-AgentMain -Agent 'initialization' -Operations $operations -RequestJson $RequestJson)
