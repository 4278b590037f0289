<#
.SYNOPSIS
    A virtual machine's memory, processors and firmware.
.OUTPUTS
    None. The file only defines functions.
#>

function Set-VMMemory {
    <#
    .SYNOPSIS
        Changes the memory of a virtual machine.
    .LINK
        https://learn.microsoft.com/powershell/module/hyper-v/set-vmmemory
    .OUTPUTS
        None
    #>
    [CmdletBinding(DefaultParameterSetName = 'VMName', SupportsShouldProcess = $true)]
    param(
        [int]$Buffer,

        [Parameter(ParameterSetName = 'VMName')]
        [CimSession[]]$CimSession,

        [Parameter(ParameterSetName = 'VMName')]
        [string[]]$ComputerName,

        [Parameter(ParameterSetName = 'VMName')]
        [pscredential[]]$Credential,

        [bool]$DynamicMemoryEnabled,

        [long]$MaximumAmountPerNumaNodeBytes,

        [long]$MaximumBytes,

        [long]$MinimumBytes,

        [switch]$Passthru,

        [int]$Priority,

        [string]$ResourcePoolName,

        [long]$StartupBytes,

        [Parameter(ParameterSetName = 'VMObject', Mandatory = $true, Position = 0, ValueFromPipeline = $true)]
        [VirtualMachine[]]$VM,

        [Parameter(ParameterSetName = 'ResourceObject', Mandatory = $true,
            Position = 0, ValueFromPipeline = $true)]
        [VMMemory[]]$VMMemory,

        [Parameter(ParameterSetName = 'VMName', Mandatory = $true, Position = 0, ValueFromPipeline = $true)]
        [string[]]$VMName
    )

    process {
        $implemented = @(
            'VM', 'VMName', 'StartupBytes', 'DynamicMemoryEnabled', 'Passthru'
        )
        Assert-Implemented -Cmdlet $PSCmdlet -Name $implemented
        $change = @{ startup_bytes = $null; dynamic = $null }
        if ($PSBoundParameters.ContainsKey('StartupBytes')) { $change['startup_bytes'] = $StartupBytes }
        if ($PSBoundParameters.ContainsKey('DynamicMemoryEnabled')) { $change['dynamic'] = $DynamicMemoryEnabled }
        $targets = Get-TargetVM -Cmdlet $PSCmdlet -VM $VM -Name $VMName
        Update-VM -Cmdlet $PSCmdlet -VM $targets -Operation 'vm.set_memory' -Argument $change -Passthru:$Passthru
    }
}

function Set-VMProcessor {
    <#
    .SYNOPSIS
        Changes the number of processors of a virtual machine.
    .LINK
        https://learn.microsoft.com/powershell/module/hyper-v/set-vmprocessor
    .OUTPUTS
        None
    #>
    [CmdletBinding(DefaultParameterSetName = 'VMName', SupportsShouldProcess = $true)]
    param(
        [Parameter(ParameterSetName = 'VMName')]
        [CimSession[]]$CimSession,

        [bool]$CompatibilityForMigrationEnabled,

        [bool]$CompatibilityForOlderOperatingSystemsEnabled,

        [Parameter(ParameterSetName = 'VMName')]
        [string[]]$ComputerName,

        [long]$Count,

        [Parameter(ParameterSetName = 'VMName')]
        [pscredential[]]$Credential,

        [bool]$EnableHostResourceProtection,

        [bool]$ExposeVirtualizationExtensions,

        [long]$HwThreadCountPerCore,

        [long]$Maximum,

        [int]$MaximumCountPerNumaNode,

        [int]$MaximumCountPerNumaSocket,

        [string]$Perfmon,

        [switch]$Passthru,

        [int]$RelativeWeight,

        [long]$Reserve,

        [string]$ResourcePoolName,

        [Parameter(ParameterSetName = 'VMObject', Mandatory = $true, Position = 0, ValueFromPipeline = $true)]
        [VirtualMachine[]]$VM,

        [Parameter(ParameterSetName = 'VMName', Mandatory = $true, Position = 0, ValueFromPipeline = $true)]
        [string[]]$VMName,

        [Parameter(ParameterSetName = 'VMProcessor', Mandatory = $true,
            Position = 0, ValueFromPipeline = $true)]
        [VMProcessor[]]$VMProcessor
    )

    process {
        Assert-Implemented -Cmdlet $PSCmdlet -Name 'VM', 'VMName', 'Count', 'Passthru'
        $targets = Get-TargetVM -Cmdlet $PSCmdlet -VM $VM -Name $VMName
        $change = @{ Operation = 'vm.set_processors'; Argument = @{ count = $Count }; Passthru = $Passthru }
        Update-VM -Cmdlet $PSCmdlet -VM $targets @change
    }
}

