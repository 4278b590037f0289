<#
.SYNOPSIS
    Which network adapters a cmdlet is about, and changing each of them.
.OUTPUTS
    None. The file only defines functions.
#>

function Get-TargetAdapter {
    <#
    .SYNOPSIS
        Gives the adapters that the caller handed over, or those of virtual machines, of one name where it is given.
    .OUTPUTS
        Microsoft.HyperV.PowerShell.VMNetworkAdapter
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)]
        [System.Management.Automation.PSCmdlet]$Cmdlet,

        [AllowNull()]
        [object[]]$VMNetworkAdapter = $null,

        [AllowNull()]
        [object[]]$VM = $null,

        [AllowNull()]
        [string[]]$VMName = $null,

        # Names of adapters, wildcards among them.
        [AllowNull()]
        [string[]]$Name = $null
    )

    if ($null -ne $VMNetworkAdapter) {
        return $VMNetworkAdapter
    }
    $targets = Get-TargetVM -Cmdlet $Cmdlet -VM $VM -Name $VMName
    Invoke-OnEach -Cmdlet $Cmdlet -InputObject $targets -Action {
        param($target)
        foreach ($member in (Invoke-StandIn -Operation 'adapter.list' -Arguments @{ vm_id = $target.Id })) {
            foreach ($pattern in @(if ($Name) { $Name } else { '*' })) {
                if ($member.Name -like $pattern) { ConvertTo-Adapter -Member $member }
            }
        }
    }
}

function Update-Adapter {
    <#
    .SYNOPSIS
        Does an operation that changes adapters, and gives their objects the new values.
    .OUTPUTS
        None, or with Passthru Microsoft.HyperV.PowerShell.VMNetworkAdapter
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)]
        [System.Management.Automation.PSCmdlet]$Cmdlet,

        [AllowNull()]
        [AllowEmptyCollection()]
        [object[]]$Adapter,

        [Parameter(Mandatory = $true)]
        [string]$Operation,

        # Arguments of the operation, beside the adapter's id and its VM's.
        [hashtable]$Argument = @{},

        [switch]$Passthru
    )

    Invoke-OnEach -Cmdlet $Cmdlet -InputObject $Adapter -Action {
        param($target)
        if ($Cmdlet.ShouldProcess($target.Name)) {
            $call = @{ vm_id = $target.VMId; adapter_id = $target.AdapterId } + $Argument
            $member = Invoke-StandIn -Operation $Operation -Arguments $call
            if ($null -ne $member) { Set-TypedMember -InputObject $target -Member $member }
            if ($Passthru) { $target }
        }
    }
}
