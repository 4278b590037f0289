<#
.SYNOPSIS
    Stands in for cmdlets of Windows PowerShell 5.1's Microsoft.PowerShell.Utility, over the classes of .NET that
    those are made of.
.DESCRIPTION
    They have the parameters that docs/scripting.md gives, and no others. What 5.1 does otherwise than later versions
    they do as 5.1: a text for a body is sent as Latin-1, and an answer without charset is read as Latin-1.
.OUTPUTS
    None
#>
Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'

$latin1 = [System.Text.Encoding]::GetEncoding('ISO-8859-1')
$utf8 = [System.Text.UTF8Encoding]::new($false)

function Invoke-RestMethod {
    <#
    .SYNOPSIS
        Sends a request and gives what its answer's JSON holds.
    .LINK
        https://learn.microsoft.com/powershell/module/microsoft.powershell.utility/invoke-restmethod?view=powershell-5.1
    #>
    [CmdletBinding()]
    param(
        [ValidateSet('Default', 'Get', 'Head', 'Post', 'Put', 'Delete', 'Trace', 'Options', 'Merge', 'Patch')]
        [string]$Method = 'Get',

        [Parameter(Mandatory = $true)]
        [uri]$Uri,

        [System.Collections.IDictionary]$Headers = @{},

        [object]$Body,

        [string]$ContentType
    )

    $answer = Send-WebRequest -Cmdlet $PSCmdlet -Method $Method -Uri $Uri -Headers $Headers -Body $Body -ContentType $ContentType
    if ($answer.Content -ne '') {
        ConvertFrom-Json -InputObject $answer.Content
    }
}

function Invoke-WebRequest {
    <#
    .SYNOPSIS
        Sends a request and gives its answer.
    .LINK
        https://learn.microsoft.com/powershell/module/microsoft.powershell.utility/invoke-webrequest?view=powershell-5.1
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)]
        [uri]$Uri,

        # Without it 5.1 asks Internet Explorer, which is on no server.
        [Parameter(Mandatory = $true)]
        [switch]$UseBasicParsing
    )

    Send-WebRequest -Cmdlet $PSCmdlet -Method Get -Uri $Uri -Headers @{} -Body $null -ContentType ''
}

function Send-WebRequest {
    <#
    .SYNOPSIS
        What both have in common.
    .OUTPUTS
        An object with StatusCode, Headers and Content
    #>
    [CmdletBinding()]
    param(
        [System.Management.Automation.PSCmdlet]$Cmdlet,
        [string]$Method,
        [uri]$Uri,
        [System.Collections.IDictionary]$Headers,
        [AllowNull()][object]$Body,
        [string]$ContentType
    )

    $request = [System.Net.WebRequest]::CreateHttp($Uri)
    $request.Method = $Method.ToUpperInvariant()
    foreach ($name in $Headers.Keys) {
        $request.Headers.Add($name, $Headers[$name])
    }
    if ($ContentType -ne '') {
        $request.ContentType = $ContentType
    }
    try {
        if ($null -ne $Body) {
            if ($Body -isnot [byte[]]) {
                $Body = $latin1.GetBytes([string]$Body)
            }
            $stream = $request.GetRequestStream()
            $stream.Write($Body, 0, $Body.Length)
            $stream.Dispose()
        }
        $response = $request.GetResponse()
    } catch [System.Net.WebException] {
        $Cmdlet.ThrowTerminatingError((ConvertTo-ErrorRecord -Exception $_.Exception -Request $request))
    }
    $encoding = $latin1
    if (-not [string]::IsNullOrEmpty($response.CharacterSet)) {
        $encoding = [System.Text.Encoding]::GetEncoding($response.CharacterSet)
    }
    $found = [System.Collections.Generic.Dictionary[string, string]]::new([System.StringComparer]::OrdinalIgnoreCase)
    foreach ($name in $response.Headers.AllKeys) {
        $found[$name] = $response.Headers[$name]
    }
    [pscustomobject]@{
        StatusCode = [int]$response.StatusCode
        Headers    = $found
        Content    = Read-Text -Response $response -Encoding $encoding
    }
}

