<#
.SYNOPSIS
    What deleting a virtual machine would do: the checks of the deletion, nothing of its work.
.OUTPUTS
    None. The file only defines functions.
#>
Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'

function Get-FileLength {
    <#
    .SYNOPSIS
        Gives the length of a file in bytes; null: it cannot be told.
    .OUTPUTS
        System.Int64
    #>
    [CmdletBinding()]
    [OutputType([int64])]
    param(
        [Parameter(Mandatory = $true)]
        [string]$Path
    )

    $plain = ConvertTo-PlainPath -Path $Path
    if (-not (Test-Path -LiteralPath $plain -PathType Leaf)) {
        return $null
    }
    [int64](Get-Item -LiteralPath $plain -Force).Length
}

function Get-PlannedFile {
    <#
    .SYNOPSIS
        Gives, of each file of a VM, whether it may be deleted with the VM, and why not.
    .OUTPUTS
        System.Collections.Specialized.OrderedDictionary, a PlannedFile of lib/domain/deletion.ts
    #>
    [CmdletBinding()]
    [OutputType([System.Collections.Specialized.OrderedDictionary])]
    param(
        # From Get-VM.
        [Parameter(Mandatory = $true)]
        [object]$VirtualMachine,

        [Parameter(Mandatory = $true)]
        [psobject]$Request
    )

    $paths = [string[]]@(Get-OwnFilePath -VirtualMachine $VirtualMachine -Media @(Get-VmMedia))
    $surrounding = $null
    $resourceError = $null
    try {
        $resource = Get-HostResource
    }
    catch {
        # The VM can still be deleted without its files.
        $resourceError = $_
    }
    if ($null -eq $resourceError) {
        $context = @{
            Path     = $paths
            VmId     = $VirtualMachine.Id
            Resource = $resource
            Request  = $Request
        }
        $surrounding = Get-FileSurrounding @context
    }
    $mediaPath = Get-ProvisioningMediaPath -VirtualMachine $VirtualMachine
    foreach ($path in $paths) {
        $refusal = $resourceError
        if ($null -eq $refusal) {
            try {
                Assert-NoCheckpoint -Path $path -Target 'vm_id'
                Assert-OwnFile -Path $path -Surrounding $surrounding -Target 'delete_files'
            }
            catch {
                $refusal = $_
            }
        }
        $reason = @{ code = $null; message = $null }
        if ($null -ne $refusal) {
            $reason = ConvertTo-AgentError -ErrorRecord $refusal
        }
        [ordered]@{
            path       = $path
            kind       = if ($path -eq $mediaPath) { 'media' } else { 'disk' }
            size_bytes = Get-FileLength -Path $path
            deletable  = $null -eq $refusal
            code       = $reason.code
            reason     = $reason.message
        }
    }
}

function Get-AgentDeletionPlan {
    <#
    .SYNOPSIS
        The operation deletion_plan of the agent vm.
    .OUTPUTS
        System.Collections.Specialized.OrderedDictionary with files, checkpoints, cluster_role and state
    #>
    [CmdletBinding()]
    [OutputType([System.Collections.Specialized.OrderedDictionary])]
    param(
        [Parameter(Mandatory = $true)]
        [psobject]$Request
    )

    $vm = Get-TargetVirtualMachine -Request $Request
    # Wrong answers of other nodes are refused, also where no file needs them.
    $null = Get-OtherNodeUse -Request $Request
    [ordered]@{
        files        = @(Get-PlannedFile -VirtualMachine $vm -Request $Request)
        checkpoints  = @(Get-VMSnapshot -VM $vm).Count
        cluster_role = (Get-ClusterGroupNameIndex)[([guid]$vm.Id).ToString()]
        state        = Get-VmState -VirtualMachine $vm
    }
}
