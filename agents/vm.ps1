<#
.SYNOPSIS
    Creates, reads, changes and deletes virtual machines; their power and their role in the cluster.
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

function Complete-VirtualMachine {
    <#
    .SYNOPSIS
        Sets up the VM that an unfinished deployment has created: how far it came with that, nobody knows.
    .DESCRIPTION
        A VM that somebody has worked on since is deployment_changed.
    .OUTPUTS
        System.Collections.Specialized.OrderedDictionary with vm_id and vm_name
    #>
    [CmdletBinding()]
    [OutputType([System.Collections.Specialized.OrderedDictionary])]
    param(
        [Parameter(Mandatory = $true)]
        [psobject]$Request,

        [Parameter(Mandatory = $true)]
        [int64]$MemoryBytes,

        [Parameter(Mandatory = $true)]
        [int64]$ProcessorCount,

        [Parameter(Mandatory = $true)]
        [string]$OsFamily
    )

    $vm = Get-TargetVirtualMachine -Request $Request
    $null = Get-UnfinishedMarker -VirtualMachine $vm -Request $Request
    $connected = @(Get-VMNetworkAdapter -VM $vm | Where-Object -FilterScript { $_.SwitchName })
    $found = if ($vm.Generation -ne 2) { "is of generation $($vm.Generation)" }
    elseif (@(Get-VMHardDiskDrive -VM $vm).Count -gt 0) { 'has a disk' }
    elseif ($connected.Count -gt 0) { 'has a connected adapter' }
    if ($found) {
        $message = "The VM $($vm.Name) $found, which its deployment had not come to."
        throw (New-AgentError -Code 'deployment_changed' -Message $message -Target 'deployment_id')
    }
    $rule = @{
        VirtualMachine = $vm
        State          = Get-VmState -VirtualMachine $vm
        Allowed        = 'off'
        Change         = 'it can be set up'
        Target         = 'vm_id'
    }
    Assert-VmState @rule
    Assert-ProcessorCount -ProcessorCount $ProcessorCount
    Assert-FreeMemory -NeededBytes $MemoryBytes

    Write-AgentEvent -Stream 'information' -Text "Setting up the VM $($vm.Name), which is there already."
    Set-NotesMarker -VirtualMachine $vm -Request $Request
    $hardware = @{
        VirtualMachine = $vm
        MemoryBytes    = $MemoryBytes
        ProcessorCount = $ProcessorCount
        OsFamily       = $OsFamily
    }
    Set-VmHardware @hardware
    [ordered]@{ vm_id = ([guid]$vm.Id).ToString(); vm_name = $vm.Name }
}

