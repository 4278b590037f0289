<#
.SYNOPSIS
    What a VM and its guest are at, by the numbers and names of Hyper-V's classes: none of them is localized.
.OUTPUTS
    None. The file only defines functions.
#>
Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'

function ConvertTo-VmActivity {
    <#
    .SYNOPSIS
        Gives the protocol's name for the second value of a VM's OperationalStatus; null: it is at nothing.
    .LINK
        https://learn.microsoft.com/windows/win32/hyperv_v2/msvm-computersystem
    .OUTPUTS
        System.String
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param(
        # OperationalStatus of Msvm_SummaryInformation.
        [Parameter(Mandatory = $true)]
        [AllowNull()]
        [AllowEmptyCollection()]
        [object]$Status
    )

    $codes = @($Status)
    if ($codes.Count -lt 2) {
        return $null
    }
    switch ([int]$codes[1]) {
        # A checkpoint is made, applied, deleted.
        { $_ -in 32768, 32769, 32770 } { 'checkpointing' }
        32772 { 'merging_disks' }
        32773 { 'exporting' }
        32774 { 'migrating' }
        default { $null }
    }
}

function ConvertTo-HeartbeatName {
    <#
    .SYNOPSIS
        Gives the protocol's name for a Heartbeat of Msvm_SummaryInformation; null: none is expected.
    .LINK
        https://learn.microsoft.com/windows/win32/hyperv_v2/msvm-summaryinformation
    .OUTPUTS
        System.String
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param(
        # null where the service is switched off.
        [Parameter(Mandatory = $true)]
        [AllowNull()]
        [object]$Code
    )

    switch ($Code) {
        2 { 'ok' }
        6 { 'error' }
        12 { 'no_contact' }
        13 { 'lost' }
        default { $null }
    }
}

function Get-GuestNameIndex {
    <#
    .SYNOPSIS
        Gives what the guests call themselves, in one query for all VMs.
    .DESCRIPTION
        FullyQualifiedDomainName is one of the items that the guest's service writes by itself.
    .LINK
        https://learn.microsoft.com/windows/win32/hyperv_v2/msvm-kvpexchangecomponent
    .OUTPUTS
        System.Collections.Hashtable of the VM's id (lower case) to the name
    #>
    [CmdletBinding()]
    [OutputType([hashtable])]
    param()

    $name = 'FullyQualifiedDomainName'
    $index = @{}
    foreach ($component in (Get-VirtualizationInstance -ClassName 'Msvm_KvpExchangeComponent')) {
        # Each guest has a dozen items: only this one is worth reading as XML.
        $xml = @(foreach ($item in $component.GuestIntrinsicExchangeItems) { if ($item -match $name) { $item } })
        $items = ConvertFrom-KvpItemXml -Xml $xml
        if ($items.Contains($name) -and $items[$name]) {
            $index[$component.SystemName.ToLowerInvariant()] = $items[$name]
        }
    }
    $index
}
