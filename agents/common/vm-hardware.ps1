<#
.SYNOPSIS
    A virtual machine's name, memory, processors and secure boot.
.OUTPUTS
    None. The file only defines functions.
#>
Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'

function Assert-FolderName {
    <#
    .SYNOPSIS
        Throws where a VM's name cannot be the name of a folder.
    .DESCRIPTION
        Hyper-V and the agents name folders and files after a VM. Hyper-V itself takes any name, also one
        that leads out of the folder it is joined to.
    .OUTPUTS
        None
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)]
        [string]$Name,

        # The field of the request that is to blame.
        [Parameter(Mandatory = $true)]
        [string]$Target
    )

    if ($Name.Length -gt 100 -or $Name -match '[\\/:*?"<>|\x00-\x1f]|^[ .]|[ .]$') {
        $message = 'The name of a VM has at most 100 characters and must be possible as the name of a folder.'
        throw (New-AgentError -Code 'invalid_request' -Message $message -Target $Target)
    }
}

function Assert-VmName {
    <#
    .SYNOPSIS
        Throws where a name cannot be a VM's, or a VM of the host or its cluster has it.
    .OUTPUTS
        None
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)]
        [string]$Name,

        # The name that the VM has now, which another case of the same name does not take from anyone.
        [string]$CurrentName = ''
    )

    Assert-FolderName -Name $Name -Target 'vm_name'
    if ($Name -eq $CurrentName) {
        return
    }
    $taken = @(
        foreach ($summary in (Get-VmSummary)) { $summary.ElementName }
        Get-ClusterVmName
    )
    if ($taken -contains $Name) {
        $message = "A VM named $Name exists on the host or in its cluster."
        throw (New-AgentError -Code 'vm_name_taken' -Message $message -Target 'vm_name')
    }
}

function Assert-ProcessorCount {
    <#
    .SYNOPSIS
        Throws where the host has too few logical processors for a VM.
    .OUTPUTS
        None
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)]
        [int64]$ProcessorCount
    )

    $machine = Get-CimInstance -Namespace 'root/cimv2' -ClassName 'Win32_ComputerSystem'
    if ($ProcessorCount -gt $machine.NumberOfLogicalProcessors) {
        $message = "The host has $($machine.NumberOfLogicalProcessors) logical processors."
        throw (New-AgentError -Code 'invalid_request' -Message $message -Target 'cpu_cores')
    }
}

function Assert-FreeMemory {
    <#
    .SYNOPSIS
        Throws where the host has not this much free memory for a VM.
    .OUTPUTS
        None
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)]
        [int64]$NeededBytes
    )

    $windows = Get-CimInstance -Namespace 'root/cimv2' -ClassName 'Win32_OperatingSystem'
    $freeBytes = [int64]$windows.FreePhysicalMemory * 1KB
    if ($NeededBytes -gt $freeBytes) {
        $message = 'The VM needs {0:0.#} GB of memory; the host has {1:0.#} GB free.'
        $numbers = ($NeededBytes / 1GB), ($freeBytes / 1GB)
        $text = [string]::Format([System.Globalization.CultureInfo]::InvariantCulture, $message, $numbers)
        throw (New-AgentError -Code 'insufficient_memory' -Message $text -Target 'gb_ram')
    }
}

function Set-VmHardware {
    <#
    .SYNOPSIS
        Gives a new VM its processors, static memory and secure boot, and takes its first adapter away.
    .DESCRIPTION
        New-VM always adds an adapter that is connected to nothing; the VM's adapters are created later,
        one by one.
    .OUTPUTS
        None
    #>
    [CmdletBinding()]
    param(
        # From New-VM.
        [Parameter(Mandatory = $true)]
        [object]$VirtualMachine,

        [Parameter(Mandatory = $true)]
        [int64]$MemoryBytes,

        [Parameter(Mandatory = $true)]
        [int64]$ProcessorCount,

        [Parameter(Mandatory = $true)]
        [string]$OsFamily
    )

    foreach ($adapter in (Get-VMNetworkAdapter -VM $VirtualMachine)) {
        Remove-VMNetworkAdapter -VMNetworkAdapter $adapter
    }
    Set-VMProcessor -VM $VirtualMachine -Count $ProcessorCount
    $memory = @{
        VM                   = $VirtualMachine
        DynamicMemoryEnabled = $false
        StartupBytes         = $MemoryBytes
    }
    Set-VMMemory @memory

    $templates = @{
        windows = 'MicrosoftWindows'
        linux   = 'MicrosoftUEFICertificateAuthority'
    }
    $firmware = @{
        VM                 = $VirtualMachine
        EnableSecureBoot   = 'On'
        SecureBootTemplate = $templates[$OsFamily]
    }
    Set-VMFirmware @firmware
}

function Assert-MemoryChange {
    <#
    .SYNOPSIS
        Throws where a VM cannot be given this much memory in the state that it is in.
    .OUTPUTS
        None
    #>
    [CmdletBinding()]
    param(
        # From Get-VM.
        [Parameter(Mandatory = $true)]
        [object]$VirtualMachine,

        # From Get-VmState.
        [Parameter(Mandatory = $true)]
        [string]$State,

        [Parameter(Mandatory = $true)]
        [int64]$MemoryBytes
    )

    $moreBytes = $MemoryBytes - [int64]$VirtualMachine.MemoryStartup
    if ($State -eq 'running' -and -not $VirtualMachine.DynamicMemoryEnabled -and $moreBytes -gt 0) {
        Assert-FreeMemory -NeededBytes $moreBytes
        return
    }
    $rule = @{
        VirtualMachine = $VirtualMachine
        State          = $State
        Allowed        = 'off'
        Change         = 'less memory, or other than static memory, can be given to it'
        Target         = 'gb_ram'
    }
    Assert-VmState @rule
    Assert-FreeMemory -NeededBytes $MemoryBytes
}

function Set-VmStartupMemory {
    <#
    .SYNOPSIS
        Gives a VM another size of memory; a running one is given more.
    .OUTPUTS
        None
    #>
    [CmdletBinding()]
    param(
        # From Get-VM.
        [Parameter(Mandatory = $true)]
        [object]$VirtualMachine,

        # From Get-VmState.
        [Parameter(Mandatory = $true)]
        [string]$State,

        [Parameter(Mandatory = $true)]
        [int64]$MemoryBytes
    )

    Write-AgentEvent -Stream 'information' -Text "Setting the memory to $($MemoryBytes / 1GB) GB."
    try {
        Set-VMMemory -VM $VirtualMachine -StartupBytes $MemoryBytes
    }
    catch {
        if ($State -eq 'off') {
            throw
        }
        # An older guest takes no memory while it runs.
        $message = "Hyper-V did not add memory to the running VM: $($_.Exception.Message.Trim())"
        throw (New-AgentError -Code 'vm_not_off' -Message $message -Target 'gb_ram')
    }
}