function New-AgentVirtualMachine {
    <#
    .SYNOPSIS
        Creates a VM of generation 2 that is off and has neither disks nor adapters; or, for an unfinished
        deployment, sets up the one that it has created.
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
    if ($null -ne (Get-SpecField -Request $Request -Name 'deployment_id' -Optional)) {
        return (Complete-VirtualMachine -Request $Request @hardware)
    }
    Assert-VmName -Name $name
    Assert-ProcessorCount -ProcessorCount $hardware.ProcessorCount
    Assert-FreeMemory -NeededBytes $hardware.MemoryBytes

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

function Set-AgentVirtualMachine {
    <#
    .SYNOPSIS
        The operation update: memory, processors and name, all checked before the first is changed.
    .OUTPUTS
        System.Collections.Specialized.OrderedDictionary with vm_id and vm_name
    #>
    [CmdletBinding()]
    [OutputType([System.Collections.Specialized.OrderedDictionary])]
    param(
        [Parameter(Mandatory = $true)]
        [psobject]$Request
    )

    $vm = Get-TargetVirtualMachine -Request $Request
    $name = Get-SpecField -Request $Request -Name 'vm_name' -Optional
    $gigabytes = Get-SpecField -Request $Request -Name 'gb_ram' -Kind 'PositiveInteger' -Optional
    $processors = Get-SpecField -Request $Request -Name 'cpu_cores' -Kind 'PositiveInteger' -Optional
    $target = @{ VirtualMachine = $vm; State = Get-VmState -VirtualMachine $vm }

    $isRenamed = $null -ne $name -and $name -cne $vm.Name
    $isResized = $null -ne $gigabytes -and $gigabytes * 1GB -ne $vm.MemoryStartup
    $hasOtherProcessors = $null -ne $processors -and $processors -ne $vm.ProcessorCount
    if ($isRenamed) {
        Assert-VmName -Name $name -CurrentName $vm.Name
    }
    if ($hasOtherProcessors) {
        $change = 'the number of its processors can be changed'
        Assert-VmState @target -Allowed 'off' -Change $change -Target 'cpu_cores'
        Assert-ProcessorCount -ProcessorCount $processors
    }
    if ($isResized) {
        Assert-MemoryChange @target -MemoryBytes ($gigabytes * 1GB)
        Set-VmStartupMemory @target -MemoryBytes ($gigabytes * 1GB)
    }
    if ($hasOtherProcessors) {
        Write-AgentEvent -Stream 'information' -Text "Setting the number of processors to $processors."
        Set-VMProcessor -VM $vm -Count $processors
    }
    if ($isRenamed) {
        Write-AgentEvent -Stream 'information' -Text "Renaming the VM $($vm.Name) to $name."
        Rename-VM -VM $vm -NewName $name
        Rename-VmClusterRole -VmId $vm.Id -NewName $name
    }
    if ($isResized -or $hasOtherProcessors) {
        Update-VmClusterRole -VmId $vm.Id
    }
    $finalName = if ($isRenamed) { $name } else { $vm.Name }
    [ordered]@{ vm_id = ([guid]$vm.Id).ToString(); vm_name = $finalName }
}

function Remove-VirtualMachine {
    <#
    .SYNOPSIS
        Takes a VM out of the cluster, turns it off and removes it; its files stay.
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
        [string]$State
    )

    # First of all: a cluster starts a role again whose VM went off.
    $null = Remove-VmClusterRole -VmId $VirtualMachine.Id
    if ($State -notin 'off', 'saved') {
        Write-AgentEvent -Stream 'information' -Text "Turning the VM $($VirtualMachine.Name) off."
        Stop-VM -VM $VirtualMachine -TurnOff -Force
    }
    Write-AgentEvent -Stream 'information' -Text "Removing the VM $($VirtualMachine.Name)."
    Remove-VM -VM $VirtualMachine -Force
}

function Remove-AgentVirtualMachine {
    <#
    .SYNOPSIS
        The operation delete: removes a VM, with its files where that is asked for.
    .OUTPUTS
        System.Collections.Specialized.OrderedDictionary with deleted_files and kept_files
    #>
    [CmdletBinding()]
    [OutputType([System.Collections.Specialized.OrderedDictionary])]
    param(
        [Parameter(Mandatory = $true)]
        [psobject]$Request
    )

    $vm = Get-TargetVirtualMachine -Request $Request
    $deletesFiles = Get-SpecField -Request $Request -Name 'delete_files' -Kind 'Boolean'
    $target = @{ VirtualMachine = $vm; State = Get-VmState -VirtualMachine $vm }
    if (-not (Get-SpecField -Request $Request -Name 'turn_off' -Kind 'Boolean' -Optional)) {
        Assert-VmState @target -Allowed 'off' -Change 'without turn_off it can be deleted' -Target 'vm_id'
    }
    $media = @(Get-VmMedia)
    $halfMade = @(Get-HalfMadeDisk -VirtualMachine $vm -Request $Request)
    $files = [string[]](@(Get-OwnFilePath -VirtualMachine $vm -Media $media) + $halfMade)
    Assert-NoCheckpoint -Path $files -Target 'vm_id'
    if (@(Get-VMSnapshot -VM $vm).Count -gt 0) {
        $message = "The VM $($vm.Name) has checkpoints."
        throw (New-AgentError -Code 'vm_has_checkpoints' -Message $message -Target 'vm_id')
    }
    if (-not $deletesFiles) {
        Remove-VirtualMachine @target
        return [ordered]@{ deleted_files = @(); kept_files = $files }
    }

    $resource = Get-HostResource
    $surrounding = Get-FileSurrounding -Path $files -VmId $vm.Id -Resource $resource -Request $Request
    foreach ($file in $files) {
        $isHalfMade = $halfMade -contains $file
        Assert-OwnFile -Path $file -Surrounding $surrounding -Target 'delete_files' -HalfMade:$isHalfMade
    }
    $folders = @($vm.Path) + @(foreach ($file in $files) { Split-Path -Path $file -Parent })
    Remove-VirtualMachine @target
    $left = @(foreach ($file in $files) { if (-not (Remove-OwnFile -Path $file)) { $file } })
    foreach ($folder in $folders) {
        Remove-EmptyFolder -Path $folder -Resource $resource
    }
    if ($left.Count -gt 0) {
        $message = "The VM is gone, but these of its files could not be deleted: $($left -join ', ')"
        throw (New-AgentError -Code 'files_left' -Message $message)
    }
    [ordered]@{ deleted_files = $files; kept_files = @() }
}

