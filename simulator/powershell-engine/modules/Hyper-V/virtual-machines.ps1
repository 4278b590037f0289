<#
.SYNOPSIS
    Virtual machines: making, finding and removing them.
.OUTPUTS
    None. The file only defines functions.
#>

function Get-VM {
    <#
    .SYNOPSIS
        Gives virtual machines: all, those of a name, or the one of an id.
    .LINK
        https://learn.microsoft.com/powershell/module/hyper-v/get-vm
    .OUTPUTS
        Microsoft.HyperV.PowerShell.VirtualMachine
    #>
    [CmdletBinding(DefaultParameterSetName = 'Name')]
    param(
        [Parameter(ParameterSetName = 'Name')]
        [Parameter(ParameterSetName = 'Id')]
        [CimSession[]]$CimSession,

        [Parameter(ParameterSetName = 'ClusterObject', Mandatory = $true,
            Position = 0, ValueFromPipeline = $true)]
        [psobject]$ClusterObject,

        [Parameter(ParameterSetName = 'Name')]
        [Parameter(ParameterSetName = 'Id')]
        [string[]]$ComputerName,

        [Parameter(ParameterSetName = 'Name')]
        [Parameter(ParameterSetName = 'Id')]
        [pscredential[]]$Credential,

        [Parameter(ParameterSetName = 'Id', Position = 0,
            ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)]
        [guid]$Id,

        [Parameter(ParameterSetName = 'Name', Position = 0, ValueFromPipeline = $true)]
        [Alias('VMName')]
        [string[]]$Name
    )

    process {
        Assert-Implemented -Cmdlet $PSCmdlet -Name 'Id', 'Name'
        if ($PSCmdlet.ParameterSetName -eq 'Id') {
            try {
                ConvertTo-VM -Member (Invoke-StandIn -Operation 'vm.get' -Arguments @{ vm_id = $Id })
            }
            catch {
                Write-StandInError -Cmdlet $PSCmdlet -Failure $_ -TargetObject $Id
            }
            return
        }
        if ($null -eq $Name) { $Name = '*' }
        Get-TargetVM -Cmdlet $PSCmdlet -Name $Name
    }
}

function New-VM {
    <#
    .SYNOPSIS
        Creates a virtual machine, with one adapter and without a disk.
    .LINK
        https://learn.microsoft.com/powershell/module/hyper-v/new-vm
    .OUTPUTS
        Microsoft.HyperV.PowerShell.VirtualMachine
    #>
    [CmdletBinding(DefaultParameterSetName = 'No VHD', SupportsShouldProcess = $true)]
    param(
        [switch]$AsJob,

        [BootDevice]$BootDevice,

        [CimSession[]]$CimSession,

        [string[]]$ComputerName,

        [pscredential[]]$Credential,

        [switch]$Experimental,

        [switch]$Force,

        [Parameter(Position = 2)]
        [ValidateSet(1, 2)]
        [int16]$Generation,

        [Parameter(Position = 1)]
        [long]$MemoryStartupBytes,

        [Parameter(Position = 0, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)]
        [Alias('VMName')]
        [string]$Name,

        [Parameter(ParameterSetName = 'New VHD', Mandatory = $true)]
        [string]$NewVHDPath,

        [Parameter(ParameterSetName = 'New VHD', Mandatory = $true)]
        [uint64]$NewVHDSizeBytes,

        [Parameter(ParameterSetName = 'No VHD')]
        [switch]$NoVHD,

        [string]$Path,

        [switch]$Prerelease,

        [string]$SwitchName,

        [Parameter(ParameterSetName = 'Existing VHD', Mandatory = $true)]
        [string]$VHDPath,

        [Version]$Version
    )

    process {
        $implemented = @(
            'Name', 'Path', 'Generation', 'MemoryStartupBytes', 'NoVHD', 'SwitchName', 'Force'
        )
        Assert-Implemented -Cmdlet $PSCmdlet -Name $implemented
        # What the real cmdlet takes where it is not told.
        if ($Generation -eq 0) { $Generation = 1 }
        if ($MemoryStartupBytes -eq 0) { $MemoryStartupBytes = if ($Generation -eq 1) { 512MB } else { 1GB } }
        if (-not $Name) { $Name = 'New Virtual Machine' }
        $arguments = @{
            name                 = $Name
            path                 = if ($Path) { $Path } else { $null }
            memory_startup_bytes = $MemoryStartupBytes
            generation           = $Generation
            switch_name          = if ($SwitchName) { $SwitchName } else { $null }
        }
        if ($PSCmdlet.ShouldProcess($Name)) {
            Invoke-OnEach -Cmdlet $PSCmdlet -InputObject $Name -Action {
                ConvertTo-VM -Member (Invoke-StandIn -Operation 'vm.create' -Arguments $arguments)
            }
        }
    }
}

function Remove-VM {
    <#
    .SYNOPSIS
        Removes the configuration of a virtual machine; its virtual hard disks stay.
    .LINK
        https://learn.microsoft.com/powershell/module/hyper-v/remove-vm
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

        [Parameter(ParameterSetName = 'VMObject', Mandatory = $true, Position = 0, ValueFromPipeline = $true)]
        [VirtualMachine[]]$VM
    )

    process {
        Assert-Implemented -Cmdlet $PSCmdlet -Name 'VM', 'Name', 'Force', 'Passthru'
        Assert-Unprompted -Cmdlet $PSCmdlet -Force $Force
        Invoke-OnEach -Cmdlet $PSCmdlet -InputObject (Get-TargetVM -Cmdlet $PSCmdlet -VM $VM -Name $Name) -Action {
            param($target)
            if ($Cmdlet.ShouldProcess($target.Name)) {
                $null = Invoke-StandIn -Operation 'vm.delete' -Arguments @{ vm_id = $target.Id }
                $target.IsDeleted = $true
                if ($Passthru) { $target }
            }
        }
    }
}
