<#
.SYNOPSIS
    Virtual hard disks: their files.
.OUTPUTS
    None. The file only defines functions.
#>

function Invoke-OnVhd {
    <#
    .SYNOPSIS
        Does an operation on each virtual hard disk that a path names.
    .OUTPUTS
        Microsoft.Vhd.PowerShell.VirtualHardDisk
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)]
        [System.Management.Automation.PSCmdlet]$Cmdlet,

        [Parameter(Mandatory = $true)]
        [string[]]$Path,

        [Parameter(Mandatory = $true)]
        [string]$Operation,

        # Arguments of the operation, beside the path.
        [hashtable]$Argument = @{}
    )

    Invoke-OnEach -Cmdlet $Cmdlet -InputObject $Path -Action {
        param($file)
        # Get-VHD changes nothing, and has no -WhatIf.
        if ($Operation -eq 'vhd.get' -or $Cmdlet.ShouldProcess($file)) {
            $member = Invoke-StandIn -Operation $Operation -Arguments (@{ path = $file } + $Argument)
            $type = 'Microsoft.Vhd.PowerShell.VirtualHardDisk'
            ConvertTo-TypedObject -Type ([VirtualHardDisk]) -TypeName $type -Member $member
        }
    }
}

function Get-VHD {
    <#
    .SYNOPSIS
        Gives virtual hard disks by their paths.
    .LINK
        https://learn.microsoft.com/powershell/module/hyper-v/get-vhd
    .OUTPUTS
        Microsoft.Vhd.PowerShell.VirtualHardDisk
    #>
    [CmdletBinding(DefaultParameterSetName = 'Path')]
    param(
        [CimSession[]]$CimSession,

        [string[]]$ComputerName,

        [pscredential[]]$Credential,

        [Parameter(ParameterSetName = 'Disk', Mandatory = $true,
            Position = 0, ValueFromPipelineByPropertyName = $true)]
        [Alias('Number')]
        [uint32]$DiskNumber,

        [Parameter(ParameterSetName = 'Path', Mandatory = $true,
            Position = 0, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)]
        [Alias('FullName')]
        [string[]]$Path,

        [Parameter(ParameterSetName = 'VMId', Mandatory = $true,
            Position = 0, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)]
        [Alias('Id')]
        [guid[]]$VMId
    )

    process {
        Assert-Implemented -Cmdlet $PSCmdlet -Name 'Path'
        Invoke-OnVhd -Cmdlet $PSCmdlet -Path $Path -Operation 'vhd.get'
    }
}

function New-VHD {
    <#
    .SYNOPSIS
        Creates an empty virtual hard disk.
    .LINK
        https://learn.microsoft.com/powershell/module/hyper-v/new-vhd
    .OUTPUTS
        Microsoft.Vhd.PowerShell.VirtualHardDisk
    #>
    [CmdletBinding(DefaultParameterSetName = 'DynamicWithoutSource', SupportsShouldProcess = $true)]
    param(
        [switch]$AsJob,

        [uint32]$BlockSizeBytes,

        [CimSession[]]$CimSession,

        [string[]]$ComputerName,

        [pscredential[]]$Credential,

        [Parameter(ParameterSetName = 'Differencing')]
        [switch]$Differencing,

        [Parameter(ParameterSetName = 'DynamicWithoutSource')]
        [Parameter(ParameterSetName = 'DynamicWithSource', Mandatory = $true)]
        [switch]$Dynamic,

        [Parameter(ParameterSetName = 'FixedWithoutSource', Mandatory = $true)]
        [Parameter(ParameterSetName = 'FixedWithSource', Mandatory = $true)]
        [switch]$Fixed,

        [Parameter(ParameterSetName = 'DynamicWithoutSource')]
        [Parameter(ParameterSetName = 'FixedWithoutSource')]
        [ValidateSet(512, 4096)]
        [uint32]$LogicalSectorSizeBytes,

        [Parameter(ParameterSetName = 'Differencing', Mandatory = $true, Position = 1)]
        [string]$ParentPath,

        [Parameter(Mandatory = $true, Position = 0,
            ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)]
        [string[]]$Path,

        [Parameter(ParameterSetName = 'DynamicWithoutSource')]
        [Parameter(ParameterSetName = 'Differencing')]
        [Parameter(ParameterSetName = 'FixedWithoutSource')]
        [ValidateSet(512, 4096)]
        [uint32]$PhysicalSectorSizeBytes,

        [Parameter(ParameterSetName = 'DynamicWithoutSource', Mandatory = $true, Position = 1)]
        [Parameter(ParameterSetName = 'FixedWithoutSource', Mandatory = $true, Position = 1)]
        [Parameter(ParameterSetName = 'Differencing', Position = 1)]
        [uint64]$SizeBytes,

        [Parameter(ParameterSetName = 'FixedWithSource', Mandatory = $true,
            ValueFromPipelineByPropertyName = $true)]
        [Parameter(ParameterSetName = 'DynamicWithSource', Mandatory = $true,
            ValueFromPipelineByPropertyName = $true)]
        [Alias('Number')]
        [uint32]$SourceDisk
    )

    process {
        Assert-Implemented -Cmdlet $PSCmdlet -Name 'Path', 'SizeBytes', 'Dynamic', 'Fixed'
        $settings = @{ size_bytes = $SizeBytes; type = if ($Fixed) { 'fixed' } else { 'dynamic' } }
        Invoke-OnVhd -Cmdlet $PSCmdlet -Path $Path -Operation 'vhd.create' -Argument $settings
    }
}

