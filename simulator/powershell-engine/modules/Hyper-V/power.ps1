<#
.SYNOPSIS
    The state of virtual machines: on and off.
.OUTPUTS
    None. The file only defines functions.
#>

function Set-VMPower {
    <#
    .SYNOPSIS
        Changes the state of VMs. One that is in the wanted state already is worth a warning only.
    .OUTPUTS
        None, or with Passthru Microsoft.HyperV.PowerShell.VirtualMachine
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)]
        [System.Management.Automation.PSCmdlet]$Cmdlet,

        [AllowNull()]
        [AllowEmptyCollection()]
        [object[]]$VM,

        [Parameter(Mandatory = $true)]
        [string]$Change,

        [switch]$Passthru
    )

    Invoke-OnEach -Cmdlet $Cmdlet -InputObject $VM -Action {
        param($target)
        if ($Cmdlet.ShouldProcess($target.Name)) {
            $call = @{ vm_id = $target.Id; action = $Change }
            $answer = Invoke-StandIn -Operation 'vm.change_power' -Arguments $call
            Set-TypedMember -InputObject $target -Member $answer.VM
            if (-not $answer.Changed) {
                $Cmdlet.WriteWarning('The virtual machine is already in the specified state.')
            }
            if ($Passthru) { $target }
        }
    }
}

function Start-VM {
    <#
    .SYNOPSIS
        Starts virtual machines that are off or saved.
    .LINK
        https://learn.microsoft.com/powershell/module/hyper-v/start-vm
    .OUTPUTS
        None, or with Passthru Microsoft.HyperV.PowerShell.VirtualMachine
    #>
    [CmdletBinding(DefaultParameterSetName = 'Name', SupportsShouldProcess = $true)]
    param(
        [switch]$AsJob,

        [Parameter(ParameterSetName = 'Name')]
        [CimSession[]]$CimSession,

        [Parameter(ParameterSetName = 'Name')]
        [string[]]$ComputerName,

        [Parameter(ParameterSetName = 'Name')]
        [pscredential[]]$Credential,

        [Parameter(ParameterSetName = 'Name', Mandatory = $true, Position = 0, ValueFromPipeline = $true)]
        [Alias('VMName')]
        [string[]]$Name,

        [switch]$Passthru,

        [Parameter(ParameterSetName = 'VMObject', Mandatory = $true, Position = 0, ValueFromPipeline = $true)]
        [VirtualMachine[]]$VM
    )

    process {
        Assert-Implemented -Cmdlet $PSCmdlet -Name 'VM', 'Name', 'Passthru'
        $targets = Get-TargetVM -Cmdlet $PSCmdlet -VM $VM -Name $Name
        Set-VMPower -Cmdlet $PSCmdlet -VM $targets -Change 'start' -Passthru:$Passthru
    }
}

function Stop-VM {
    <#
    .SYNOPSIS
        Turns virtual machines off. The real cmdlet also asks the guest to shut down, its stand-in does not.
    .LINK
        https://learn.microsoft.com/powershell/module/hyper-v/stop-vm
    .OUTPUTS
        None, or with Passthru Microsoft.HyperV.PowerShell.VirtualMachine
    #>
    [CmdletBinding(DefaultParameterSetName = 'Name', SupportsShouldProcess = $true)]
    param(
        [switch]$AsJob,

        [Parameter(ParameterSetName = 'Name')]
        [CimSession[]]$CimSession,

        [Parameter(ParameterSetName = 'Name')]
        [string[]]$ComputerName,

        [Parameter(ParameterSetName = 'Name')]
        [pscredential[]]$Credential,

        [switch]$Force,

        [Parameter(ParameterSetName = 'Name', Mandatory = $true, Position = 0, ValueFromPipeline = $true)]
        [Alias('VMName')]
        [string[]]$Name,

        [switch]$Passthru,

        [switch]$Save,

        [switch]$TurnOff,

        [Parameter(ParameterSetName = 'VMObject', Mandatory = $true, Position = 0, ValueFromPipeline = $true)]
        [VirtualMachine[]]$VM
    )

    process {
        Assert-Implemented -Cmdlet $PSCmdlet -Name 'VM', 'Name', 'Passthru', 'Force', 'TurnOff'
        if (-not $TurnOff) {
            Assert-Implemented -Cmdlet $PSCmdlet -Name 'TurnOff'
            $message = 'The stand-in of Stop-VM carries out -TurnOff only.'
            $exception = [System.NotImplementedException]::new($message)
            $PSCmdlet.ThrowTerminatingError([System.Management.Automation.ErrorRecord]::new(
                    $exception, 'StandInNotImplemented', 'NotImplemented', $null))
        }
        Assert-Unprompted -Cmdlet $PSCmdlet -Force $Force
        $targets = Get-TargetVM -Cmdlet $PSCmdlet -VM $VM -Name $Name
        Set-VMPower -Cmdlet $PSCmdlet -VM $targets -Change 'turn_off' -Passthru:$Passthru
    }
}

