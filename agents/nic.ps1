<#
.SYNOPSIS
    Creates, reads, changes and deletes the network adapters of a virtual machine.
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

function Assert-MacAddress {
    <#
    .SYNOPSIS
        Throws where a MAC address is not written as 00-15-5D-01-02-03, not a single adapter's, or taken.
    .OUTPUTS
        None
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)]
        [string]$MacAddress,

        # The adapter that it is for, lower case; empty: a new one.
        [string]$NicId = ''
    )

    if ($MacAddress -notmatch '^[0-9A-F][02468ACE](-[0-9A-F]{2}){5}$' -or $MacAddress -match '^00(-00){5}$') {
        $message = 'The MAC address is not that of one adapter, written as 00-15-5D-01-02-03.'
        throw (New-AgentError -Code 'invalid_request' -Message $message -Target 'mac_address')
    }
    foreach ($class in 'Msvm_SyntheticEthernetPortSettingData', 'Msvm_EmulatedEthernetPortSettingData') {
        foreach ($adapter in (Get-VirtualizationInstance -ClassName $class)) {
            $isOther = @(Get-InstanceGuid -InstanceId $adapter.InstanceID) -notcontains $NicId
            if ($isOther -and $adapter.Address -eq $MacAddress.Replace('-', '')) {
                $message = "Another adapter on the host has the MAC address $MacAddress."
                throw (New-AgentError -Code 'mac_address_taken' -Message $message -Target 'mac_address')
            }
        }
    }
}

function Get-RequestedNetwork {
    <#
    .SYNOPSIS
        Gives the network of the host's resources that the request names.
    .OUTPUTS
        System.Management.Automation.PSCustomObject
    #>
    [CmdletBinding()]
    [OutputType([System.Management.Automation.PSCustomObject])]
    param(
        [Parameter(Mandatory = $true)]
        [psobject]$Request
    )

    $name = Get-SpecField -Request $Request -Name 'network'
    $network = Find-NamedResource -List (Get-HostResource).networks -Name $name
    if ($null -eq $network) {
        $message = "The host has no network named $name."
        throw (New-AgentError -Code 'network_not_found' -Message $message -Target 'network')
    }
    $switch = $network.configuration.virtual_switch
    if (@((Get-SwitchNameIndex).Values) -notcontains $switch) {
        $message = "The network $name is on the virtual switch $switch, which the host does not have."
        throw (New-AgentError -Code 'network_not_found' -Message $message -Target 'network')
    }
    $network
}

function New-AgentNetworkAdapter {
    <#
    .SYNOPSIS
        Connects a new adapter to a network: its virtual switch and its VLAN.
    .OUTPUTS
        System.Collections.Specialized.OrderedDictionary with nic_id, adapter_name and mac_address
    #>
    [CmdletBinding()]
    [OutputType([System.Collections.Specialized.OrderedDictionary])]
    param(
        [Parameter(Mandatory = $true)]
        [psobject]$Request
    )

    $vm = Get-TargetVirtualMachine -Request $Request
    $network = Get-RequestedNetwork -Request $Request
    $name = Get-SpecField -Request $Request -Name 'adapter_name' -Optional
    if ($null -eq $name) {
        $name = $network.name
    }
    $creation = @{
        VM         = $vm
        Name       = $name
        SwitchName = $network.configuration.virtual_switch
        Passthru   = $true
    }
    $macAddress = Get-SpecField -Request $Request -Name 'mac_address' -Optional
    if ($null -ne $macAddress) {
        Assert-MacAddress -MacAddress $macAddress
        $creation['StaticMacAddress'] = $macAddress.Replace('-', '')
    }
    Set-NotesMarker -VirtualMachine $vm -Request $Request

    $vlanId = $network.configuration.vlan_id
    Write-AgentEvent -Stream 'information' -Text "Connecting $name to the network $($network.name), VLAN $vlanId."
    $adapter = Add-VMNetworkAdapter @creation
    try {
        Set-VMNetworkAdapterVlan -VMNetworkAdapter $adapter -Access -VlanId $vlanId
    }
    catch {
        # It would stand in the switch's untagged network, which nobody chose.
        Remove-VMNetworkAdapter -VMNetworkAdapter $adapter
        throw
    }
    Update-VmClusterRole -VmId $vm.Id
    [ordered]@{
        nic_id       = Get-AdapterId -Adapter $adapter
        adapter_name = $name
        mac_address  = ConvertTo-MacAddress -Digits $adapter.MacAddress
    }
}

function Get-TargetAdapter {
    <#
    .SYNOPSIS
        Finds the adapter that the request's nic_id names among the VM's; nic_not_found where it is not.
    .OUTPUTS
        Microsoft.HyperV.PowerShell.VMNetworkAdapter
    #>
    [CmdletBinding()]
    param(
        # From Get-VM.
        [Parameter(Mandatory = $true)]
        [object]$VirtualMachine,

        [Parameter(Mandatory = $true)]
        [psobject]$Request
    )

    $nicId = (Get-SpecField -Request $Request -Name 'nic_id' -Kind 'Guid').ToString()
    foreach ($adapter in (Get-VMNetworkAdapter -VM $VirtualMachine)) {
        if ((Get-AdapterId -Adapter $adapter) -eq $nicId) {
            return $adapter
        }
    }
    $message = "The VM $($VirtualMachine.Name) has no network adapter $nicId."
    throw (New-AgentError -Code 'nic_not_found' -Message $message -Target 'nic_id')
}