function Set-VHD {
    <#
    .SYNOPSIS
        Gives a virtual hard disk a new identifier.
    .LINK
        https://learn.microsoft.com/powershell/module/hyper-v/set-vhd
    .OUTPUTS
        None, or with Passthru Microsoft.Vhd.PowerShell.VirtualHardDisk
    #>
    [CmdletBinding(DefaultParameterSetName = 'Parent', SupportsShouldProcess = $true)]
    param(
        [CimSession[]]$CimSession,

        [string[]]$ComputerName,

        [pscredential[]]$Credential,

        [Parameter(ParameterSetName = 'DiskIdentifier')]
        [switch]$Force,

        [Parameter(ParameterSetName = 'Parent')]
        [switch]$IgnoreIdMismatch,

        [Parameter(ParameterSetName = 'Parent')]
        [string]$LeafPath,

        [Parameter(ParameterSetName = 'Parent', Mandatory = $true, Position = 1)]
        [string]$ParentPath,

        [switch]$Passthru,

        [Parameter(Mandatory = $true, Position = 0,
            ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)]
        [Alias('FullName')]
        [string]$Path,

        [Parameter(ParameterSetName = 'PhysicalSectorSize', Mandatory = $true)]
        [ValidateSet(512, 4096)]
        [uint32]$PhysicalSectorSizeBytes,

        [Parameter(ParameterSetName = 'DiskIdentifier', Mandatory = $true)]
        [switch]$ResetDiskIdentifier
    )

    process {
        Assert-Implemented -Cmdlet $PSCmdlet -Name 'Path', 'ResetDiskIdentifier', 'Force', 'Passthru'
        Assert-Unprompted -Cmdlet $PSCmdlet -Force $Force
        $disk = Invoke-OnVhd -Cmdlet $PSCmdlet -Path $Path -Operation 'vhd.reset_identifier'
        if ($Passthru) { $disk }
    }
}

function Resize-VHD {
    <#
    .SYNOPSIS
        Changes the size of a virtual hard disk.
    .LINK
        https://learn.microsoft.com/powershell/module/hyper-v/resize-vhd
    .OUTPUTS
        None, or with Passthru Microsoft.Vhd.PowerShell.VirtualHardDisk
    #>
    [CmdletBinding(DefaultParameterSetName = 'Size', SupportsShouldProcess = $true)]
    param(
        [switch]$AsJob,

        [CimSession[]]$CimSession,

        [string[]]$ComputerName,

        [pscredential[]]$Credential,

        [switch]$Passthru,

        [Parameter(Mandatory = $true, Position = 0,
            ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)]
        [Alias('FullName')]
        [string[]]$Path,

        [Parameter(ParameterSetName = 'Size', Mandatory = $true, Position = 1)]
        [uint64]$SizeBytes,

        [Parameter(ParameterSetName = 'MinimumSize', Mandatory = $true)]
        [switch]$ToMinimumSize
    )

    process {
        Assert-Implemented -Cmdlet $PSCmdlet -Name 'Path', 'SizeBytes', 'Passthru'
        $change = @{ Operation = 'vhd.resize'; Argument = @{ size_bytes = $SizeBytes } }
        $disk = Invoke-OnVhd -Cmdlet $PSCmdlet -Path $Path @change
        if ($Passthru) { $disk }
    }
}

function Convert-VHD {
    <#
    .SYNOPSIS
        Writes the content of a virtual hard disk into a new one of another type.
    .LINK
        https://learn.microsoft.com/powershell/module/hyper-v/convert-vhd
    .OUTPUTS
        None, or with Passthru Microsoft.Vhd.PowerShell.VirtualHardDisk
    #>
    [CmdletBinding(SupportsShouldProcess = $true)]
    param(
        [switch]$AsJob,

        [uint32]$BlockSizeBytes,

        [CimSession[]]$CimSession,

        [string[]]$ComputerName,

        [pscredential[]]$Credential,

        [switch]$DeleteSource,

        [Parameter(Mandatory = $true, Position = 1)]
        [string]$DestinationPath,

        [string]$ParentPath,

        [switch]$Passthru,

        [Parameter(Mandatory = $true, Position = 0,
            ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)]
        [Alias('FullName')]
        [string]$Path,

        [VhdType]$VHDType
    )

    process {
        Assert-Implemented -Cmdlet $PSCmdlet -Name 'Path', 'DestinationPath', 'VHDType', 'Passthru'
        $settings = @{
            destination = $DestinationPath
            type        = 'dynamic'
        }
        if ($PSBoundParameters.ContainsKey('VHDType')) { $settings['type'] = "$VHDType".ToLowerInvariant() }
        $disk = Invoke-OnVhd -Cmdlet $PSCmdlet -Path $Path -Operation 'vhd.convert' -Argument $settings
        if ($Passthru) { $disk }
    }
}
