<#
.SYNOPSIS
    Network adapters of virtual machines and virtual switches.
.OUTPUTS
    None. The file only defines functions.
#>

function Connect-VMNetworkAdapter {
    <#
    .SYNOPSIS
        Connects network adapters to a virtual switch.
    .LINK
        https://learn.microsoft.com/powershell/module/hyper-v/connect-vmnetworkadapter
    .OUTPUTS
        None, or with Passthru Microsoft.HyperV.PowerShell.VMNetworkAdapter
    #>
    [CmdletBinding(DefaultParameterSetName = 'Name_SwitchName', SupportsShouldProcess = $true)]
    param(
        [Parameter(ParameterSetName = 'Name_SwitchName')]
        [Parameter(ParameterSetName = 'Name_UseAutomaticConnection')]
        [CimSession[]]$CimSession,

        [Parameter(ParameterSetName = 'Name_SwitchName')]
        [Parameter(ParameterSetName = 'Name_UseAutomaticConnection')]
        [string[]]$ComputerName,

        [Parameter(ParameterSetName = 'Name_SwitchName')]
        [Parameter(ParameterSetName = 'Name_UseAutomaticConnection')]
        [pscredential[]]$Credential,

        [Parameter(ParameterSetName = 'Name_SwitchName', Position = 1)]
        [Parameter(ParameterSetName = 'Name_SwitchObject', Position = 1)]
        [Parameter(ParameterSetName = 'Name_UseAutomaticConnection', Position = 1)]
        [Alias('VMNetworkAdapterName')]
        [string[]]$Name,

        [switch]$Passthru,

        [Parameter(ParameterSetName = 'Name_SwitchName', Mandatory = $true, Position = 1)]
        [Parameter(ParameterSetName = 'Object_SwitchName', Mandatory = $true, Position = 1)]
        [string]$SwitchName,

        [Parameter(ParameterSetName = 'Object_UseAutomaticConnection', Mandatory = $true)]
        [Parameter(ParameterSetName = 'Name_UseAutomaticConnection', Mandatory = $true)]
        [switch]$UseAutomaticConnection,

        [Parameter(ParameterSetName = 'Name_SwitchName', Mandatory = $true, Position = 0)]
        [Parameter(ParameterSetName = 'Name_SwitchObject', Mandatory = $true, Position = 0)]
        [Parameter(ParameterSetName = 'Name_UseAutomaticConnection', Mandatory = $true, Position = 0)]
        [string[]]$VMName,

        [Parameter(ParameterSetName = 'Object_SwitchName', Mandatory = $true,
            Position = 0, ValueFromPipeline = $true)]
        [Parameter(ParameterSetName = 'Object_SwitchObject', Mandatory = $true,
            Position = 0, ValueFromPipeline = $true)]
        [Parameter(ParameterSetName = 'Object_UseAutomaticConnection', Mandatory = $true,
            Position = 0, ValueFromPipeline = $true)]
        [VMNetworkAdapter[]]$VMNetworkAdapter,

        [Parameter(ParameterSetName = 'Object_SwitchObject', Mandatory = $true,
            Position = 2, ValueFromPipeline = $true)]
        [Parameter(ParameterSetName = 'Name_SwitchObject', Mandatory = $true,
            Position = 2, ValueFromPipeline = $true)]
        [VMSwitch]$VMSwitch
    )

    process {
        $implemented = @(
            'VMName', 'VMNetworkAdapter', 'Name', 'SwitchName', 'Passthru'
        )
        Assert-Implemented -Cmdlet $PSCmdlet -Name $implemented
        $chosen = @{ VMNetworkAdapter = $VMNetworkAdapter; VMName = $VMName; Name = $Name }
        $adapters = Get-TargetAdapter -Cmdlet $PSCmdlet @chosen
        $change = @{ Operation = 'adapter.connect'; Argument = @{ switch_name = $SwitchName }; Passthru = $Passthru }
        Update-Adapter -Cmdlet $PSCmdlet -Adapter $adapters @change
    }
}

function Disconnect-VMNetworkAdapter {
    <#
    .SYNOPSIS
        Disconnects network adapters from their virtual switches.
    .LINK
        https://learn.microsoft.com/powershell/module/hyper-v/disconnect-vmnetworkadapter
    .OUTPUTS
        None, or with Passthru Microsoft.HyperV.PowerShell.VMNetworkAdapter
    #>
    [CmdletBinding(DefaultParameterSetName = 'Name', SupportsShouldProcess = $true)]
    param(
        [Parameter(ParameterSetName = 'Name')]
        [CimSession[]]$CimSession,

        [Parameter(ParameterSetName = 'Name')]
        [string[]]$ComputerName,

        [Parameter(ParameterSetName = 'Name')]
        [pscredential[]]$Credential,

        [Parameter(ParameterSetName = 'Name', Position = 1)]
        [Alias('VMNetworkAdapterName')]
        [string[]]$Name,

        [switch]$Passthru,

        [Parameter(ParameterSetName = 'Name', Mandatory = $true, Position = 0)]
        [string[]]$VMName,

        [Parameter(ParameterSetName = 'Obj', Mandatory = $true, Position = 0, ValueFromPipeline = $true)]
        [VMNetworkAdapter[]]$VMNetworkAdapter
    )

    process {
        Assert-Implemented -Cmdlet $PSCmdlet -Name 'VMName', 'VMNetworkAdapter', 'Name', 'Passthru'
        $chosen = @{ VMNetworkAdapter = $VMNetworkAdapter; VMName = $VMName; Name = $Name }
        $adapters = Get-TargetAdapter -Cmdlet $PSCmdlet @chosen
        $change = @{ Operation = 'adapter.connect'; Argument = @{ switch_name = $null }; Passthru = $Passthru }
        Update-Adapter -Cmdlet $PSCmdlet -Adapter $adapters @change
    }
}
