<#
.SYNOPSIS
    Which VMs, drives and adapters a cmdlet is about, and doing an operation on each of them.
.OUTPUTS
    None. The file only defines functions.
#>

function ConvertTo-VM {
    <#
    .SYNOPSIS
        Makes a VM's object.
    .OUTPUTS
        Microsoft.HyperV.PowerShell.VirtualMachine
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)]
        [psobject]$Member
    )

    $name = 'Microsoft.HyperV.PowerShell.VirtualMachine'
    ConvertTo-TypedObject -Type ([VirtualMachine]) -TypeName $name -Member $Member
}

function ConvertTo-Drive {
    <#
    .SYNOPSIS
        Makes a hard disk drive's object.
    .OUTPUTS
        Microsoft.HyperV.PowerShell.HardDiskDrive
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)]
        [psobject]$Member
    )

    $name = 'Microsoft.HyperV.PowerShell.HardDiskDrive'
    ConvertTo-TypedObject -Type ([HardDiskDrive]) -TypeName $name -Member $Member
}

function ConvertTo-DvdDrive {
    <#
    .SYNOPSIS
        Makes a DVD drive's object.
    .OUTPUTS
        Microsoft.HyperV.PowerShell.DvdDrive
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)]
        [psobject]$Member
    )

    ConvertTo-TypedObject -Type ([DvdDrive]) -TypeName 'Microsoft.HyperV.PowerShell.DvdDrive' -Member $Member
}

function ConvertTo-Adapter {
    <#
    .SYNOPSIS
        Makes a network adapter's object.
    .OUTPUTS
        Microsoft.HyperV.PowerShell.VMNetworkAdapter
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)]
        [psobject]$Member
    )

    $name = 'Microsoft.HyperV.PowerShell.VMNetworkAdapter'
    ConvertTo-TypedObject -Type ([VMNetworkAdapter]) -TypeName $name -Member $Member
}

function Get-TargetVM {
    <#
    .SYNOPSIS
        Gives the VMs that the caller handed over or named; a name that no VM has is the cmdlet's error.
    .OUTPUTS
        Microsoft.HyperV.PowerShell.VirtualMachine
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)]
        [System.Management.Automation.PSCmdlet]$Cmdlet,

        # Objects from Get-VM; without them the names count.
        [AllowNull()]
        [object[]]$VM = $null,

        # Names, wildcards among them.
        [AllowNull()]
        [string[]]$Name = $null
    )

    if ($null -ne $VM) {
        return $VM
    }
    $all = Invoke-StandIn -Operation 'vm.list' -Arguments @{}
    foreach ($wanted in $Name) {
        $found = @($all | Where-Object -FilterScript { $_.Name -like $wanted })
        $isPattern = [System.Management.Automation.WildcardPattern]::ContainsWildcardCharacters($wanted)
        if ($found.Count -eq 0 -and -not $isPattern) {
            $failure = @{
                Id           = 'InvalidParameter'
                Category     = 'InvalidArgument'
                Message      = "Hyper-V was unable to find a virtual machine with name ""$wanted""."
                TargetObject = $wanted
            }
            Write-StandInError -Cmdlet $Cmdlet -Failure (New-StandInFailure @failure)
        }
        foreach ($member in $found) {
            ConvertTo-VM -Member $member
        }
    }
}

function Invoke-OnEach {
    <#
    .SYNOPSIS
        Does something with each object; what the simulator refuses for one is an error, and the next follows.
    .OUTPUTS
        What the action gives
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)]
        [System.Management.Automation.PSCmdlet]$Cmdlet,

        [AllowNull()]
        [AllowEmptyCollection()]
        [object[]]$InputObject,

        # Gets the object as its only argument.
        [Parameter(Mandatory = $true)]
        [scriptblock]$Action
    )

    foreach ($object in $InputObject) {
        try {
            & $Action $object
        }
        catch {
            Write-StandInError -Cmdlet $Cmdlet -Failure $_ -TargetObject $object
        }
    }
}

function Update-VM {
    <#
    .SYNOPSIS
        Does an operation that changes a VM, and gives the VM's object its new values.
    .OUTPUTS
        None, or with Passthru Microsoft.HyperV.PowerShell.VirtualMachine
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)]
        [System.Management.Automation.PSCmdlet]$Cmdlet,

        [AllowNull()]
        [AllowEmptyCollection()]
        [object[]]$VM,

        [Parameter(Mandatory = $true)]
        [string]$Operation,

        # Arguments of the operation, beside the VM's id.
        [hashtable]$Argument = @{},

        [switch]$Passthru
    )

    Invoke-OnEach -Cmdlet $Cmdlet -InputObject $VM -Action {
        param($target)
        if ($Cmdlet.ShouldProcess($target.Name)) {
            $member = Invoke-StandIn -Operation $Operation -Arguments (@{ vm_id = $target.Id } + $Argument)
            Set-TypedMember -InputObject $target -Member $member
            if ($Passthru) { $target }
        }
    }
}
