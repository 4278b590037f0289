<#
.SYNOPSIS
    Encryption of a guest's configuration, provisioning protocol version 1.
.OUTPUTS
    None. The file only defines functions and their constants.
#>
Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'

# Bytes of UTF-8 whose encrypted form still fits into one item.
$script:GuestValueLimit = 719
# A longer value's chunks: characters in each, and how many of them guests look for.
$script:GuestChunkLength = 100
$script:GuestChunkLimit = 30

function New-GuestAesKey {
    <#
    .SYNOPSIS
        Gives 32 random bytes.
    .OUTPUTS
        System.Byte[]
    #>
    [CmdletBinding()]
    [OutputType([byte[]])]
    param()

    $key = [byte[]]::new(32)
    $random = [System.Security.Cryptography.RandomNumberGenerator]::Create()
    try {
        $random.GetBytes($key)
    }
    finally {
        $random.Dispose()
    }
    , $key
}

function Protect-GuestAesKey {
    <#
    .SYNOPSIS
        Wraps the AES key for the guest: base64 of RSA PKCS#1 v1.5.
    .OUTPUTS
        System.String
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param(
        [Parameter(Mandatory = $true)]
        [byte[]]$AesKey,

        [Parameter(Mandatory = $true)]
        [System.Security.Cryptography.RSAParameters]$PublicKey
    )

    $rsa = [System.Security.Cryptography.RSA]::Create()
    try {
        $rsa.ImportParameters($PublicKey)
        $wrapped = $rsa.Encrypt($AesKey, [System.Security.Cryptography.RSAEncryptionPadding]::Pkcs1)
        [System.Convert]::ToBase64String($wrapped)
    }
    finally {
        $rsa.Dispose()
    }
}

function Protect-GuestValue {
    <#
    .SYNOPSIS
        Encrypts one text: base64 of a fresh IV and AES-256-CBC with PKCS#7 padding of its UTF-8.
    .OUTPUTS
        System.String
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param(
        [Parameter(Mandatory = $true)]
        [string]$Text,

        [Parameter(Mandatory = $true)]
        [byte[]]$AesKey
    )

    $aes = [System.Security.Cryptography.Aes]::Create()
    try {
        $aes.Mode = [System.Security.Cryptography.CipherMode]::CBC
        $aes.Padding = [System.Security.Cryptography.PaddingMode]::PKCS7
        $aes.Key = $AesKey
        $aes.GenerateIV()
        $plain = [System.Text.Encoding]::UTF8.GetBytes($Text)
        $cipher = $aes.CreateEncryptor().TransformFinalBlock($plain, 0, $plain.Length)
        [System.Convert]::ToBase64String([byte[]]($aes.IV + $cipher))
    }
    finally {
        $aes.Dispose()
    }
}

function Get-GuestConfigEntry {
    <#
    .SYNOPSIS
        Gives the request's guest configuration in the order of its names, blank values left out.
    .OUTPUTS
        System.Collections.Specialized.OrderedDictionary of name to plaintext
    #>
    [CmdletBinding()]
    [OutputType([System.Collections.Specialized.OrderedDictionary])]
    param(
        [Parameter(Mandatory = $true)]
        [psobject]$Request
    )

    $config = Get-OptionalValue -InputObject $Request -Name 'guest_config'
    if ($config -isnot [System.Management.Automation.PSCustomObject]) {
        throw (New-AgentError -Code 'invalid_request' -Message 'The request has no guest_config.')
    }
    $names = [string[]]@(foreach ($property in $config.PSObject.Properties) { $property.Name })
    [System.Array]::Sort($names, [System.StringComparer]::Ordinal)

    $entries = [ordered]@{}
    foreach ($name in $names) {
        $value = $config.PSObject.Properties[$name].Value
        if ($null -ne $value -and $value -isnot [string]) {
            $message = "The guest value $name is not a text."
            throw (New-AgentError -Code 'invalid_request' -Message $message -Target $name)
        }
        if (-not [string]::IsNullOrWhiteSpace($value)) {
            $entries[$name] = $value
        }
    }
    $entries
}

