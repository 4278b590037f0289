<#
.SYNOPSIS
    Objects of the cluster's cmdlets.
.OUTPUTS
    None. The file only defines functions.
#>

class ClusterNode {
    [string]$Name
    [string] ToString() { return $this.Name }
}

enum ClusterNodeState { Unknown = -1; Up = 0; Down = 1; Paused = 2; Joining = 3 }

class ClusterResourceType {
    [string]$Name
    [string] ToString() { return $this.Name }
}

enum ClusterGroupType {
    Cluster = 1
    AvailableStorage = 2
    Temporary = 3
    SharedVolume = 4
    StoragePool = 5
    VirtualMachine = 111
}

enum ClusterGroupState { Unknown = -1; Online = 0; Offline = 1; Failed = 2; PartialOnline = 3; Pending = 4 }

function Get-ClusterAnswer {
    <#
    .SYNOPSIS
        Asks the simulator about the cluster; without one, that is the cmdlet's error.
    .OUTPUTS
        System.Management.Automation.PSCustomObject
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)]
        [System.Management.Automation.PSCmdlet]$Cmdlet,

        [Parameter(Mandatory = $true)]
        [string]$Operation,

        [hashtable]$Argument = @{}
    )

    try {
        # The whole answer: a list is handed over one by one.
        Invoke-StandIn -Operation $Operation -Arguments $Argument | ForEach-Object -Process { $_ }
    }
    catch {
        Write-StandInError -Cmdlet $Cmdlet -Failure $_
    }
}

function Select-ClusterObject {
    <#
    .SYNOPSIS
        Gives those of a list that have one of the names or belong to the VM; all where nothing was asked for.
    .DESCRIPTION
        What was asked for and is not there is the cmdlet's error.
    .OUTPUTS
        System.Management.Automation.PSCustomObject
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)]
        [System.Management.Automation.PSCmdlet]$Cmdlet,

        [AllowNull()]
        [AllowEmptyCollection()]
        [object[]]$List,

        [AllowNull()]
        [string[]]$Name = $null,

        # null: of any VM, or none.
        [AllowNull()]
        [object]$VMId = $null
    )

    if ($null -ne $VMId) {
        $found = @($List | Where-Object -FilterScript { $_.VMId -eq $VMId.ToString() })
        $wanted = "virtual machine $VMId"
    }
    elseif ($null -ne $Name) {
        $found = @($List | Where-Object -FilterScript { $Name -contains $_.Name })
        $wanted = $Name -join ', '
    }
    else {
        return $List
    }
    if ($found.Count -eq 0 -and $null -ne $List) {
        $failure = @{
            Id           = $Cmdlet.MyInvocation.MyCommand.Name
            Category     = 'NotSpecified'
            Message      = "The cluster has nothing for $wanted. The object could not be found."
            TargetObject = $wanted
        }
        Write-StandInError -Cmdlet $Cmdlet -Failure (New-StandInFailure @failure)
    }
    $found
}

function Add-TypeName {
    <#
    .SYNOPSIS
        Makes an object say that it is of the real class.
    .OUTPUTS
        System.Management.Automation.PSCustomObject
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)]
        [psobject]$InputObject,

        [Parameter(Mandatory = $true)]
        [string]$Name
    )

    $InputObject.PSObject.TypeNames.Insert(0, "Microsoft.FailoverClusters.PowerShell.$Name")
    $InputObject
}

function ConvertTo-ClusterGroup {
    <#
    .SYNOPSIS
        Makes a group's object. Setting its Name renames the group, as with the real one.
    .OUTPUTS
        Microsoft.FailoverClusters.PowerShell.ClusterGroup
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)]
        [psobject]$Member
    )

    $group = [pscustomobject]@{
        Id        = $Member.Id
        Cluster   = $Member.Cluster
        GroupType = [ClusterGroupType]$Member.GroupType
        OwnerNode = [ClusterNode]@{ Name = $Member.OwnerNode }
        State     = [ClusterGroupState]$Member.State
    }
    $state = @{ Name = $Member.Name; Id = $Member.Id }
    $read = { $state.Name }.GetNewClosure()
    $write = {
        param($value)
        $null = Invoke-StandIn -Operation 'cluster.rename_group' -Arguments @{ group_id = $state.Id; name = $value }
        $state.Name = $value
    }.GetNewClosure()
    $group.PSObject.Properties.Add([System.Management.Automation.PSScriptProperty]::new('Name', $read, $write))
    Add-TypeName -InputObject $group -Name 'ClusterGroup'
}
