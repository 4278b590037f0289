<#
.SYNOPSIS
    Network adapters of virtual machines: their names and addresses.
.OUTPUTS
    None. The file only defines functions.
#>

function Set-VMNetworkAdapter {
    <#
    .SYNOPSIS
        Changes the MAC address of network adapters.
    .LINK
        https://learn.microsoft.com/powershell/module/hyper-v/set-vmnetworkadapter
    .OUTPUTS
        None, or with Passthru Microsoft.HyperV.PowerShell.VMNetworkAdapter
    #>
    [CmdletBinding(DefaultParameterSetName = 'VMName', SupportsShouldProcess = $true)]
    param(
        [OnOffState]$AllowTeaming,

        [Parameter(ParameterSetName = 'VMName')]
        [Parameter(ParameterSetName = 'ManagementOS')]
        [CimSession[]]$CimSession,

        [Parameter(ParameterSetName = 'VMName')]
        [Parameter(ParameterSetName = 'ManagementOS')]
        [string[]]$ComputerName,

        [Parameter(ParameterSetName = 'VMName')]
        [Parameter(ParameterSetName = 'ManagementOS')]
        [pscredential[]]$Credential,

        [OnOffState]$DeviceNaming,

        [OnOffState]$DhcpGuard,

        [uint32]$DynamicIPAddressLimit,

        [Parameter(ParameterSetName = 'VMName')]
        [Parameter(ParameterSetName = 'ResourceObject')]
        [Parameter(ParameterSetName = 'VMObject')]
        [switch]$DynamicMacAddress,

        [OnOffState]$FixSpeed10G,

        [uint32]$IPsecOffloadMaximumSecurityAssociation,

        [OnOffState]$IeeePriorityTag,

        [IovInterruptModerationValue]$IovInterruptModeration,

        [uint32]$IovQueuePairsRequested,

        [uint32]$IovWeight,

        [OnOffState]$MacAddressSpoofing,

        [Parameter(ParameterSetName = 'ManagementOS', Mandatory = $true)]
        [switch]$ManagementOS,

        [string[]]$MandatoryFeatureId,

        [long]$MaximumBandwidth,

        [long]$MinimumBandwidthAbsolute,

        [uint32]$MinimumBandwidthWeight,

        [Parameter(ParameterSetName = 'VMName')]
        [Parameter(ParameterSetName = 'ManagementOS')]
        [Parameter(ParameterSetName = 'VMObject')]
        [Alias('VMNetworkAdapterName')]
        [string]$Name,

        [bool]$NotMonitoredInCluster,

        [uint32]$PacketDirectModerationCount,

        [uint32]$PacketDirectModerationInterval,

        [uint32]$PacketDirectNumProcs,

        [switch]$Passthru,

        [VMNetworkAdapterPortMirroringMode]$PortMirroring,

        [string]$ResourcePoolName,

        [OnOffState]$RouterGuard,

        [Parameter(ParameterSetName = 'VMName')]
        [Parameter(ParameterSetName = 'ResourceObject')]
        [Parameter(ParameterSetName = 'VMObject')]
        [string]$StaticMacAddress,

        [uint32]$StormLimit,

        [string]$TestReplicaPoolName,

        [string]$TestReplicaSwitchName,

        [Parameter(ParameterSetName = 'VMObject', Mandatory = $true, Position = 0, ValueFromPipeline = $true)]
        [VirtualMachine]$VM,

        [Parameter(ParameterSetName = 'VMName', Mandatory = $true, Position = 0, ValueFromPipeline = $true)]
        [string]$VMName,

        [Parameter(ParameterSetName = 'ResourceObject', Mandatory = $true,
            Position = 0, ValueFromPipeline = $true)]
        [VMNetworkAdapterBase]$VMNetworkAdapter,

        [uint32]$VirtualSubnetId,

        [bool]$VmmqEnabled,

        [uint32]$VmmqQueuePairs,

        [uint32]$VmqWeight,

        [bool]$VrssEnabled
    )

    process {
        $implemented = @(
            'VM', 'VMName', 'VMNetworkAdapter', 'Name', 'StaticMacAddress', 'DynamicMacAddress', 'Passthru'
        )
        Assert-Implemented -Cmdlet $PSCmdlet -Name $implemented
        $chosen = @{ VMNetworkAdapter = $VMNetworkAdapter; VM = $VM; VMName = $VMName; Name = $Name }
        $adapters = @(Get-TargetAdapter -Cmdlet $PSCmdlet @chosen)
        if ($StaticMacAddress -or $DynamicMacAddress) {
            $mac = if ($StaticMacAddress) { $StaticMacAddress } else { $null }
            Update-Adapter -Cmdlet $PSCmdlet -Adapter $adapters -Operation 'adapter.set_mac' -Argument @{ mac = $mac }
        }
        if ($Passthru) { $adapters }
    }
}

function Rename-VMNetworkAdapter {
    <#
    .SYNOPSIS
        Renames network adapters.
    .LINK
        https://learn.microsoft.com/powershell/module/hyper-v/rename-vmnetworkadapter
    .OUTPUTS
        None, or with Passthru Microsoft.HyperV.PowerShell.VMNetworkAdapter
    #>
    [CmdletBinding(DefaultParameterSetName = 'VMName', SupportsShouldProcess = $true)]
    param(
        [Parameter(ParameterSetName = 'VMName')]
        [Parameter(ParameterSetName = 'ManagementOS')]
        [CimSession[]]$CimSession,

        [Parameter(ParameterSetName = 'VMName')]
        [Parameter(ParameterSetName = 'ManagementOS')]
        [string[]]$ComputerName,

        [Parameter(ParameterSetName = 'VMName')]
        [Parameter(ParameterSetName = 'ManagementOS')]
        [pscredential[]]$Credential,

        [Parameter(ParameterSetName = 'ManagementOS', Mandatory = $true)]
        [switch]$ManagementOS,

        [Parameter(ParameterSetName = 'VMName', Position = 1)]
        [Parameter(ParameterSetName = 'ManagementOS', Position = 1)]
        [Parameter(ParameterSetName = 'VMObject', Position = 1)]
        [Alias('VMNetworkAdapterName')]
        [string]$Name,

        [Parameter(Mandatory = $true, Position = 2)]
        [string]$NewName,

        [switch]$Passthru,

        [Parameter(ParameterSetName = 'VMObject', Mandatory = $true, Position = 0, ValueFromPipeline = $true)]
        [VirtualMachine[]]$VM,

        [Parameter(ParameterSetName = 'VMName', Mandatory = $true, Position = 0)]
        [string[]]$VMName,

        [Parameter(ParameterSetName = 'ResourceObject', Mandatory = $true,
            Position = 0, ValueFromPipeline = $true)]
        [VMNetworkAdapterBase[]]$VMNetworkAdapter
    )

    process {
        $implemented = @(
            'VM', 'VMName', 'VMNetworkAdapter', 'Name', 'NewName', 'Passthru'
        )
        Assert-Implemented -Cmdlet $PSCmdlet -Name $implemented
        $chosen = @{ VMNetworkAdapter = $VMNetworkAdapter; VM = $VM; VMName = $VMName; Name = $Name }
        $adapters = Get-TargetAdapter -Cmdlet $PSCmdlet @chosen
        $change = @{ Operation = 'adapter.rename'; Argument = @{ name = $NewName }; Passthru = $Passthru }
        Update-Adapter -Cmdlet $PSCmdlet -Adapter $adapters @change
    }
}
