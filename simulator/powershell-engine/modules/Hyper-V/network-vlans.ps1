<#
.SYNOPSIS
    VLANs of network adapters.
.OUTPUTS
    None. The file only defines functions.
#>

function Set-VMNetworkAdapterVlan {
    <#
    .SYNOPSIS
        Puts network adapters into one VLAN, or takes them out of every VLAN.
    .LINK
        https://learn.microsoft.com/powershell/module/hyper-v/set-vmnetworkadaptervlan
    .OUTPUTS
        None
    #>
    [CmdletBinding(DefaultParameterSetName = 'VMName', SupportsShouldProcess = $true)]
    param(
        [Alias('a')]
        [switch]$Access,

        [string]$AllowedVlanIdList,

        [Parameter(ParameterSetName = 'VMName')]
        [Parameter(ParameterSetName = 'ManagementOS')]
        [CimSession[]]$CimSession,

        [Alias('c')]
        [switch]$Community,

        [Parameter(ParameterSetName = 'VMName')]
        [Parameter(ParameterSetName = 'ManagementOS')]
        [string[]]$ComputerName,

        [Parameter(ParameterSetName = 'VMName')]
        [Parameter(ParameterSetName = 'ManagementOS')]
        [pscredential[]]$Credential,

        [Alias('i')]
        [switch]$Isolated,

        [Parameter(ParameterSetName = 'ManagementOS', Mandatory = $true)]
        [switch]$ManagementOS,

        [int]$NativeVlanId,

        [switch]$Passthru,

        [int]$PrimaryVlanId,

        [Alias('p')]
        [switch]$Promiscuous,

        [int]$SecondaryVlanId,

        [string]$SecondaryVlanIdList,

        [Alias('t')]
        [switch]$Trunk,

        [Alias('u')]
        [switch]$Untagged,

        [Parameter(ParameterSetName = 'VMObject', Mandatory = $true, Position = 0, ValueFromPipeline = $true)]
        [VirtualMachine[]]$VM,

        [Parameter(ParameterSetName = 'VMName', Mandatory = $true, Position = 0, ValueFromPipeline = $true)]
        [string[]]$VMName,

        [Parameter(ParameterSetName = 'ResourceObject', Mandatory = $true,
            Position = 0, ValueFromPipeline = $true)]
        [VMNetworkAdapterBase[]]$VMNetworkAdapter,

        [Parameter(ParameterSetName = 'VMName')]
        [Parameter(ParameterSetName = 'ManagementOS')]
        [Parameter(ParameterSetName = 'VMObject')]
        [string]$VMNetworkAdapterName,

        [Alias('AccessVlanId')]
        [int]$VlanId
    )

    process {
        $implemented = @(
            'VM', 'VMName', 'VMNetworkAdapter', 'VMNetworkAdapterName', 'Access', 'VlanId', 'Untagged'
            'Passthru'
        )
        Assert-Implemented -Cmdlet $PSCmdlet -Name $implemented
        if ($Access -eq $Untagged -or ($Access -and -not $PSBoundParameters.ContainsKey('VlanId'))) {
            $message = 'Exactly one mode is possible, and Access asks for a VlanId.'
            $exception = [System.ArgumentException]::new($message)
            $id = 'InvalidParameter,Microsoft.HyperV.PowerShell.Commands.SetVMNetworkAdapterVlan'
            $PSCmdlet.ThrowTerminatingError([System.Management.Automation.ErrorRecord]::new(
                    $exception, $id, 'InvalidArgument', $null))
        }
        $targets = @{
            VMNetworkAdapter = $VMNetworkAdapter
            VM               = $VM
            VMName           = $VMName
            Name             = if ($VMNetworkAdapterName) { $VMNetworkAdapterName } else { $null }
        }
        $adapters = Get-TargetAdapter -Cmdlet $PSCmdlet @targets
        $change = @{ vlan_id = if ($Access) { $VlanId } else { $null } }
        Update-Adapter -Cmdlet $PSCmdlet -Adapter $adapters -Operation 'adapter.set_vlan' -Argument $change
    }
}
