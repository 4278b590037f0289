<#
.SYNOPSIS
    Virtual hard disks as the inventory reports them: DiskRecord of lib/domain/inventory.ts.
.OUTPUTS
    None. The file only defines functions.
#>
Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'

function Get-KnownDiskIndex {
    <#
    .SYNOPSIS
        Gives the request's known_disks by their paths; an entry that cannot be read is left out.
    .OUTPUTS
        System.Collections.Hashtable of path, whatever its case, to the entry
    #>
    [CmdletBinding()]
    [OutputType([hashtable])]
    param(
        [Parameter(Mandatory = $true)]
        [psobject]$Request
    )

    $index = @{}
    foreach ($entry in (Get-OptionalValue -InputObject $Request -Name 'known_disks')) {
        $path = Get-OptionalValue -InputObject $entry -Name 'path'
        $size = Get-OptionalValue -InputObject $entry -Name 'size_bytes'
        if ($path -is [string] -and $path -and ($size -is [int] -or $size -is [int64])) {
            $index[$path] = $entry
        }
    }
    $index
}

function Get-DiskRecord {
    <#
    .SYNOPSIS
        Gives the records of a VM's virtual hard disks.
    .OUTPUTS
        System.Collections.Specialized.OrderedDictionary, a DiskRecord
    #>
    [CmdletBinding()]
    [OutputType([System.Collections.Specialized.OrderedDictionary])]
    param(
        # The VM's Msvm_StorageAllocationSettingData; null: it has none.
        [Parameter(Mandatory = $true)]
        [AllowNull()]
        [object]$Setting,

        # From Get-KnownDiskIndex.
        [Parameter(Mandatory = $true)]
        [hashtable]$Known
    )

    foreach ($drive in $Setting) {
        if ($null -eq $drive -or $drive.ResourceSubType -ne 'Microsoft:Hyper-V:Virtual Hard Disk') {
            continue
        }
        $path = @($drive.HostResource)[0]
        $record = $null
        if ($Known.ContainsKey($path)) {
            $record = Get-KnownDiskRecord -Path $path -Known $Known[$path]
        }
        if ($null -eq $record) {
            $record = Read-DiskRecord -Path $path
        }
        $record
    }
}

function Get-KnownDiskRecord {
    <#
    .SYNOPSIS
        Gives the record of a disk that was read before: only its file's length can be another now.
    .OUTPUTS
        System.Collections.Specialized.OrderedDictionary, a DiskRecord; null where the file is not there
    #>
    [CmdletBinding()]
    [OutputType([System.Collections.Specialized.OrderedDictionary])]
    param(
        [Parameter(Mandatory = $true)]
        [string]$Path,

        # An entry of known_disks.
        [Parameter(Mandatory = $true)]
        [psobject]$Known
    )

    try {
        $file = Get-Item -LiteralPath (ConvertTo-PlainPath -Path $Path) -Force
        [ordered]@{
            disk_id    = Get-OptionalValue -InputObject $Known -Name 'disk_id'
            path       = $Path
            size_bytes = [int64]$Known.size_bytes
            file_bytes = [int64]$file.Length
        }
    }
    catch {
        # Gone, or named as only Hyper-V understands it: opening the disk tells.
        Write-AgentEvent -Stream 'verbose' -Text "$Path is not found: $($_.Exception.Message.Trim())"
    }
}

function Read-DiskRecord {
    <#
    .SYNOPSIS
        Opens a virtual hard disk and gives its record.
    .OUTPUTS
        System.Collections.Specialized.OrderedDictionary, a DiskRecord
    #>
    [CmdletBinding()]
    [OutputType([System.Collections.Specialized.OrderedDictionary])]
    param(
        [Parameter(Mandatory = $true)]
        [string]$Path
    )

    $record = [ordered]@{ disk_id = $null; path = $Path; size_bytes = $null; file_bytes = $null }
    try {
        $disk = Get-VHD -Path $Path
        if ($disk.DiskIdentifier) {
            $record['disk_id'] = ([guid][string]$disk.DiskIdentifier).ToString()
        }
        $record['size_bytes'] = [int64]$disk.Size
        $record['file_bytes'] = [int64]$disk.FileSize
    }
    catch {
        # Another host can hold the file open; the VM is worth reporting without it.
        Write-AgentEvent -Stream 'verbose' -Text "$Path cannot be read: $($_.Exception.Message.Trim())"
    }
    $record
}