function Set-VMFirmware {
    <#
    .SYNOPSIS
        Changes secure boot and the first boot device of a virtual machine of generation 2.
    .LINK
        https://learn.microsoft.com/powershell/module/hyper-v/set-vmfirmware
    .OUTPUTS
        None
    #>
    [CmdletBinding(DefaultParameterSetName = 'VMName', SupportsShouldProcess = $true)]
    param(
        [VMComponentObject[]]$BootOrder,

        [Parameter(ParameterSetName = 'VMName')]
        [CimSession[]]$CimSession,

        [Parameter(ParameterSetName = 'VMName')]
        [string[]]$ComputerName,

        [ConsoleModeType]$ConsoleMode,

        [Parameter(ParameterSetName = 'VMName')]
        [pscredential[]]$Credential,

        [OnOffState]$EnableSecureBoot,

        [VMComponentObject]$FirstBootDevice,

        [switch]$Passthru,

        [OnOffState]$PauseAfterBootFailure,

        [IPProtocolPreference]$PreferredNetworkBootProtocol,

        [string]$SecureBootTemplate,

        [guid]$SecureBootTemplateId,

        [Parameter(ParameterSetName = 'VMObject', Mandatory = $true, Position = 0, ValueFromPipeline = $true)]
        [VirtualMachine[]]$VM,

        [Parameter(ParameterSetName = 'VMFirmware', Mandatory = $true,
            Position = 0, ValueFromPipeline = $true)]
        [VMFirmware[]]$VMFirmware,

        [Parameter(ParameterSetName = 'VMName', Mandatory = $true, Position = 0, ValueFromPipeline = $true)]
        [string[]]$VMName
    )

    process {
        $implemented = @(
            'VM', 'VMName', 'EnableSecureBoot', 'SecureBootTemplate', 'FirstBootDevice', 'Passthru'
        )
        Assert-Implemented -Cmdlet $PSCmdlet -Name $implemented
        $device = $null
        if ($FirstBootDevice -is [HardDiskDrive]) {
            $device = @{ disk = $FirstBootDevice.Path }
        }
        elseif ($FirstBootDevice -is [DvdDrive]) {
            $device = @{ dvd = @($FirstBootDevice.ControllerNumber, $FirstBootDevice.ControllerLocation) }
        }
        elseif ($null -ne $FirstBootDevice) {
            $device = @{ adapter = $FirstBootDevice.AdapterId }
        }
        $secureBoot = $null
        if ($PSBoundParameters.ContainsKey('EnableSecureBoot')) {
            $secureBoot = $EnableSecureBoot -eq 'On'
        }
        $change = @{
            secure_boot       = $secureBoot
            template          = if ($SecureBootTemplate) { $SecureBootTemplate } else { $null }
            first_boot_device = $device
        }
        $targets = Get-TargetVM -Cmdlet $PSCmdlet -VM $VM -Name $VMName
        Update-VM -Cmdlet $PSCmdlet -VM $targets -Operation 'vm.set_firmware' -Argument $change -Passthru:$Passthru
    }
}