function Restart-VM {
    <#
    .SYNOPSIS
        Resets virtual machines, whatever their guests do.
    .LINK
        https://learn.microsoft.com/powershell/module/hyper-v/restart-vm
    .OUTPUTS
        None, or with Passthru Microsoft.HyperV.PowerShell.VirtualMachine
    #>
    [CmdletBinding(DefaultParameterSetName = 'Name', SupportsShouldProcess = $true)]
    param(
        [switch]$AsJob,

        [Parameter(ParameterSetName = 'Name')]
        [Parameter(ParameterSetName = 'NameWait')]
        [CimSession[]]$CimSession,

        [Parameter(ParameterSetName = 'Name')]
        [Parameter(ParameterSetName = 'NameWait')]
        [string[]]$ComputerName,

        [Parameter(ParameterSetName = 'Name')]
        [Parameter(ParameterSetName = 'NameWait')]
        [pscredential[]]$Credential,

        [Parameter(ParameterSetName = 'NameWait')]
        [Parameter(ParameterSetName = 'VMObjectWait')]
        [uint16]$Delay,

        [Parameter(ParameterSetName = 'NameWait')]
        [Parameter(ParameterSetName = 'VMObjectWait')]
        [WaitVMTypes]$For,

        [switch]$Force,

        [Parameter(ParameterSetName = 'Name', Mandatory = $true, Position = 0, ValueFromPipeline = $true)]
        [Parameter(ParameterSetName = 'NameWait', Mandatory = $true, Position = 0, ValueFromPipeline = $true)]
        [Alias('VMName')]
        [string[]]$Name,

        [switch]$Passthru,

        [Parameter(ParameterSetName = 'NameWait')]
        [Parameter(ParameterSetName = 'VMObjectWait')]
        [Alias('TimeoutSec')]
        [int]$Timeout,

        [Parameter(ParameterSetName = 'VMObject', Mandatory = $true, Position = 0, ValueFromPipeline = $true)]
        [Parameter(ParameterSetName = 'VMObjectWait', Mandatory = $true,
            Position = 0, ValueFromPipeline = $true)]
        [VirtualMachine[]]$VM,

        [Parameter(ParameterSetName = 'NameWait', Mandatory = $true)]
        [Parameter(ParameterSetName = 'VMObjectWait', Mandatory = $true)]
        [switch]$Wait
    )

    process {
        Assert-Implemented -Cmdlet $PSCmdlet -Name 'VM', 'Name', 'Passthru', 'Force'
        Assert-Unprompted -Cmdlet $PSCmdlet -Force $Force
        $targets = Get-TargetVM -Cmdlet $PSCmdlet -VM $VM -Name $Name
        Set-VMPower -Cmdlet $PSCmdlet -VM $targets -Change 'restart' -Passthru:$Passthru
    }
}
