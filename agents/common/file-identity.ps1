<#
.SYNOPSIS
    Tells whether two paths name one file, however they are written.
.OUTPUTS
    None. The file only defines functions.
#>
Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'

function ConvertTo-PlainPath {
    <#
    .SYNOPSIS
        Gives a path without what changes nothing in it: \\?\ before a drive, /, ., .. and empty parts.
    .OUTPUTS
        System.String
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param(
        [Parameter(Mandatory = $true)]
        [string]$Path
    )

    $text = $Path.Replace('/', '\') -replace '^\\\\[?.]\\(?=[A-Za-z]:)', ''
    $parts = [System.Collections.Generic.List[string]]::new()
    foreach ($part in $text.Split('\')) {
        if ($part -eq '..') {
            if ($parts.Count -gt 1) {
                $parts.RemoveAt($parts.Count - 1)
            }
        }
        elseif ($part -ne '' -and $part -ne '.') {
            $parts.Add($part)
        }
    }
    $lead = if ($text.StartsWith('\\')) { '\\' } else { '' }
    $lead + ($parts -join '\')
}

function Read-FileIdentity {
    <#
    .SYNOPSIS
        Gives what tells a file from others, whichever of its names the path is.
    .DESCRIPTION
        The identifier inside a virtual hard disk and the time at which the file was created are the same
        through every junction, hard link, short name and share, and on every node of a cluster. Both can be
        had while a VM has the file open.
    .OUTPUTS
        System.Management.Automation.PSCustomObject with Path, DiskId and Created (null: not known), ParentPath
        (null: none), and Problem: why the disk cannot be read; null: it can, or no file is there
    #>
    [CmdletBinding()]
    [OutputType([System.Management.Automation.PSCustomObject])]
    param(
        [Parameter(Mandatory = $true)]
        [string]$Path
    )

    $identity = [pscustomobject]@{ Path = $Path; DiskId = $null; Created = $null; ParentPath = $null; Problem = $null }
    $plain = ConvertTo-PlainPath -Path $Path
    try {
        $item = Get-Item -LiteralPath $plain -Force
        # A symbolic link has a time of its own, not its file's.
        if (([string]$item.Attributes) -notmatch 'ReparsePoint') {
            $invariant = [System.Globalization.CultureInfo]::InvariantCulture
            $identity.Created = $item.CreationTimeUtc.ToString('o', $invariant)
        }
    }
    catch {
        # Not there, or named as only Hyper-V understands it: then the identifier alone tells.
        Write-AgentEvent -Stream 'verbose' -Text "$Path is not found: $($_.Exception.Message.Trim())"
    }
    if ($plain -notmatch '\.(a?vhdx?|vhds)$') {
        return $identity
    }
    try {
        $disk = Get-VHD -Path $Path
        if ($disk.DiskIdentifier) {
            $identity.DiskId = ([guid][string]$disk.DiskIdentifier).ToString()
        }
        if ($disk.ParentPath) {
            $identity.ParentPath = [string]$disk.ParentPath
        }
    }
    catch {
        # A disk that is gone needs no other file.
        if ($plain -notmatch '^[A-Za-z]:' -or (Test-Path -LiteralPath $plain)) {
            $identity.Problem = $_.Exception.Message.Trim()
        }
    }
    $identity
}

function Test-SameFile {
    <#
    .SYNOPSIS
        Tells whether two paths name one file.
    .DESCRIPTION
        Two names of a disk have one identifier. A copy can have it too, and is then told apart by its time; one
        that kept both is taken for the same file. What has no identifier must have the name and the time.
    .OUTPUTS
        System.Boolean
    #>
    [CmdletBinding()]
    [OutputType([bool])]
    param(
        # From Read-FileIdentity.
        [Parameter(Mandatory = $true)]
        [psobject]$One,

        # From Read-FileIdentity.
        [Parameter(Mandatory = $true)]
        [psobject]$Other
    )

    $plain = ConvertTo-PlainPath -Path $One.Path
    $otherPlain = ConvertTo-PlainPath -Path $Other.Path
    if ($plain -eq $otherPlain) {
        return $true
    }
    $isTimeKnown = $null -ne $One.Created -and $null -ne $Other.Created
    if ($One.DiskId -ne $Other.DiskId -or ($isTimeKnown -and $One.Created -ne $Other.Created)) {
        return $false
    }
    if ($null -ne $One.DiskId) {
        return $true
    }
    $isTimeKnown -and ($plain -replace '^.*\\', '') -eq ($otherPlain -replace '^.*\\', '')
}
