<#
.SYNOPSIS
    Copies an image to a new file.
.OUTPUTS
    None. The file only defines functions.
#>
Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'

function Copy-ImageFile {
    <#
    .SYNOPSIS
        Copies an image's file, with progress events, and takes a half-written copy away when it fails.
    .DESCRIPTION
        The one place that opens files by System.IO itself: Copy-Item reports no progress, and cannot
        refuse a target that exists in the same step. The paths are resolved by PowerShell first, so that
        both mean the same file.
    .OUTPUTS
        None
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)]
        [string]$SourcePath,

        [Parameter(Mandatory = $true)]
        [string]$TargetPath,

        # The field of the request that is to blame where the volume runs full; empty: none.
        [string]$Target = ''
    )

    $bufferSize = 4MB
    $source = $null
    $copy = $null
    $isComplete = $false
    try {
        $source = [System.IO.FileStream]::new(
            $PSCmdlet.GetUnresolvedProviderPathFromPSPath($SourcePath),
            [System.IO.FileMode]::Open, [System.IO.FileAccess]::Read, [System.IO.FileShare]::Read,
            $bufferSize, [System.IO.FileOptions]::SequentialScan)
        $copy = [System.IO.FileStream]::new(
            $PSCmdlet.GetUnresolvedProviderPathFromPSPath($TargetPath),
            [System.IO.FileMode]::CreateNew, [System.IO.FileAccess]::Write, [System.IO.FileShare]::None,
            $bufferSize)
        # Takes the room at once: a volume that cannot hold the copy says so now, not at its end.
        $copy.SetLength($source.Length)

        $buffer = [byte[]]::new($bufferSize)
        $copied = [int64]0
        $nextReport = [int64]0
        while (($count = $source.Read($buffer, 0, $buffer.Length)) -gt 0) {
            $copy.Write($buffer, 0, $count)
            $copied += $count
            if ($copied -ge $nextReport -or $copied -eq $source.Length) {
                Write-CopyProgress -CopiedBytes $copied -TotalBytes $source.Length
                $nextReport = $copied + [int64]($source.Length / 20)
            }
        }
        $copy.Flush($true)
        $isComplete = $true
    }
    catch {
        $cause = $_.Exception.GetBaseException()
        throw (ConvertTo-CopyError -Exception $cause -TargetPath $TargetPath -Target $Target)
    }
    finally {
        if ($null -ne $source) {
            $source.Dispose()
        }
        if ($null -ne $copy) {
            $copy.Dispose()
            if (-not $isComplete) {
                Remove-Item -LiteralPath $TargetPath -Force
            }
        }
    }
}

function Write-CopyProgress {
    <#
    .SYNOPSIS
        Tells how far a copy is.
    .OUTPUTS
        None
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)]
        [int64]$CopiedBytes,

        [Parameter(Mandatory = $true)]
        [int64]$TotalBytes
    )

    $unit, $name = if ($TotalBytes -lt 1GB) { 1MB, 'MB' } else { 1GB, 'GB' }
    $message = 'Copied {0:0.#} of {1:0.#} {2} ({3:0}%).'
    $percent = [System.Math]::Floor(100 * $CopiedBytes / $TotalBytes)
    $values = ($CopiedBytes / $unit), ($TotalBytes / $unit), $name, $percent
    $text = [string]::Format([System.Globalization.CultureInfo]::InvariantCulture, $message, $values)
    Write-AgentEvent -Stream 'progress' -Text $text
}

function ConvertTo-CopyError {
    <#
    .SYNOPSIS
        Gives the agent's error for what went wrong while a file was copied.
    .OUTPUTS
        System.Exception
    #>
    [CmdletBinding()]
    [OutputType([System.Exception])]
    param(
        [Parameter(Mandatory = $true)]
        [System.Exception]$Exception,

        [Parameter(Mandatory = $true)]
        [string]$TargetPath,

        # As of Copy-ImageFile.
        [string]$Target = ''
    )

    # The low half of an HRESULT is the Win32 error.
    switch ($Exception.HResult -band 0xFFFF) {
        # ERROR_FILE_EXISTS
        80 {
            return New-AgentError -Code 'disk_exists' -Message "The file $TargetPath exists already."
        }
        # ERROR_HANDLE_DISK_FULL, ERROR_DISK_FULL
        { $_ -in 39, 112 } {
            $message = "The volume of $TargetPath ran full during the copy."
            return New-AgentError -Code 'storage_full' -Message $message -Target $Target
        }
    }
    $Exception
}
