<#
.SYNOPSIS
    Network adapters of virtual machines: adding, finding and removing them.
.OUTPUTS
    None. The file only defines functions.
#>

function Get-VMNetworkAdapter {
    <#
    .SYNOPSIS
        Gives the network adapters of a virtual machine.
    .LINK
        https://learn.microsoft.com/powershell/module/hyper-v/get-vmnetworkadapter
    .OUTPUTS
        Microsoft.HyperV.PowerShell.VMNetworkAdapter
    #>
    [CmdletBinding(DefaultParameterSetName = 'VMName')]
    param(
        [Parameter(ParameterSetName = 'All', Mandatory = $true)]
        [switch]$All,

        [Parameter(ParameterSetName = 'VMName')]
        [Parameter(ParameterSetName = 'ManagementOS')]
        [Parameter(ParameterSetName = 'All')]
        [CimSession[]]$CimSession,

        [Parameter(ParameterSetName = 'VMName')]
        [Parameter(ParameterSetName = 'ManagementOS')]
        [Parameter(ParameterSetName = 'All')]
        [string[]]$ComputerName,

        [Parameter(ParameterSetName = 'VMName')]
        [Parameter(ParameterSetName = 'ManagementOS')]
        [Parameter(ParameterSetName = 'All')]
        [pscredential[]]$Credential,

        [Parameter(ParameterSetName = 'VMName')]
        [Parameter(ParameterSetName = 'VMObject')]
        [bool]$IsLegacy,

        [Parameter(ParameterSetName = 'ManagementOS', Mandatory = $true)]
        [switch]$ManagementOS,

        [Parameter(Position = 1)]
        [Alias('VMNetworkAdapterName')]
        [string]$Name,

        [Parameter(ParameterSetName = 'ManagementOS')]
        [string]$SwitchName,

        [Parameter(ParameterSetName = 'VMObject', Mandatory = $true, Position = 0, ValueFromPipeline = $true)]
        [VirtualMachine[]]$VM,

        [Parameter(ParameterSetName = 'VMName', Mandatory = $true, Position = 0, ValueFromPipeline = $true)]
        [string[]]$VMName,

        [Parameter(ParameterSetName = 'VMSnapshot', Mandatory = $true,
            Position = 0, ValueFromPipeline = $true)]
        [Alias('VMCheckpoint')]
        [VMSnapshot]$VMSnapshot
    )

    process {
        Assert-Implemented -Cmdlet $PSCmdlet -Name 'VM', 'VMName', 'Name'
        Get-TargetAdapter -Cmdlet $PSCmdlet -VM $VM -VMName $VMName -Name $Name
    }
}

function Add-VMNetworkAdapter {
    <#
    .SYNOPSIS
        Adds a network adapter to a virtual machine.
    .LINK
        https://learn.microsoft.com/powershell/module/hyper-v/add-vmnetworkadapter
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

        [OnOffState]$DeviceNaming,

        [switch]$DynamicMacAddress,

        [Parameter(ParameterSetName = 'VMName')]
        [Parameter(ParameterSetName = 'VMObject')]
        [bool]$IsLegacy,

        [Parameter(ParameterSetName = 'ManagementOS')]
        [switch]$ManagementOS,

        [Alias('VMNetworkAdapterName')]
        [string]$Name,

        [switch]$Passthru,

        [Parameter(ParameterSetName = 'VMName')]
        [Parameter(ParameterSetName = 'VMObject')]
        [string]$ResourcePoolName,

        [string]$StaticMacAddress,

        [string]$SwitchName,

        [Parameter(ParameterSetName = 'VMObject', Mandatory = $true, Position = 0, ValueFromPipeline = $true)]
        [VirtualMachine[]]$VM,

        [Parameter(ParameterSetName = 'VMName', Mandatory = $true, Position = 0, ValueFromPipeline = $true)]
        [string[]]$VMName
    )

    process {
        $implemented = @(
            'VM', 'VMName', 'Name', 'SwitchName', 'StaticMacAddress', 'DynamicMacAddress', 'Passthru'
        )
        Assert-Implemented -Cmdlet $PSCmdlet -Name $implemented
        $settings = @{
            name        = if ($Name) { $Name } else { 'Network Adapter' }
            switch_name = if ($SwitchName) { $SwitchName } else { $null }
            mac         = if ($StaticMacAddress) { $StaticMacAddress } else { $null }
        }
        Invoke-OnEach -Cmdlet $PSCmdlet -InputObject (Get-TargetVM -Cmdlet $PSCmdlet -VM $VM -Name $VMName) -Action {
            param($target)
            if ($Cmdlet.ShouldProcess($target.Name)) {
                $call = $settings + @{ vm_id = $target.Id }
                $adapter = ConvertTo-Adapter -Member (Invoke-StandIn -Operation 'adapter.add' -Arguments $call)
                if ($Passthru) { $adapter }
            }
        }
    }
}

function Remove-VMNetworkAdapter {
    <#
    .SYNOPSIS
        Takes network adapters out of their virtual machines.
    .LINK
        https://learn.microsoft.com/powershell/module/hyper-v/remove-vmnetworkadapter
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

        [Parameter(ParameterSetName = 'VMName')]
        [Parameter(ParameterSetName = 'ManagementOS')]
        [Parameter(ParameterSetName = 'VMObject')]
        [Alias('VMNetworkAdapterName')]
        [string]$Name,

        [switch]$Passthru,

        [Parameter(ParameterSetName = 'ManagementOS')]
        [string]$SwitchName,

        [Parameter(ParameterSetName = 'VMObject', Mandatory = $true, Position = 0, ValueFromPipeline = $true)]
        [VirtualMachine[]]$VM,

        [Parameter(ParameterSetName = 'VMName', Mandatory = $true, Position = 0, ValueFromPipeline = $true)]
        [string[]]$VMName,

        [Parameter(ParameterSetName = 'ResourceObject', Mandatory = $true,
            Position = 0, ValueFromPipeline = $true)]
        [VMNetworkAdapterBase[]]$VMNetworkAdapter
    )

    process {
        Assert-Implemented -Cmdlet $PSCmdlet -Name 'VM', 'VMName', 'VMNetworkAdapter', 'Name', 'Passthru'
        $chosen = @{ VMNetworkAdapter = $VMNetworkAdapter; VM = $VM; VMName = $VMName; Name = $Name }
        $adapters = Get-TargetAdapter -Cmdlet $PSCmdlet @chosen
        Update-Adapter -Cmdlet $PSCmdlet -Adapter $adapters -Operation 'adapter.remove' -Passthru:$Passthru
    }
}
