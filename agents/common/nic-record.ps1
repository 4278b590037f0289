<#
.SYNOPSIS
    Network adapters as the inventory reports them: NicRecord of lib/domain/inventory.ts.
.OUTPUTS
    None. The file only defines functions.
#>
Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'

function Get-AdapterSettingIndex {
    <#
    .SYNOPSIS
        Gives all settings of a class by the id of the adapter that they belong to, one for each.
    .OUTPUTS
        System.Collections.Hashtable of id (lower case) to CIM instance
    #>
    [CmdletBinding()]
    [OutputType([hashtable])]
    param(
        [Parameter(Mandatory = $true)]
        [string]$ClassName
    )

    $index = @{}
    foreach ($setting in (Get-VirtualizationInstance -ClassName $ClassName)) {
        $ids = @(Get-InstanceGuid -InstanceId $setting.InstanceID)
        if ($ids.Count -ge 2) {
            $index[$ids[1]] = $setting
        }
    }
    $index
}

function Get-AdapterId {
    <#
    .SYNOPSIS
        Gives the id of an adapter: the last GUID of Hyper-V's own, lower case.
    .OUTPUTS
        System.String
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param(
        # From Get-VMNetworkAdapter or Add-VMNetworkAdapter.
        [Parameter(Mandatory = $true)]
        [object]$Adapter
    )

    @(Get-InstanceGuid -InstanceId $Adapter.Id)[-1]
}

function Get-SwitchNameIndex {
    <#
    .SYNOPSIS
        Gives the names of the host's virtual switches by their ids.
    .OUTPUTS
        System.Collections.Hashtable of id (lower case) to name
    #>
    [CmdletBinding()]
    [OutputType([hashtable])]
    param()

    $index = @{}
    foreach ($switch in (Get-VirtualizationInstance -ClassName 'Msvm_VirtualEthernetSwitch')) {
        $index[$switch.Name.ToLowerInvariant()] = $switch.ElementName
    }
    $index
}

function Get-NicRecord {
    <#
    .SYNOPSIS
        Gives the records of a VM's network adapters.
    .OUTPUTS
        System.Collections.Specialized.OrderedDictionary, a NicRecord
    #>
    [CmdletBinding()]
    [OutputType([System.Collections.Specialized.OrderedDictionary])]
    param(
        # The VM's Msvm_SyntheticEthernetPortSettingData and the emulated ones; null: it has none.
        [Parameter(Mandatory = $true)]
        [AllowNull()]
        [object]$Setting,

        # The host's Port, Vlan and Guest settings by adapter, its Switch names, its Network list.
        [Parameter(Mandatory = $true)]
        [hashtable]$Context
    )

    foreach ($adapter in $Setting) {
        if ($null -eq $adapter) {
            continue
        }
        $id = @(Get-InstanceGuid -InstanceId $adapter.InstanceID)[1]

        $switchName = $null
        $port = $Context.Port[$id]
        # 2: connected. A disconnected adapter's port still names its last switch.
        if ($null -ne $port -and $port.EnabledState -eq 2 -and $port.HostResource) {
            $switchId = @(Get-InstanceGuid -InstanceId @($port.HostResource)[0])[-1]
            $switchName = $Context.Switch[$switchId]
        }

        $vlanId = $null
        $vlan = $Context.Vlan[$id]
        # 1: access mode, the only one with a single VLAN.
        if ($null -ne $vlan -and $vlan.OperationMode -eq 1 -and $vlan.AccessVlanId -gt 0) {
            $vlanId = [int]$vlan.AccessVlanId
        }

        $networkName = $null
        foreach ($network in $Context.Network) {
            $configuration = $network.configuration
            if ($configuration.virtual_switch -eq $switchName -and $configuration.vlan_id -eq $vlanId) {
                $networkName = $network.name
                break
            }
        }

        $addresses = @()
        if ($null -ne $Context.Guest[$id]) {
            $addresses = @($Context.Guest[$id].IPAddresses | Where-Object -FilterScript { $_ })
        }
        [ordered]@{
            nic_id         = $id
            adapter_name   = $adapter.ElementName
            network        = $networkName
            virtual_switch = $switchName
            vlan_id        = $vlanId
            mac_address    = ConvertTo-MacAddress -Digits $adapter.Address
            ip_addresses   = $addresses
        }
    }
}

function ConvertTo-MacAddress {
    <#
    .SYNOPSIS
        Gives Hyper-V's twelve digits as 00-15-5D-01-02-03; null while a dynamic address is not given yet.
    .OUTPUTS
        System.String
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param(
        [Parameter(Mandatory = $true)]
        [AllowNull()]
        [AllowEmptyString()]
        [string]$Digits
    )

    if ($Digits -notmatch '^[0-9A-Fa-f]{12}$' -or $Digits -eq '000000000000') {
        return $null
    }
    $Digits.ToUpperInvariant() -replace '(..)(?=.)', '$1-'
}
