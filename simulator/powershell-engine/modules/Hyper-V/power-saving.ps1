<#
.SYNOPSIS
    The state of virtual machines: saved and paused.
.OUTPUTS
    None. The file only defines functions.
#>

function Save-VM {
    <#
    .SYNOPSIS
        Saves the memory of virtual machines and ends them.
    .LINK
        https://learn.microsoft.com/powershell/module/hyper-v/save-vm
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
        Set-VMPower -Cmdlet $PSCmdlet -VM $targets -Change 'save' -Passthru:$Passthru
    }
}

function Suspend-VM {
    <#
    .SYNOPSIS
        Pauses virtual machines.
    .LINK
        https://learn.microsoft.com/powershell/module/hyper-v/suspend-vm
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
        Set-VMPower -Cmdlet $PSCmdlet -VM $targets -Change 'suspend' -Passthru:$Passthru
    }
}

function Resume-VM {
    <#
    .SYNOPSIS
        Lets paused virtual machines go on.
    .LINK
        https://learn.microsoft.com/powershell/module/hyper-v/resume-vm
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
        Set-VMPower -Cmdlet $PSCmdlet -VM $targets -Change 'resume' -Passthru:$Passthru
    }
}