function Split-GuestValue {
    <#
    .SYNOPSIS
        Gives a value's items: itself under its name, or chunks under <name>._0 and so on.
    .DESCRIPTION
        Windows guests do not look for chunks, so that whatever fits goes as one.
    .OUTPUTS
        System.Collections.Specialized.OrderedDictionary of name to plaintext
    #>
    [CmdletBinding()]
    [OutputType([System.Collections.Specialized.OrderedDictionary])]
    param(
        [Parameter(Mandatory = $true)]
        [string]$Name,

        [Parameter(Mandatory = $true)]
        [string]$Value,

        [Parameter(Mandatory = $true)]
        [string]$OsFamily
    )

    if ([System.Text.Encoding]::UTF8.GetByteCount($Value) -le $script:GuestValueLimit) {
        return [ordered]@{ $Name = $Value }
    }
    if ($OsFamily -eq 'windows') {
        $message = "The guest value $Name has more than $script:GuestValueLimit bytes; Windows guests cannot read it."
        throw (New-AgentError -Code 'invalid_request' -Message $message -Target $Name)
    }
    $chunks = [ordered]@{}
    $start = 0
    while ($start -lt $Value.Length) {
        $length = [System.Math]::Min($script:GuestChunkLength, $Value.Length - $start)
        # Each chunk is UTF-8 of its own: the two halves of one character stay together.
        if ([char]::IsHighSurrogate($Value[$start + $length - 1])) {
            $length--
        }
        $chunks["$Name._$($chunks.Count)"] = $Value.Substring($start, $length)
        $start += $length
    }
    if ($chunks.Count -gt $script:GuestChunkLimit) {
        $limit = $script:GuestChunkLimit * $script:GuestChunkLength
        $message = "The guest value $Name is longer than $limit characters."
        throw (New-AgentError -Code 'invalid_request' -Message $message -Target $Name)
    }
    $chunks
}

function Get-GuestConfigItem {
    <#
    .SYNOPSIS
        Gives the items of a whole guest configuration, in the order of its names.
    .OUTPUTS
        System.Collections.Specialized.OrderedDictionary of name (without prefix) to plaintext
    #>
    [CmdletBinding()]
    [OutputType([System.Collections.Specialized.OrderedDictionary])]
    param(
        # From Get-GuestConfigEntry.
        [Parameter(Mandatory = $true)]
        [System.Collections.IDictionary]$Entry,

        [Parameter(Mandatory = $true)]
        [string]$OsFamily
    )

    $items = [ordered]@{}
    foreach ($name in $Entry.Keys) {
        $parts = Split-GuestValue -Name $name -Value $Entry[$name] -OsFamily $OsFamily
        foreach ($part in $parts.Keys) {
            $items[$part] = $parts[$part]
        }
    }
    $items
}

function Protect-GuestConfig {
    <#
    .SYNOPSIS
        Encrypts a whole guest configuration for the guest's key, with a fresh AES key.
    .OUTPUTS
        System.Management.Automation.PSCustomObject with Checksum, WrappedKey, and Items: an ordered
        dictionary of the items' names (without prefix) to their encrypted values
    #>
    [CmdletBinding()]
    [OutputType([System.Management.Automation.PSCustomObject])]
    param(
        # The values, whole, in the order of their names: what the checksum is of.
        [Parameter(Mandatory = $true)]
        [AllowEmptyCollection()]
        [string[]]$Plaintext,

        # From Get-GuestConfigItem.
        [Parameter(Mandatory = $true)]
        [System.Collections.IDictionary]$Item,

        # From ConvertFrom-GuestKey.
        [Parameter(Mandatory = $true)]
        [System.Security.Cryptography.RSAParameters]$PublicKey
    )

    $joined = [System.Text.Encoding]::UTF8.GetBytes($Plaintext -join '|')
    $aesKey = New-GuestAesKey
    try {
        $encrypted = [ordered]@{}
        foreach ($name in $Item.Keys) {
            $encrypted[$name] = Protect-GuestValue -Text $Item[$name] -AesKey $aesKey
        }
        [pscustomobject]@{
            Checksum   = [System.Convert]::ToBase64String((Get-Sha256 -Data $joined))
            WrappedKey = Protect-GuestAesKey -AesKey $aesKey -PublicKey $PublicKey
            Items      = $encrypted
        }
    }
    finally {
        [System.Array]::Clear($aesKey, 0, $aesKey.Length)
    }
}
