<#
.SYNOPSIS
    The cluster's groups and resources.
.OUTPUTS
    None. The file only defines functions.
#>

function Get-ClusterGroup {
    <#
    .SYNOPSIS
        Gives the cluster's groups; a virtual machine's is its role.
    .LINK
        https://learn.microsoft.com/powershell/module/failoverclusters/get-clustergroup
    .OUTPUTS
        Microsoft.FailoverClusters.PowerShell.ClusterGroup
    #>
    [CmdletBinding()]
    param(
        [string]$Cluster,

        [Parameter(ValueFromPipeline = $true)]
        [psobject]$InputObject,

        [Parameter(Position = 0)]
        [string[]]$Name,

        [Parameter(ValueFromPipelineByPropertyName = $true)]
        [guid]$VMId
    )

    process {
        Assert-Implemented -Cmdlet $PSCmdlet -Name 'Name', 'VMId'
        $list = @(Get-ClusterAnswer -Cmdlet $PSCmdlet -Operation 'cluster.list_groups')
        $chosen = @{ List = $list; Name = $Name; VMId = $PSBoundParameters['VMId'] }
        foreach ($member in (Select-ClusterObject -Cmdlet $PSCmdlet @chosen)) {
            ConvertTo-ClusterGroup -Member $member
        }
    }
}

function Get-ClusterResource {
    <#
    .SYNOPSIS
        Gives the cluster's resources.
    .LINK
        https://learn.microsoft.com/powershell/module/failoverclusters/get-clusterresource
    .OUTPUTS
        Microsoft.FailoverClusters.PowerShell.ClusterResource
    #>
    [CmdletBinding()]
    param(
        [string]$Cluster,

        [Parameter(ValueFromPipeline = $true)]
        [psobject]$InputObject,

        [Parameter(Position = 0)]
        [string[]]$Name,

        [Parameter(ValueFromPipelineByPropertyName = $true)]
        [guid]$VMId
    )

    process {
        Assert-Implemented -Cmdlet $PSCmdlet -Name 'Name', 'VMId'
        $list = @(Get-ClusterAnswer -Cmdlet $PSCmdlet -Operation 'cluster.list_resources')
        $chosen = @{ List = $list; Name = $Name; VMId = $PSBoundParameters['VMId'] }
        foreach ($member in (Select-ClusterObject -Cmdlet $PSCmdlet @chosen)) {
            $resource = [pscustomobject]@{
                Name         = $member.Name
                Id           = $member.Id
                Cluster      = $member.Cluster
                ResourceType = [ClusterResourceType]@{ Name = $member.ResourceType }
                OwnerGroup   = $member.OwnerGroup
                OwnerNode    = [ClusterNode]@{ Name = $member.OwnerNode }
                State        = $member.State
            }
            Add-TypeName -InputObject $resource -Name 'ClusterResource'
        }
    }
}

function Remove-ClusterGroup {
    <#
    .SYNOPSIS
        Takes a group out of the cluster; a virtual machine itself stays as it is.
    .LINK
        https://learn.microsoft.com/powershell/module/failoverclusters/remove-clustergroup
    .OUTPUTS
        None
    #>
    [CmdletBinding(SupportsShouldProcess = $true)]
    param(
        [string]$Cluster,

        [switch]$Force,

        [Parameter(ValueFromPipeline = $true)]
        [psobject]$InputObject,

        [Parameter(Position = 0)]
        [string[]]$Name,

        [switch]$RemoveResources,

        [Parameter(ValueFromPipelineByPropertyName = $true)]
        [guid]$VMId
    )

    process {
        Assert-Implemented -Cmdlet $PSCmdlet -Name 'VMId', 'RemoveResources', 'Force'
        Assert-Unprompted -Cmdlet $PSCmdlet -Force $Force
        if (-not $RemoveResources) {
            $failure = @{
                Id       = 'Remove-ClusterGroup'
                Category = 'NotSpecified'
                Message  = 'The group still has resources: it can be removed with RemoveResources only.'
            }
            Write-StandInError -Cmdlet $PSCmdlet -Failure (New-StandInFailure @failure)
            return
        }
        if ($PSCmdlet.ShouldProcess($VMId)) {
            Get-ClusterAnswer -Cmdlet $PSCmdlet -Operation 'cluster.remove_group' -Argument @{ vm_id = $VMId }
        }
    }
}

function Update-ClusterVirtualMachineConfiguration {
    <#
    .SYNOPSIS
        Brings the cluster's copy of a virtual machine's configuration up to date.
    .LINK
        https://learn.microsoft.com/powershell/module/failoverclusters/update-clustervirtualmachineconfiguration
    .OUTPUTS
        Microsoft.FailoverClusters.PowerShell.ClusterResource
    #>
    [CmdletBinding()]
    param(
        [string]$Cluster,

        [Parameter(ValueFromPipeline = $true)]
        [psobject]$InputObject,

        [Parameter(Position = 0)]
        [string]$Name,

        [Parameter(ValueFromPipelineByPropertyName = $true)]
        [guid]$VMId
    )

    process {
        Assert-Implemented -Cmdlet $PSCmdlet -Name 'VMId'
        $call = @{ Operation = 'cluster.update_configuration'; Argument = @{ vm_id = $VMId } }
        $null = Get-ClusterAnswer -Cmdlet $PSCmdlet @call
        Get-ClusterResource -VMId $VMId | Where-Object -FilterScript {
            [string]$_.ResourceType -eq 'Virtual Machine Configuration'
        }
    }
}
