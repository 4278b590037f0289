<#
.SYNOPSIS
    What a failover cluster knows, for a host that is in one.
.OUTPUTS
    None. The file only defines functions.
#>
Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'

function Test-ClusterNode {
    <#
    .SYNOPSIS
        Tells whether the host is a running node of a failover cluster.
    .DESCRIPTION
        The cmdlets alone do not tell: they can be installed on a host outside a cluster, and there fail
        as they would in a broken cluster.
    .OUTPUTS
        System.Boolean
    #>
    [CmdletBinding()]
    [OutputType([bool])]
    param()

    $service = Get-Service -Name 'ClusSvc' -ErrorAction Ignore
    if ($null -eq $service -or [string]$service.Status -ne 'Running') {
        return $false
    }
    # By name: another module with a Get-Cluster, such as VMware's, can stand first on the module path.
    Import-Module -Name 'FailoverClusters'
    $true
}

function Get-ClusteredVmId {
    <#
    .SYNOPSIS
        Gives the ids of all VMs that have a role in the host's cluster, lower case.
    .OUTPUTS
        System.String
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param()

    if (-not (Test-ClusterNode)) {
        return
    }
    $resources = Get-ClusterResource | Where-Object -FilterScript { [string]$_.ResourceType -eq 'Virtual Machine' }
    if ($null -eq $resources) {
        return
    }
    foreach ($parameter in ($resources | Get-ClusterParameter -Name 'VmID')) {
        ([guid][string]$parameter.Value).ToString()
    }
}

function Get-ClusterVmName {
    <#
    .SYNOPSIS
        Gives the names of the VM roles of the host's cluster; a role is named after its VM.
    .OUTPUTS
        System.String
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param()

    if (-not (Test-ClusterNode)) {
        return
    }
    foreach ($group in (Get-ClusterGroup)) {
        if ([string]$group.GroupType -eq 'VirtualMachine') {
            $group.Name
        }
    }
}
