<#
.SYNOPSIS
    Hard disk drives of virtual machines.
.OUTPUTS
    None. The file only defines functions.
#>

function Get-VMHardDiskDrive {
    <#
    .SYNOPSIS
        Gives the hard disk drives of a virtual machine.
    .LINK
        https://learn.microsoft.com/powershell/module/hyper-v/get-vmharddiskdrive
    .OUTPUTS
        Microsoft.HyperV.PowerShell.HardDiskDrive
    #>
    [CmdletBinding(DefaultParameterSetName = 'VMName')]
    param(
        [Parameter(ParameterSetName = 'VMName')]
        [CimSession[]]$CimSession,

        [Parameter(ParameterSetName = 'VMName')]
        [string[]]$ComputerName,

        [int]$ControllerLocation,

        [Parameter(ParameterSetName = 'VMName')]
        [Parameter(ParameterSetName = 'VMObject')]
        [Parameter(ParameterSetName = 'VMSnapshot')]
        [int]$ControllerNumber,

        [Parameter(ParameterSetName = 'VMName')]
        [Parameter(ParameterSetName = 'VMObject')]
        [Parameter(ParameterSetName = 'VMSnapshot')]
        [ControllerType]$ControllerType,

        [Parameter(ParameterSetName = 'VMName')]
        [pscredential[]]$Credential,

        [Parameter(ParameterSetName = 'VMObject', Mandatory = $true, Position = 0, ValueFromPipeline = $true)]
        [VirtualMachine[]]$VM,

        [Parameter(ParameterSetName = 'VMDriveController', Mandatory = $true,
            Position = 0, ValueFromPipeline = $true)]
        [VMDriveController[]]$VMDriveController,

        [Parameter(ParameterSetName = 'VMName', Mandatory = $true, Position = 0, ValueFromPipeline = $true)]
        [string[]]$VMName,

        [Parameter(ParameterSetName = 'VMSnapshot', Mandatory = $true,
            Position = 0, ValueFromPipeline = $true)]
        [Alias('VMCheckpoint')]
        [VMSnapshot]$VMSnapshot
    )

    process {
        $implemented = @(
            'VM', 'VMName', 'ControllerType', 'ControllerNumber', 'ControllerLocation'
        )
        Assert-Implemented -Cmdlet $PSCmdlet -Name $implemented
        $bound = $PSBoundParameters
        Invoke-OnEach -Cmdlet $PSCmdlet -InputObject (Get-TargetVM -Cmdlet $PSCmdlet -VM $VM -Name $VMName) -Action {
            param($target)
            foreach ($member in (Invoke-StandIn -Operation 'drive.list' -Arguments @{ vm_id = $target.Id })) {
                $drive = ConvertTo-Drive -Member $member
                if (Test-DriveLocation -Drive $drive -Bound $bound) { $drive }
            }
        }
    }
}

