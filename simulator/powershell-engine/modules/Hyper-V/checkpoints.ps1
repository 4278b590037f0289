<#
.SYNOPSIS
    Checkpoints of virtual machines.
.OUTPUTS
    None. The file only defines functions.
#>

function Get-VMSnapshot {
    <#
    .SYNOPSIS
        Gives the checkpoints of a virtual machine.
    .LINK
        https://learn.microsoft.com/powershell/module/hyper-v/get-vmsnapshot
    .OUTPUTS
        Microsoft.HyperV.PowerShell.VMSnapshot
    #>
    [CmdletBinding(DefaultParameterSetName = 'VMName')]
    param(
        [Parameter(ParameterSetName = 'Child', Mandatory = $true)]
        [VMSnapshot]$ChildOf,

        [Parameter(ParameterSetName = 'VMName')]
        [Parameter(ParameterSetName = 'Id')]
        [CimSession[]]$CimSession,

        [Parameter(ParameterSetName = 'VMName')]
        [Parameter(ParameterSetName = 'Id')]
        [string[]]$ComputerName,

        [Parameter(ParameterSetName = 'VMName')]
        [Parameter(ParameterSetName = 'Id')]
        [pscredential[]]$Credential,

        [Parameter(ParameterSetName = 'Id', Mandatory = $true,
            Position = 0, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)]
        [guid]$Id,

        [Parameter(ParameterSetName = 'VMName', Position = 1)]
        [Parameter(ParameterSetName = 'VMObject', Position = 1)]
        [Parameter(ParameterSetName = 'Parent', Position = 1)]
        [Parameter(ParameterSetName = 'Child', Position = 1)]
        [string]$Name,

        [Parameter(ParameterSetName = 'Parent', Mandatory = $true)]
        [VirtualMachineBase]$ParentOf,

        [Parameter(ParameterSetName = 'VMName')]
        [Parameter(ParameterSetName = 'VMObject')]
        [Parameter(ParameterSetName = 'Parent')]
        [Parameter(ParameterSetName = 'Child')]
        [Alias('VMRecoveryCheckpoint')]
        [SnapshotType]$SnapshotType,

        [Parameter(ParameterSetName = 'VMObject', Mandatory = $true, Position = 0, ValueFromPipeline = $true)]
        [VirtualMachine[]]$VM,

        [Parameter(ParameterSetName = 'VMName', Mandatory = $true, Position = 0, ValueFromPipeline = $true)]
        [string[]]$VMName
    )

    process {
        Assert-Implemented -Cmdlet $PSCmdlet -Name 'VM', 'VMName', 'Name'
        Invoke-OnEach -Cmdlet $PSCmdlet -InputObject (Get-TargetVM -Cmdlet $PSCmdlet -VM $VM -Name $VMName) -Action {
            param($target)
            $call = @{ vm_id = $target.Id }
            foreach ($member in (Invoke-StandIn -Operation 'vm.list_checkpoints' -Arguments $call)) {
                if (-not $Name -or $member.Name -like $Name) {
                    $type = 'Microsoft.HyperV.PowerShell.VMSnapshot'
                    ConvertTo-TypedObject -Type ([VMSnapshot]) -TypeName $type -Member $member
                }
            }
        }
    }
}
