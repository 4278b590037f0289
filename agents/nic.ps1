<#
.SYNOPSIS
    Creates and reads the network adapters of a virtual machine.
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
        [string]$MacAddress
    )

    if ($MacAddress -notmatch '^[0-9A-F][02468ACE](-[0-9A-F]{2}){5}$' -or $MacAddress -match '^00(-00){5}$') {
        $message = 'The MAC address is not that of one adapter, written as 00-15-5D-01-02-03.'
        throw (New-AgentError -Code 'invalid_request' -Message $message -Target 'mac_address')
    }
    foreach ($class in 'Msvm_SyntheticEthernetPortSettingData', 'Msvm_EmulatedEthernetPortSettingData') {
        foreach ($adapter in (Get-VirtualizationInstance -ClassName $class)) {
            if ($adapter.Address -eq $MacAddress.Replace('-', '')) {
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
    [ordered]@{
        nic_id       = @(Get-InstanceGuid -InstanceId $adapter.Id)[-1]
        adapter_name = $name
        mac_address  = ConvertTo-MacAddress -Digits $adapter.MacAddress
    }
}

function Read-AgentNetworkAdapter {
    <#
    .SYNOPSIS
        Gives a VM's adapters as the inventory reports them.
    .OUTPUTS
        System.Collections.Specialized.OrderedDictionary with nics, a list of NicRecord
    #>
    [CmdletBinding()]
    [OutputType([System.Collections.Specialized.OrderedDictionary])]
    param(
        [Parameter(Mandatory = $true)]
        [psobject]$Request
    )

    $record = Read-TargetVmRecord -Request $Request
    [ordered]@{ nics = $record.nics }
}

$main = @{
    Agent       = 'nic'
    Operations  = @{
        create = 'New-AgentNetworkAdapter'
        read   = 'Read-AgentNetworkAdapter'
    }
    RequestJson = $RequestJson
}
exit (Invoke-AgentMain @main)
