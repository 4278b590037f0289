<#
.SYNOPSIS
    The formats in which guests publish an RSA public key.
.OUTPUTS
    None. The file only defines functions.
#>
Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'

function Get-ByteRange {
    <#
    .SYNOPSIS
        Gives a part of some bytes; throws where they end before it does.
    .OUTPUTS
        System.Byte[]
    #>
    [CmdletBinding()]
    [OutputType([byte[]])]
    param(
        [Parameter(Mandatory = $true)]
        [byte[]]$Data,

        [Parameter(Mandatory = $true)]
        [int]$Start,

        [Parameter(Mandatory = $true)]
        [int]$Length
    )

    $part = [byte[]]::new($Length)
    [System.Array]::Copy($Data, $Start, $part, 0, $Length)
    , $part
}

function Read-DerElement {
    <#
    .SYNOPSIS
        Reads tag and length of the DER element (X.690) at an offset.
    .OUTPUTS
        System.Management.Automation.PSCustomObject with Tag, Start and Length of its content, and End
    #>
    [CmdletBinding()]
    [OutputType([System.Management.Automation.PSCustomObject])]
    param(
        [Parameter(Mandatory = $true)]
        [byte[]]$Data,

        [Parameter(Mandatory = $true)]
        [int]$Offset
    )

    $start = $Offset + 2
    $length = [int]$Data[$Offset + 1]
    # The high bit set: the other bits say how many bytes hold the length.
    if ($length -ge 0x80) {
        $count = $length -band 0x7F
        if ($count -lt 1 -or $count -gt 2) {
            throw 'The length of a DER element is out of range.'
        }
        $length = 0
        for ($index = 0; $index -lt $count; $index++) {
            $length = $length * 256 + $Data[$start + $index]
        }
        $start += $count
    }
    if ($start + $length -gt $Data.Length) {
        throw 'A DER element is cut off.'
    }
    [pscustomobject]@{ Tag = [int]$Data[$Offset]; Start = $start; Length = $length; End = $start + $length }
}

function ConvertFrom-Pkcs1Key {
    <#
    .SYNOPSIS
        Reads a PKCS#1 RSAPublicKey (RFC 8017): a sequence of modulus and exponent.
    .OUTPUTS
        System.Collections.Hashtable with Modulus and Exponent, big-endian
    #>
    [CmdletBinding()]
    [OutputType([hashtable])]
    param(
        [Parameter(Mandatory = $true)]
        [byte[]]$Data
    )

    $sequence = Read-DerElement -Data $Data -Offset 0
    $modulus = Read-DerElement -Data $Data -Offset $sequence.Start
    $exponent = Read-DerElement -Data $Data -Offset $modulus.End
    if ($sequence.Tag -ne 0x30 -or $modulus.Tag -ne 0x02 -or $exponent.Tag -ne 0x02) {
        throw 'This is no RSAPublicKey.'
    }
    @{
        Modulus  = Get-ByteRange -Data $Data -Start $modulus.Start -Length $modulus.Length
        Exponent = Get-ByteRange -Data $Data -Start $exponent.Start -Length $exponent.Length
    }
}

function ConvertFrom-SpkiKey {
    <#
    .SYNOPSIS
        Reads an X.509 SubjectPublicKeyInfo (RFC 5280): an algorithm, and a PKCS#1 key in a bit string.
    .OUTPUTS
        System.Collections.Hashtable with Modulus and Exponent, big-endian
    #>
    [CmdletBinding()]
    [OutputType([hashtable])]
    param(
        [Parameter(Mandatory = $true)]
        [byte[]]$Data
    )

    $sequence = Read-DerElement -Data $Data -Offset 0
    $algorithm = Read-DerElement -Data $Data -Offset $sequence.Start
    $identifier = Read-DerElement -Data $Data -Offset $algorithm.Start
    $oid = Get-ByteRange -Data $Data -Start $identifier.Start -Length $identifier.Length
    # 1.2.840.113549.1.1.1, rsaEncryption.
    if ([System.BitConverter]::ToString($oid) -ne '2A-86-48-86-F7-0D-01-01-01') {
        throw 'This is no RSA key.'
    }
    $bits = Read-DerElement -Data $Data -Offset $algorithm.End
    if ($bits.Tag -ne 0x03) {
        throw 'This is no SubjectPublicKeyInfo.'
    }
    # The first byte counts the unused bits at the end, of which there are none.
    ConvertFrom-Pkcs1Key -Data (Get-ByteRange -Data $Data -Start ($bits.Start + 1) -Length ($bits.Length - 1))
}

