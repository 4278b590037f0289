<#
.SYNOPSIS
    Copies an image to a new disk's file.
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
        [string]$TargetPath
    )

    $bufferSize = 4MB
    $source = $null
    $target = $null
    $isComplete = $false
    try {
        $source = [System.IO.FileStream]::new(
            $PSCmdlet.GetUnresolvedProviderPathFromPSPath($SourcePath),
            [System.IO.FileMode]::Open, [System.IO.FileAccess]::Read, [System.IO.FileShare]::Read,
            $bufferSize, [System.IO.FileOptions]::SequentialScan)
        $target = [System.IO.FileStream]::new(
            $PSCmdlet.GetUnresolvedProviderPathFromPSPath($TargetPath),
            [System.IO.FileMode]::CreateNew, [System.IO.FileAccess]::Write, [System.IO.FileShare]::None,
            $bufferSize)
        # Takes the room at once: a volume that cannot hold the copy says so now, not at its end.
        $target.SetLength($source.Length)

        $buffer = [byte[]]::new($bufferSize)
        $copied = [int64]0
        $nextReport = [int64]0
        while (($count = $source.Read($buffer, 0, $buffer.Length)) -gt 0) {
            $target.Write($buffer, 0, $count)
            $copied += $count
            if ($copied -ge $nextReport -or $copied -eq $source.Length) {
                Write-CopyProgress -CopiedBytes $copied -TotalBytes $source.Length
                $nextReport = $copied + [int64]($source.Length / 20)
            }
        }
        $target.Flush($true)
        $isComplete = $true
    }
    catch {
        throw (ConvertTo-CopyError -Exception $_.Exception.GetBaseException() -TargetPath $TargetPath)
    }
    finally {
        if ($null -ne $source) {
            $source.Dispose()
        }
        if ($null -ne $target) {
            $target.Dispose()
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

    $message = 'Copied {0:0.#} of {1:0.#} GB ({2:0}%).'
    $values = ($CopiedBytes / 1GB), ($TotalBytes / 1GB), [System.Math]::Floor(100 * $CopiedBytes / $TotalBytes)
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
        [string]$TargetPath
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
            return New-AgentError -Code 'storage_full' -Message $message -Target 'storage_class'
        }
    }
    $Exception
}
