<#
.SYNOPSIS
    Creates and reads virtual machines.
.OUTPUTS
    None. Event lines and one result line go to standard output; the process ends with the exit code.
#>
[CmdletBinding()]
param(
    # The request, a JSON object (docs/agent-protocol.md).
    [Parameter(Mandatory = $true)]
    [AllowEmptyString()]
    [string]$RequestJson
)

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'

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
        [string]$Name
    )

    # Hyper-V names a folder after the VM.
    if ($Name.Length -gt 100 -or $Name -match '[\\/:*?"<>|\x00-\x1f]|^[ .]|[ .]$') {
        $message = 'The name of a VM has at most 100 characters and must be possible as the name of a folder.'
        throw (New-AgentError -Code 'invalid_request' -Message $message -Target 'vm_name')
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

function Assert-HostCapacity {
    <#
    .SYNOPSIS
        Throws where the host has not enough free memory or too few logical processors for a VM.
    .OUTPUTS
        None
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)]
        [int64]$MemoryBytes,

        [Parameter(Mandatory = $true)]
        [int64]$ProcessorCount
    )

    $machine = Get-CimInstance -Namespace 'root/cimv2' -ClassName 'Win32_ComputerSystem'
    if ($ProcessorCount -gt $machine.NumberOfLogicalProcessors) {
        $message = "The host has $($machine.NumberOfLogicalProcessors) logical processors."
        throw (New-AgentError -Code 'invalid_request' -Message $message -Target 'cpu_cores')
    }
    $windows = Get-CimInstance -Namespace 'root/cimv2' -ClassName 'Win32_OperatingSystem'
    $freeBytes = [int64]$windows.FreePhysicalMemory * 1KB
    if ($MemoryBytes -gt $freeBytes) {
        $message = 'The VM needs {0:0.#} GB of memory; the host has {1:0.#} GB free.'
        $numbers = ($MemoryBytes / 1GB), ($freeBytes / 1GB)
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

function New-AgentVirtualMachine {
    <#
    .SYNOPSIS
        Creates a VM of generation 2 that is off and has neither disks nor adapters.
    .OUTPUTS
        System.Collections.Specialized.OrderedDictionary with vm_id and vm_name
    #>
    [CmdletBinding()]
    [OutputType([System.Collections.Specialized.OrderedDictionary])]
    param(
        [Parameter(Mandatory = $true)]
        [psobject]$Request
    )

    $name = Get-SpecField -Request $Request -Name 'vm_name'
    $hardware = @{
        MemoryBytes    = (Get-SpecField -Request $Request -Name 'gb_ram' -Kind 'PositiveInteger') * 1GB
        ProcessorCount = Get-SpecField -Request $Request -Name 'cpu_cores' -Kind 'PositiveInteger'
        OsFamily       = Get-SpecField -Request $Request -Name 'os_family' -Allowed 'windows', 'linux'
    }
    $resource = Get-HostResource
    Assert-VmName -Name $name
    Assert-HostCapacity -MemoryBytes $hardware.MemoryBytes -ProcessorCount $hardware.ProcessorCount

    Write-AgentEvent -Stream 'information' -Text "Creating the VM $name."
    $creation = @{
        Name               = $name
        Path               = $resource.virtual_machines_path
        Generation         = 2
        MemoryStartupBytes = $hardware.MemoryBytes
        NoVHD              = $true
    }
    $vm = New-VM @creation
    $id = ([guid]$vm.Id).ToString()
    try {
        Set-NotesMarker -VirtualMachine $vm -Request $Request
        Set-VmHardware -VirtualMachine $vm @hardware
    }
    catch {
        $words = $_.Exception.Message.Trim()
        $message = "The VM $name exists now ($id), but could not be set up: $words"
        throw (New-AgentError -Code 'hyperv_error' -Message $message)
    }
    Write-AgentEvent -Stream 'information' -Text "Created the VM $name ($id)."
    [ordered]@{ vm_id = $id; vm_name = $name }
}

function Read-AgentVirtualMachine {
    <#
    .SYNOPSIS
        Gives a VM as the inventory reports it.
    .OUTPUTS
        System.Collections.Specialized.OrderedDictionary with vm, a VmRecord
    #>
    [CmdletBinding()]
    [OutputType([System.Collections.Specialized.OrderedDictionary])]
    param(
        [Parameter(Mandatory = $true)]
        [psobject]$Request
    )

    [ordered]@{ vm = Read-TargetVmRecord -Request $Request }
}

$main = @{
    Agent       = 'vm'
    Operations  = @{
        create = 'New-AgentVirtualMachine'
        read   = 'Read-AgentVirtualMachine'
    }
    RequestJson = $RequestJson
}
exit (Invoke-AgentMain @main)