function Invoke-AgentPower {
    <#
    .SYNOPSIS
        The operation power: one action, where the VM's state allows it.
    .OUTPUTS
        System.Collections.Specialized.OrderedDictionary with vm_state
    #>
    [CmdletBinding()]
    [OutputType([System.Collections.Specialized.OrderedDictionary])]
    param(
        [Parameter(Mandatory = $true)]
        [psobject]$Request
    )

    $vm = Get-TargetVirtualMachine -Request $Request
    $actions = 'start', 'shutdown', 'turn_off', 'restart', 'reset', 'pause', 'resume', 'save'
    $action = Get-SpecField -Request $Request -Name 'action' -Allowed $actions
    $seconds = Get-SpecField -Request $Request -Name 'wait_seconds' -Kind 'PositiveInteger' -Optional
    if ($null -eq $seconds) {
        $seconds = 300
    }
    $system = Get-VirtualSystem -VmId $vm.Id
    $state = ConvertTo-VmState -Code $system.EnabledState
    if (Test-PowerAction -Action $action -State $state -VmName $vm.Name) {
        Write-AgentEvent -Stream 'information' -Text "The VM $($vm.Name) is $state; doing $action."
        Invoke-PowerAction -Action $action -VirtualMachine $vm -System $system -WaitSeconds $seconds
    }
    [ordered]@{ vm_state = Get-VmState -VirtualMachine $vm }
}

function Add-AgentClusterRole {
    <#
    .SYNOPSIS
        The operation cluster_add: makes a VM a role of its host's cluster.
    .OUTPUTS
        System.Collections.Specialized.OrderedDictionary with cluster, its name
    #>
    [CmdletBinding()]
    [OutputType([System.Collections.Specialized.OrderedDictionary])]
    param(
        [Parameter(Mandatory = $true)]
        [psobject]$Request
    )

    $vm = Get-TargetVirtualMachine -Request $Request
    if (-not (Test-ClusterNode)) {
        throw (New-AgentError -Code 'cluster_unavailable' -Message 'The host is in no cluster.' -Target 'vm_id')
    }
    $cluster = (Get-Cluster).Name
    if (@(Get-ClusteredVmId) -contains ([guid]$vm.Id).ToString()) {
        Write-AgentEvent -Stream 'warning' -Text "The VM $($vm.Name) is a role of the cluster $cluster already."
    }
    else {
        Assert-Clusterable -VirtualMachine $vm
        Set-NotesMarker -VirtualMachine $vm -Request $Request
        Write-AgentEvent -Stream 'information' -Text "Adding the VM $($vm.Name) to the cluster $cluster."
        Add-VmClusterRole -VmName $vm.Name
    }
    Set-NotesMarker -VirtualMachine $vm -Request $Request -Completed
    [ordered]@{ cluster = $cluster }
}

function Remove-AgentClusterRole {
    <#
    .SYNOPSIS
        The operation cluster_remove: takes a VM's role out of its host's cluster.
    .OUTPUTS
        System.Collections.Specialized.OrderedDictionary, empty
    #>
    [CmdletBinding()]
    [OutputType([System.Collections.Specialized.OrderedDictionary])]
    param(
        [Parameter(Mandatory = $true)]
        [psobject]$Request
    )

    $vm = Get-TargetVirtualMachine -Request $Request
    if (-not (Remove-VmClusterRole -VmId $vm.Id)) {
        Write-AgentEvent -Stream 'warning' -Text "The VM $($vm.Name) has no role in a cluster."
    }
    [ordered]@{}
}

$operations = @{
    create         = 'New-AgentVirtualMachine'
    read           = 'Read-AgentRecord'
    update         = 'Set-AgentVirtualMachine'
    delete         = 'Remove-AgentVirtualMachine'
    deletion_plan  = 'Get-AgentDeletionPlan'
    power          = 'Invoke-AgentPower'
    cluster_add    = 'Add-AgentClusterRole'
    cluster_remove = 'Remove-AgentClusterRole'
}
exit (Invoke-AgentMain -Agent 'vm' -Operations $operations -RequestJson $RequestJson)
