<#
.SYNOPSIS
    Items of the key-value pair exchange as CIM-XML, and in lots.
.OUTPUTS
    None. The file only defines functions and their constants.
#>
Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'

# The most items that one call takes.
$script:KvpItemLimit = 128

function ConvertFrom-KvpItemXml {
    <#
    .SYNOPSIS
        Gives names and data of Msvm_KvpExchangeDataItem instances written as CIM-XML.
    .DESCRIPTION
        The guest chooses names and data of its items. One that cannot be read is left out.
    .OUTPUTS
        System.Collections.Specialized.OrderedDictionary of name to data
    #>
    [CmdletBinding()]
    [OutputType([System.Collections.Specialized.OrderedDictionary])]
    param(
        [Parameter(Mandatory = $true)]
        [AllowNull()]
        [AllowEmptyCollection()]
        [string[]]$Xml
    )

    $items = [ordered]@{}
    foreach ($text in $Xml) {
        $document = [System.Xml.XmlDocument]::new()
        $document.XmlResolver = $null
        try {
            $document.LoadXml($text)
        }
        catch {
            Write-AgentEvent -Stream 'warning' -Text 'An item of the key-value pair exchange is not XML.'
            continue
        }
        $name = $document.SelectSingleNode("/INSTANCE/PROPERTY[@NAME='Name']/VALUE")
        $data = $document.SelectSingleNode("/INSTANCE/PROPERTY[@NAME='Data']/VALUE")
        if ($null -ne $name) {
            $items[$name.InnerText] = if ($null -eq $data) { '' } else { $data.InnerText }
        }
    }
    $items
}

function ConvertTo-KvpItemXml {
    <#
    .SYNOPSIS
        Gives one Msvm_KvpExchangeDataItem as the CIM-XML of an embedded instance (DSP0201).
    .OUTPUTS
        System.String
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param(
        [Parameter(Mandatory = $true)]
        [string]$Name,

        [Parameter(Mandatory = $true)]
        [AllowEmptyString()]
        [string]$Data
    )

    $property = '<PROPERTY NAME="{0}" TYPE="{1}"><VALUE>{2}</VALUE></PROPERTY>'
    $properties = @(
        $property -f 'Name', 'string', [System.Security.SecurityElement]::Escape($Name)
        $property -f 'Data', 'string', [System.Security.SecurityElement]::Escape($Data)
        # From the host to the guest.
        $property -f 'Source', 'uint16', '0'
    )
    '<INSTANCE CLASSNAME="Msvm_KvpExchangeDataItem">' + ($properties -join '') + '</INSTANCE>'
}

function Split-KvpItem {
    <#
    .SYNOPSIS
        Cuts items into lots that one call takes, in their order.
    .OUTPUTS
        System.Collections.Specialized.OrderedDictionary of name to data, 128 at most
    #>
    [CmdletBinding()]
    [OutputType([System.Collections.Specialized.OrderedDictionary])]
    param(
        [Parameter(Mandatory = $true)]
        [System.Collections.IDictionary]$Item
    )

    $lot = [ordered]@{}
    foreach ($name in $Item.Keys) {
        $lot[$name] = $Item[$name]
        if ($lot.Count -eq $script:KvpItemLimit) {
            $lot
            $lot = [ordered]@{}
        }
    }
    if ($lot.Count -gt 0) {
        $lot
    }
}