function ConvertFrom-CapiKey {
    <#
    .SYNOPSIS
        Reads a CryptoAPI PUBLICKEYBLOB: BLOBHEADER (8 bytes), RSAPUBKEY (12), modulus, little-endian.
    .OUTPUTS
        System.Collections.Hashtable with Modulus and Exponent, big-endian
    #>
    [CmdletBinding()]
    [OutputType([hashtable])]
    param(
        [Parameter(Mandatory = $true)]
        [byte[]]$Data
    )

    if ([System.Text.Encoding]::ASCII.GetString($Data, 8, 4) -cne 'RSA1') {
        throw 'This is no public RSA key.'
    }
    $modulus = Get-ByteRange -Data $Data -Start 20 -Length ([System.BitConverter]::ToUInt32($Data, 12) / 8)
    $exponent = Get-ByteRange -Data $Data -Start 16 -Length 4
    [System.Array]::Reverse($modulus)
    [System.Array]::Reverse($exponent)
    @{ Modulus = $modulus; Exponent = $exponent }
}

function ConvertFrom-CngKey {
    <#
    .SYNOPSIS
        Reads a CNG BCRYPT_RSAPUBLIC_BLOB: BCRYPT_RSAKEY_BLOB (24 bytes), exponent, modulus, big-endian.
    .OUTPUTS
        System.Collections.Hashtable with Modulus and Exponent, big-endian
    #>
    [CmdletBinding()]
    [OutputType([hashtable])]
    param(
        [Parameter(Mandatory = $true)]
        [byte[]]$Data
    )

    $exponentLength = [System.BitConverter]::ToUInt32($Data, 8)
    $modulusLength = [System.BitConverter]::ToUInt32($Data, 12)
    @{
        Exponent = Get-ByteRange -Data $Data -Start 24 -Length $exponentLength
        Modulus  = Get-ByteRange -Data $Data -Start (24 + $exponentLength) -Length $modulusLength
    }
}

function Remove-LeadingZero {
    <#
    .SYNOPSIS
        Gives a big-endian number without the zero bytes before it.
    .OUTPUTS
        System.Byte[]
    #>
    [CmdletBinding()]
    [OutputType([byte[]])]
    param(
        [Parameter(Mandatory = $true)]
        [byte[]]$Data
    )

    $start = 0
    while ($start -lt $Data.Length - 1 -and $Data[$start] -eq 0) {
        $start++
    }
    , (Get-ByteRange -Data $Data -Start $start -Length ($Data.Length - $start))
}

function ConvertFrom-GuestKey {
    <#
    .SYNOPSIS
        Gives the RSA public key that a guest published, whichever format it has.
    .DESCRIPTION
        The first bytes tell: CAPI begins 06 02, CNG RSA1; PKCS#1 and SPKI both begin with a sequence (30),
        which holds a number (02) in the one and a sequence in the other. By hand, because .NET Framework
        imports none of the four everywhere.
    .OUTPUTS
        System.Security.Cryptography.RSAParameters
    #>
    [CmdletBinding()]
    [OutputType([System.Security.Cryptography.RSAParameters])]
    param(
        [Parameter(Mandatory = $true)]
        [byte[]]$Data
    )

    try {
        if ($Data[0] -eq 0x06 -and $Data[1] -eq 0x02) {
            $key = ConvertFrom-CapiKey -Data $Data
        }
        elseif ([System.Text.Encoding]::ASCII.GetString($Data, 0, 4) -ceq 'RSA1') {
            $key = ConvertFrom-CngKey -Data $Data
        }
        elseif ((Read-DerElement -Data $Data -Offset (Read-DerElement -Data $Data -Offset 0).Start).Tag -eq 0x02) {
            $key = ConvertFrom-Pkcs1Key -Data $Data
        }
        else {
            $key = ConvertFrom-SpkiKey -Data $Data
        }
    }
    catch {
        $message = 'The guest''s public key is none of PKCS#1, SPKI, CAPI and CNG for RSA.'
        throw (New-AgentError -Code 'guest_key_unsupported' -Message $message)
    }

    $parameters = [System.Security.Cryptography.RSAParameters]::new()
    $parameters.Modulus = Remove-LeadingZero -Data $key.Modulus
    $parameters.Exponent = Remove-LeadingZero -Data $key.Exponent
    $bits = $parameters.Modulus.Length * 8
    if ($bits -lt 2048 -or $bits -gt 4096) {
        $message = "The guest's RSA key has $bits bits; 2048 to 4096 are accepted."
        throw (New-AgentError -Code 'guest_key_unsupported' -Message $message)
    }
    $parameters
}