function Move-AdapterNetwork {
    <#
    .SYNOPSIS
        Puts an adapter into another network.
    .DESCRIPTION
        Between two switches it is disconnected first: it must not stand in a VLAN of the new switch, or on
        the old switch in a VLAN of the new one, that nobody chose.
    .OUTPUTS
        None
    #>
    [CmdletBinding()]
    param(
        # From Get-VMNetworkAdapter.
        [Parameter(Mandatory = $true)]
        [object]$Adapter,

        # From Get-RequestedNetwork.
        [Parameter(Mandatory = $true)]
        [psobject]$Network
    )

    $switch = $Network.configuration.virtual_switch
    $vlanId = $Network.configuration.vlan_id
    $text = "Connecting $($Adapter.Name) to the network $($Network.name), VLAN $vlanId."
    Write-AgentEvent -Stream 'information' -Text $text
    if ($Adapter.SwitchName -eq $switch) {
        Set-VMNetworkAdapterVlan -VMNetworkAdapter $Adapter -Access -VlanId $vlanId
        return
    }
    Disconnect-VMNetworkAdapter -VMNetworkAdapter $Adapter
    try {
        Set-VMNetworkAdapterVlan -VMNetworkAdapter $Adapter -Access -VlanId $vlanId
        Connect-VMNetworkAdapter -VMNetworkAdapter $Adapter -SwitchName $switch
    }
    catch {
        $message = "The adapter is disconnected now: $($_.Exception.Message.Trim())"
        throw (New-AgentError -Code 'hyperv_error' -Message $message)
    }
}

function Set-AgentNetworkAdapter {
    <#
    .SYNOPSIS
        The operation update: network, name and MAC address, all checked before the first is changed.
    .OUTPUTS
        System.Collections.Specialized.OrderedDictionary with nic_id, adapter_name and mac_address
    #>
    [CmdletBinding()]
    [OutputType([System.Collections.Specialized.OrderedDictionary])]
    param(
        [Parameter(Mandatory = $true)]
        [psobject]$Request
    )

    $vm = Get-TargetVirtualMachine -Request $Request
    $adapter = Get-TargetAdapter -VirtualMachine $vm -Request $Request
    $nicId = Get-AdapterId -Adapter $adapter
    $name = Get-SpecField -Request $Request -Name 'adapter_name' -Optional
    $macAddress = Get-SpecField -Request $Request -Name 'mac_address' -Optional
    $network = $null
    if ($null -ne (Get-SpecField -Request $Request -Name 'network' -Optional)) {
        $network = Get-RequestedNetwork -Request $Request
    }
    $target = @{ VirtualMachine = $vm; State = Get-VmState -VirtualMachine $vm }

    $hasOtherMac = $false
    if ($null -ne $macAddress) {
        Assert-MacAddress -MacAddress $macAddress -NicId $nicId
        $isSame = $macAddress.Replace('-', '') -eq $adapter.MacAddress
        $hasOtherMac = $adapter.DynamicMacAddressEnabled -or -not $isSame
    }
    if ($hasOtherMac) {
        Assert-VmState @target -Allowed 'off' -Change 'the MAC address can be changed' -Target 'mac_address'
    }
    if ($null -ne $network) {
        Assert-VmState @target -Allowed 'off', 'running' -Change 'the network can be changed' -Target 'network'
    }
    $isRenamed = $null -ne $name -and $name -cne $adapter.Name
    if ($isRenamed) {
        Assert-VmState @target -Allowed 'off', 'running' -Change 'the adapter can be renamed' -Target 'adapter_name'
    }

    if ($hasOtherMac) {
        Write-AgentEvent -Stream 'information' -Text "Setting the MAC address to $macAddress."
        Set-VMNetworkAdapter -VMNetworkAdapter $adapter -StaticMacAddress $macAddress.Replace('-', '')
    }
    if ($isRenamed) {
        Write-AgentEvent -Stream 'information' -Text "Renaming the adapter $($adapter.Name) to $name."
        Rename-VMNetworkAdapter -VMNetworkAdapter $adapter -NewName $name
    }
    if ($null -ne $network) {
        Move-AdapterNetwork -Adapter $adapter -Network $network
    }
    Update-VmClusterRole -VmId $vm.Id
    $changed = Get-TargetAdapter -VirtualMachine $vm -Request $Request
    [ordered]@{
        nic_id       = $nicId
        adapter_name = $changed.Name
        mac_address  = ConvertTo-MacAddress -Digits $changed.MacAddress
    }
}

function Remove-AgentNetworkAdapter {
    <#
    .SYNOPSIS
        The operation delete: takes an adapter out of a VM.
    .OUTPUTS
        System.Collections.Specialized.OrderedDictionary, empty
    #>
    [CmdletBinding()]
    [OutputType([System.Collections.Specialized.OrderedDictionary])]
    param(
        [Parameter(Mandatory = $true)]
        [psobject]$Request
    )

    $vm = Get-TargetVirtualMachine -Request $Request
    $adapter = Get-TargetAdapter -VirtualMachine $vm -Request $Request
    $rule = @{
        VirtualMachine = $vm
        State          = Get-VmState -VirtualMachine $vm
        Allowed        = if ($vm.Generation -eq 2) { 'off', 'running' } else { 'off' }
        Change         = 'an adapter can be taken out'
        Target         = 'nic_id'
    }
    Assert-VmState @rule
    Write-AgentEvent -Stream 'information' -Text "Taking out the adapter $($adapter.Name)."
    Remove-VMNetworkAdapter -VMNetworkAdapter $adapter
    Update-VmClusterRole -VmId $vm.Id
    [ordered]@{}
}

$operations = @{
    create = 'New-AgentNetworkAdapter'
    read   = 'Read-AgentRecord'
    update = 'Set-AgentNetworkAdapter'
    delete = 'Remove-AgentNetworkAdapter'
}
exit (Invoke-AgentMain -Agent 'nic' -Operations $operations -RequestJson $RequestJson)