function ConvertTo-ErrorRecord {
    <#
    .SYNOPSIS
        Makes the error of a request that failed; what the server said of it is in its details.
    .OUTPUTS
        System.Management.Automation.ErrorRecord
    #>
    [CmdletBinding()]
    param([System.Net.WebException]$Exception, [System.Net.WebRequest]$Request)

    $record = [System.Management.Automation.ErrorRecord]::new(
        $Exception,
        'WebCmdletWebResponseException,Microsoft.PowerShell.Commands.InvokeRestMethodCommand',
        'InvalidOperation',
        $Request)
    if ($null -ne $Exception.Response) {
        $text = Read-Text -Response $Exception.Response -Encoding $utf8
        # 5.1 takes for markup whatever stands between angle brackets.
        $details = $text -replace '<[^>]*>', ''
        if ($details -ne '') {
            $record.ErrorDetails = [System.Management.Automation.ErrorDetails]::new($details)
        }
    }
    $record
}

function Read-Text {
    <#
    .SYNOPSIS
        Reads the body of an answer.
    .OUTPUTS
        System.String
    #>
    [CmdletBinding()]
    param([System.Net.WebResponse]$Response, [System.Text.Encoding]$Encoding)

    $reader = [System.IO.StreamReader]::new($Response.GetResponseStream(), $Encoding, $false)
    try {
        $reader.ReadToEnd()
    } finally {
        $reader.Dispose()
    }
}

function Export-Csv {
    <#
    .SYNOPSIS
        Writes objects to a file, a line for each, with the members of the first for columns.
    .LINK
        https://learn.microsoft.com/powershell/module/microsoft.powershell.utility/export-csv?view=powershell-5.1
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)]
        [string]$Path,

        [Parameter(Mandatory = $true)]
        [switch]$NoTypeInformation,

        [Parameter(Mandatory = $true)]
        [ValidateSet('UTF8')]
        [string]$Encoding,

        [Parameter(ValueFromPipeline = $true)]
        [psobject]$InputObject
    )

    begin {
        $columns = $null
        $lines = [System.Collections.Generic.List[string]]::new()
    }
    process {
        if ($null -eq $columns) {
            $columns = @($InputObject.PSObject.Properties.Name)
            $lines.Add((Join-CsvField -Field $columns))
        }
        $lines.Add((Join-CsvField -Field @(foreach ($name in $columns) { $InputObject.$name })))
    }
    end {
        $target = $PSCmdlet.GetUnresolvedProviderPathFromPSPath($Path)
        [System.IO.File]::WriteAllLines($target, $lines, [System.Text.UTF8Encoding]::new($true))
    }
}

function Join-CsvField {
    <#
    .SYNOPSIS
        Makes one line: 5.1 puts every field between quotation marks.
    .OUTPUTS
        System.String
    #>
    [CmdletBinding()]
    param([AllowNull()][AllowEmptyString()][object[]]$Field)

    @(foreach ($each in $Field) { '"{0}"' -f ([string]$each).Replace('"', '""') }) -join ','
}

function Start-Sleep {
    <#
    .SYNOPSIS
        Waits.
    .LINK
        https://learn.microsoft.com/powershell/module/microsoft.powershell.utility/start-sleep?view=powershell-5.1
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)]
        [ValidateRange(0, 2147483)]
        [int]$Seconds
    )

    [System.Threading.Thread]::Sleep([timespan]::FromSeconds($Seconds))
}

function Write-Host {
    <#
    .SYNOPSIS
        Shows a line.
    .LINK
        https://learn.microsoft.com/powershell/module/microsoft.powershell.utility/write-host?view=powershell-5.1
    #>
    [CmdletBinding()]
    param([Parameter(Position = 0)][object]$Object)

    $Host.UI.WriteLine([string]$Object)
}
