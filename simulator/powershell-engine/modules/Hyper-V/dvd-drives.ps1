<#
.SYNOPSIS
    DVD drives of virtual machines.
.OUTPUTS
    None. The file only defines functions.
#>

function Get-VMDvdDrive {
    <#
    .SYNOPSIS
        Gives the DVD drives of a virtual machine.
    .LINK
        https://learn.microsoft.com/powershell/module/hyper-v/get-vmdvddrive
    .OUTPUTS
        Microsoft.HyperV.PowerShell.DvdDrive
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
        Assert-Implemented -Cmdlet $PSCmdlet -Name 'VM', 'VMName', 'ControllerNumber', 'ControllerLocation'
        $bound = $PSBoundParameters
        Invoke-OnEach -Cmdlet $PSCmdlet -InputObject (Get-TargetVM -Cmdlet $PSCmdlet -VM $VM -Name $VMName) -Action {
            param($target)
            foreach ($member in (Invoke-StandIn -Operation 'dvd.list' -Arguments @{ vm_id = $target.Id })) {
                $drive = ConvertTo-DvdDrive -Member $member
                if (Test-DriveLocation -Drive $drive -Bound $bound) { $drive }
            }
        }
    }
}

function Add-VMDvdDrive {
    <#
    .SYNOPSIS
        Adds a DVD drive to a virtual machine, empty or with an ISO.
    .LINK
        https://learn.microsoft.com/powershell/module/hyper-v/add-vmdvddrive
    .OUTPUTS
        None, or with Passthru Microsoft.HyperV.PowerShell.DvdDrive
    #>
    [CmdletBinding(DefaultParameterSetName = 'VMName', SupportsShouldProcess = $true)]
    param(
        [switch]$AllowUnverifiedPaths,

        [Parameter(ParameterSetName = 'VMName')]
        [CimSession[]]$CimSession,

        [Parameter(ParameterSetName = 'VMName')]
        [string[]]$ComputerName,

        [Parameter(Position = 3)]
        [int]$ControllerLocation,

        [Parameter(ParameterSetName = 'VMName', Position = 2)]
        [Parameter(ParameterSetName = 'VMObject', Position = 2)]
        [int]$ControllerNumber,

        [Parameter(ParameterSetName = 'VMName')]
        [pscredential[]]$Credential,

        [switch]$Passthru,

        [Parameter(Position = 4)]
        [string]$Path,

        [string]$ResourcePoolName,

        [Parameter(ParameterSetName = 'VMObject', Mandatory = $true, Position = 0, ValueFromPipeline = $true)]
        [VirtualMachine[]]$VM,

        [Parameter(ParameterSetName = 'VMDriveController', Mandatory = $true,
            Position = 0, ValueFromPipeline = $true)]
        [VMDriveController[]]$VMDriveController,

        [Parameter(ParameterSetName = 'VMName', Mandatory = $true, Position = 0, ValueFromPipeline = $true)]
        [string[]]$VMName
    )

    process {
        $implemented = @(
            'VM', 'VMName', 'ControllerNumber', 'ControllerLocation', 'Path', 'Passthru'
        )
        Assert-Implemented -Cmdlet $PSCmdlet -Name $implemented
        $place = Get-WantedLocation -Bound $PSBoundParameters
        Invoke-OnEach -Cmdlet $PSCmdlet -InputObject (Get-TargetVM -Cmdlet $PSCmdlet -VM $VM -Name $VMName) -Action {
            param($target)
            if ($Cmdlet.ShouldProcess($target.Name)) {
                $call = $place + @{ vm_id = $target.Id; path = if ($Path) { $Path } else { $null } }
                $drive = ConvertTo-DvdDrive -Member (Invoke-StandIn -Operation 'dvd.add' -Arguments $call)
                if ($Passthru) { $drive }
            }
        }
    }
}

function Set-VMDvdDrive {
    <#
    .SYNOPSIS
        Inserts an ISO into a DVD drive; a path that is null ejects it.
    .LINK
        https://learn.microsoft.com/powershell/module/hyper-v/set-vmdvddrive
    .OUTPUTS
        None, or with Passthru Microsoft.HyperV.PowerShell.DvdDrive
    #>
    [CmdletBinding(DefaultParameterSetName = 'VMName', SupportsShouldProcess = $true)]
    param(
        [switch]$AllowUnverifiedPaths,

        [Parameter(ParameterSetName = 'VMName')]
        [CimSession[]]$CimSession,

        [Parameter(ParameterSetName = 'VMName')]
        [string[]]$ComputerName,

        [Parameter(ParameterSetName = 'VMName', Position = 2)]
        [int]$ControllerLocation,

        [Parameter(ParameterSetName = 'VMName', Position = 1)]
        [int]$ControllerNumber,

        [Parameter(ParameterSetName = 'VMName')]
        [pscredential[]]$Credential,

        [switch]$Passthru,

        [Parameter(Position = 3)]
        [string]$Path,

        [string]$ResourcePoolName,

        [int]$ToControllerLocation,

        [int]$ToControllerNumber,

        [Parameter(ParameterSetName = 'Object', Mandatory = $true, Position = 0, ValueFromPipeline = $true)]
        [DvdDrive[]]$VMDvdDrive,

        [Parameter(ParameterSetName = 'VMName', Mandatory = $true, Position = 0)]
        [string]$VMName
    )

    process {
        $implemented = @(
            'VMDvdDrive', 'VMName', 'ControllerNumber', 'ControllerLocation', 'Path', 'Passthru'
        )
        Assert-Implemented -Cmdlet $PSCmdlet -Name $implemented
        if ($PSCmdlet.ParameterSetName -eq 'VMName') {
            $place = @{} + $PSBoundParameters
            foreach ($name in @($place.Keys)) {
                if ($name -notin 'VMName', 'ControllerNumber', 'ControllerLocation') { $place.Remove($name) }
            }
            $VMDvdDrive = @(Get-VMDvdDrive @place)
        }
        $bound = $PSBoundParameters
        Invoke-OnEach -Cmdlet $PSCmdlet -InputObject $VMDvdDrive -Action {
            param($target)
            if ($Cmdlet.ShouldProcess($target.Name)) {
                $call = Get-DriveKey -Drive $target
                if ($bound.ContainsKey('Path')) {
                    $call['path'] = if ($Path) { $Path } else { $null }
                    $member = Invoke-StandIn -Operation 'dvd.set' -Arguments $call
                    Set-TypedMember -InputObject $target -Member $member
                }
                if ($Passthru) { $target }
            }
        }
    }
}
