<#
.SYNOPSIS
    The cluster itself, its nodes and its shared volumes.
.OUTPUTS
    None. The file only defines functions.
#>

function Get-Cluster {
    <#
    .SYNOPSIS
        Gives the cluster that the host is a node of.
    .LINK
        https://learn.microsoft.com/powershell/module/failoverclusters/get-cluster
    .OUTPUTS
        Microsoft.FailoverClusters.PowerShell.Cluster
    #>
    [CmdletBinding()]
    param(
        [string]$Domain,

        [Parameter(Position = 0)]
        [string]$Name
    )

    process {
        Assert-Implemented -Cmdlet $PSCmdlet -Name @()
        $cluster = Get-ClusterAnswer -Cmdlet $PSCmdlet -Operation 'cluster.get'
        if ($null -ne $cluster) { Add-TypeName -InputObject $cluster -Name 'Cluster' }
    }
}

function Get-ClusterNode {
    <#
    .SYNOPSIS
        Gives the cluster's nodes, those that are down included.
    .LINK
        https://learn.microsoft.com/powershell/module/failoverclusters/get-clusternode
    .OUTPUTS
        Microsoft.FailoverClusters.PowerShell.ClusterNode
    #>
    [CmdletBinding()]
    param(
        [string]$Cluster,

        [Parameter(ValueFromPipeline = $true)]
        [psobject]$InputObject,

        [Parameter(Position = 0)]
        [string[]]$Name
    )

    process {
        Assert-Implemented -Cmdlet $PSCmdlet -Name 'Name'
        $list = @(Get-ClusterAnswer -Cmdlet $PSCmdlet -Operation 'cluster.list_nodes')
        foreach ($member in (Select-ClusterObject -Cmdlet $PSCmdlet -List $list -Name $Name)) {
            $node = [pscustomobject]@{
                Name    = $member.Name
                Id      = $member.Id
                Cluster = $member.Cluster
                State   = [ClusterNodeState]$member.State
            }
            Add-TypeName -InputObject $node -Name 'ClusterNode'
        }
    }
}

function Get-ClusterSharedVolume {
    <#
    .SYNOPSIS
        Gives the cluster's shared volumes.
    .LINK
        https://learn.microsoft.com/powershell/module/failoverclusters/get-clustersharedvolume
    .OUTPUTS
        Microsoft.FailoverClusters.PowerShell.ClusterSharedVolume
    #>
    [CmdletBinding()]
    param(
        [string]$Cluster,

        [Parameter(ValueFromPipeline = $true)]
        [psobject]$InputObject,

        [Parameter(Position = 0)]
        [string[]]$Name
    )

    process {
        Assert-Implemented -Cmdlet $PSCmdlet -Name 'Name'
        $list = @(Get-ClusterAnswer -Cmdlet $PSCmdlet -Operation 'cluster.list_shared_volumes')
        foreach ($member in (Select-ClusterObject -Cmdlet $PSCmdlet -List $list -Name $Name)) {
            $partition = [pscustomobject]@{
                FileSystem  = 'CSVFS'
                Size        = [uint64]$member.Size
                FreeSpace   = [uint64]$member.FreeSpace
                UsedSpace   = [uint64]($member.Size - $member.FreeSpace)
                PercentFree = [float](100 * $member.FreeSpace / $member.Size)
            }
            $information = [pscustomobject]@{
                FaultState         = 'NoFaults'
                FriendlyVolumeName = $member.FriendlyVolumeName
                VolumeName         = $member.VolumeName
                MaintenanceMode    = $false
                Partition          = $partition
            }
            $volume = [pscustomobject]@{
                Name             = $member.Name
                Id               = $member.Id
                OwnerNode        = [ClusterNode]@{ Name = $member.OwnerNode }
                State            = $member.State
                SharedVolumeInfo = @($information)
            }
            Add-TypeName -InputObject $volume -Name 'ClusterSharedVolume'
        }
    }
}