function Add-VMHardDiskDrive {
    <#
    .SYNOPSIS
        Attaches a virtual hard disk to a virtual machine.
    .LINK
        https://learn.microsoft.com/powershell/module/hyper-v/add-vmharddiskdrive
    .OUTPUTS
        None, or with Passthru Microsoft.HyperV.PowerShell.HardDiskDrive
    #>
    [CmdletBinding(DefaultParameterSetName = 'VMName', SupportsShouldProcess = $true)]
    param(
        [switch]$AllowUnverifiedPaths,

        [Parameter(ParameterSetName = 'VMName')]
        [CimSession[]]$CimSession,

        [Parameter(ParameterSetName = 'VMName')]
        [Alias('PSComputerName')]
        [string[]]$ComputerName,

        [Parameter(Position = 3)]
        [int]$ControllerLocation,

        [Parameter(ParameterSetName = 'VMName', Position = 2)]
        [Parameter(ParameterSetName = 'VMObject', Position = 2)]
        [int]$ControllerNumber,

        [Parameter(ParameterSetName = 'VMName', Position = 1)]
        [Parameter(ParameterSetName = 'VMObject', Position = 1)]
        [ControllerType]$ControllerType,

        [Parameter(ParameterSetName = 'VMName')]
        [pscredential[]]$Credential,

        [Parameter(ValueFromPipelineByPropertyName = $true)]
        [Alias('Number')]
        [uint32]$DiskNumber,

        [uint64]$MaximumIOPS,

        [uint64]$MinimumIOPS,

        [CacheAttributes]$OverrideCacheAttributes,

        [switch]$Passthru,

        [Parameter(Position = 4)]
        [string]$Path,

        [ciminstance]$QoSPolicy,

        [string]$QoSPolicyID,

        [string]$ResourcePoolName,

        [Alias('ShareVirtualDisk')]
        [switch]$SupportPersistentReservations,

        [Parameter(ParameterSetName = 'VMObject', Mandatory = $true, Position = 0, ValueFromPipeline = $true)]
        [VirtualMachine[]]$VM,

        [Parameter(ParameterSetName = 'VMDriveController', Mandatory = $true,
            Position = 0, ValueFromPipeline = $true)]
        [VMDriveController]$VMDriveController,

        [Parameter(ParameterSetName = 'VMName', Mandatory = $true, Position = 0, ValueFromPipeline = $true)]
        [string[]]$VMName
    )

    process {
        $implemented = @(
            'VM', 'VMName', 'ControllerType', 'ControllerNumber', 'ControllerLocation', 'Path', 'Passthru'
        )
        Assert-Implemented -Cmdlet $PSCmdlet -Name $implemented
        $place = Get-WantedLocation -Bound $PSBoundParameters
        Invoke-OnEach -Cmdlet $PSCmdlet -InputObject (Get-TargetVM -Cmdlet $PSCmdlet -VM $VM -Name $VMName) -Action {
            param($target)
            if ($Cmdlet.ShouldProcess($target.Name)) {
                $call = $place + @{ vm_id = $target.Id; path = $Path }
                $drive = ConvertTo-Drive -Member (Invoke-StandIn -Operation 'drive.add' -Arguments $call)
                if ($Passthru) { $drive }
            }
        }
    }
}

function Remove-VMHardDiskDrive {
    <#
    .SYNOPSIS
        Detaches virtual hard disks from their virtual machines; the files stay.
    .LINK
        https://learn.microsoft.com/powershell/module/hyper-v/remove-vmharddiskdrive
    .OUTPUTS
        None
    #>
    [CmdletBinding(DefaultParameterSetName = 'VMName', SupportsShouldProcess = $true)]
    param(
        [Parameter(ParameterSetName = 'VMName')]
        [CimSession[]]$CimSession,

        [Parameter(ParameterSetName = 'VMName')]
        [string[]]$ComputerName,

        [Parameter(ParameterSetName = 'VMName', Mandatory = $true, Position = 3)]
        [int]$ControllerLocation,

        [Parameter(ParameterSetName = 'VMName', Mandatory = $true, Position = 2)]
        [int]$ControllerNumber,

        [Parameter(ParameterSetName = 'VMName', Mandatory = $true, Position = 1)]
        [ControllerType]$ControllerType,

        [Parameter(ParameterSetName = 'VMName')]
        [pscredential[]]$Credential,

        [switch]$Passthru,

        [Parameter(ParameterSetName = 'VMHardDiskDrive', Mandatory = $true,
            Position = 0, ValueFromPipeline = $true)]
        [HardDiskDrive[]]$VMHardDiskDrive,

        [Parameter(ParameterSetName = 'VMName', Mandatory = $true, Position = 0)]
        [string]$VMName
    )

    process {
        $implemented = @(
            'VMHardDiskDrive', 'VMName', 'ControllerType', 'ControllerNumber', 'ControllerLocation'
        )
        Assert-Implemented -Cmdlet $PSCmdlet -Name $implemented
        if ($PSCmdlet.ParameterSetName -eq 'VMName') {
            $place = @{
                ControllerType     = $ControllerType
                ControllerNumber   = $ControllerNumber
                ControllerLocation = $ControllerLocation
            }
            $VMHardDiskDrive = @(Get-VMHardDiskDrive -VMName $VMName @place)
        }
        Invoke-OnEach -Cmdlet $PSCmdlet -InputObject $VMHardDiskDrive -Action {
            param($target)
            if ($Cmdlet.ShouldProcess($target.Name)) {
                $null = Invoke-StandIn -Operation 'drive.remove' -Arguments (Get-DriveKey -Drive $target)
                $target.IsDeleted = $true
            }
        }
    }
}
