<#
.SYNOPSIS
    The guest's RSA public key, in each of the formats that guests publish.
.OUTPUTS
    None. The file only defines functions.
#>
Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'

function Get-Sha256 {
    <#
    .SYNOPSIS
        Gives the SHA-256 of some bytes.
    .DESCRIPTION
        By the provider's class: SHA256.Create() of .NET Framework gives a managed one, which refuses to
        work where Windows is in FIPS mode.
    .OUTPUTS
        System.Byte[]
    #>
    [CmdletBinding()]
    [OutputType([byte[]])]
    param(
        [Parameter(Mandatory = $true)]
        [AllowEmptyCollection()]
        [byte[]]$Data
    )

    $hash = [System.Security.Cryptography.SHA256CryptoServiceProvider]::new()
    try {
        , $hash.ComputeHash($Data)
    }
    finally {
        $hash.Dispose()
    }
}

function Get-GuestKeyByte {
    <#
    .SYNOPSIS
        Gives the bytes of the public key among a guest's items; null where there is none.
    .OUTPUTS
        System.Byte[]
    #>
    [CmdletBinding()]
    [OutputType([byte[]])]
    param(
        # From Get-GuestKvpItem.
        [Parameter(Mandatory = $true)]
        [System.Collections.IDictionary]$GuestItem
    )

    $name = 'hlvmm.meta.guest_provisioning_public_key'
    $text = [string]$GuestItem[$name]
    if (-not $text) {
        for ($number = 0; $GuestItem.Contains("$name._$number"); $number++) {
            $text += $GuestItem["$name._$number"]
        }
    }
    if (-not $text) {
        return $null
    }
    try {
        , [System.Convert]::FromBase64String($text)
    }
    catch {
        # A chunk can still be on its way.
        Write-AgentEvent -Stream 'verbose' -Text 'The guest''s public key is not base64 as it stands.'
        $null
    }
}

function Get-GuestKeyFingerprint {
    <#
    .SYNOPSIS
        Gives the SHA-256 of a guest's public key in hexadecimal, lower case; null where there is none.
    .OUTPUTS
        System.String
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param(
        # From Get-GuestKvpItem.
        [Parameter(Mandatory = $true)]
        [System.Collections.IDictionary]$GuestItem
    )

    $key = Get-GuestKeyByte -GuestItem $GuestItem
    if ($null -eq $key) {
        return $null
    }
    [System.BitConverter]::ToString((Get-Sha256 -Data $key)).Replace('-', '').ToLowerInvariant()
}
