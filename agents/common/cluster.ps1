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

function Get-ClusterGroupNameIndex {
    <#
    .SYNOPSIS
        Gives the names of the groups of all VMs that have a role in the host's cluster.
    .DESCRIPTION
        One query for the whole cluster. The resources of a VM, itself and its configuration, both have its id
        among their private properties, and both are in its group.
    .LINK
        https://learn.microsoft.com/previous-versions/windows/desktop/cluswmi/mscluster-resource
    .OUTPUTS
        System.Collections.Hashtable of the VM's id (lower case) to the group's name; empty outside a cluster
    #>
    [CmdletBinding()]
    [OutputType([hashtable])]
    param()

    $index = @{}
    if (-not (Test-ClusterNode)) {
        return $index
    }
    foreach ($resource in (Get-CimInstance -Namespace 'root/MSCluster' -ClassName 'MSCluster_Resource')) {
        $vmId = Get-OptionalValue -InputObject $resource.PrivateProperties -Name 'VmID'
        if ($vmId) {
            $index[([guid][string]$vmId).ToString()] = $resource.OwnerGroup
        }
    }
    $index
}

function Get-ClusterRoleIndex {
    <#
    .SYNOPSIS
        Gives the roles of all VMs of the host's cluster.
    .OUTPUTS
        System.Collections.Hashtable of the VM's id (lower case) to its ClusterRoleRecord; empty outside a cluster
    #>
    [CmdletBinding()]
    [OutputType([hashtable])]
    param()

    $index = @{}
    $names = Get-ClusterGroupNameIndex
    if ($names.Count -eq 0) {
        return $index
    }
    $states = @{}
    foreach ($group in (Get-ClusterGroup)) {
        $states[$group.Name] = [string]$group.State
    }
    foreach ($id in $names.Keys) {
        $name = $names[$id]
        $state = switch ($states[$name]) {
            'Online' { 'online' }
            'Offline' { 'offline' }
            'Failed' { 'failed' }
            'PartialOnline' { 'partially_online' }
            'Pending' { 'pending' }
            default { 'unknown' }
        }
        $index[$id] = [ordered]@{ name = $name; state = $state }
    }
    $index
}

function Get-ClusterNodeRecord {
    <#
    .SYNOPSIS
        Gives the records of all nodes of the cluster that the host is a node of.
    .OUTPUTS
        System.Collections.Specialized.OrderedDictionary, a ClusterNodeRecord
    #>
    [CmdletBinding()]
    [OutputType([System.Collections.Specialized.OrderedDictionary])]
    param()

    foreach ($node in (Get-ClusterNode)) {
        $state = switch ([string]$node.State) {
            'Up' { 'up' }
            'Down' { 'down' }
            'Paused' { 'paused' }
            'Joining' { 'joining' }
            default { 'unknown' }
        }
        [ordered]@{ name = $node.Name; state = $state }
    }
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

    (Get-ClusterGroupNameIndex).Keys
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

function Assert-Clusterable {
    <#
    .SYNOPSIS
        Throws where a VM cannot become a role: its files are not all on the cluster's shared volumes, or the
        cluster could not tell it by its name.
    .OUTPUTS
        None
    #>
    [CmdletBinding()]
    param(
        # From Get-VM.
        [Parameter(Mandatory = $true)]
        [object]$VirtualMachine
    )

    $id = ([guid]$VirtualMachine.Id).ToString()
    $volumes = @(Get-StorageVolume)
    $files = @(
        $VirtualMachine.Path
        foreach ($entry in (Get-VmMedia)) { if ($entry.VmId -eq $id) { $entry.Path } }
    )
    $stray = @(
        foreach ($file in $files) {
            $on = Find-StorageVolume -Volume $volumes -Path $file
            if ($null -eq $on -or -not $on.Shared) { $file }
        }
    )
    if ($stray.Count -gt 0) {
        $message = "Not on a shared volume of the cluster: $($stray -join ', ')"
        throw (New-AgentError -Code 'cluster_storage_not_shared' -Message $message -Target 'vm_id')
    }

    $names = @(
        foreach ($summary in (Get-VmSummary)) { if ($summary.Name -ne $id) { $summary.ElementName } }
        Get-ClusterVmName
    )
    if ($names -contains $VirtualMachine.Name) {
        $message = "Another VM of the host, or a role of its cluster, is named $($VirtualMachine.Name) too."
        throw (New-AgentError -Code 'vm_name_taken' -Message $message -Target 'vm_id')
    }
}

function Add-VmClusterRole {
    <#
    .SYNOPSIS
        Makes a VM a role of the host's cluster.
    .DESCRIPTION
        By the cluster's CIM class, since Add-ClusterVirtualMachineRole does not work in a remote session
        whose credentials go no further. It knows the VM by its name. Called once: each call leaves a
        temporary file on the host, of which there can be only so many.
    .OUTPUTS
        None
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)]
        [string]$VmName
    )

    $call = @{
        InputObject = Get-CimInstance -Namespace 'root/MSCluster' -ClassName 'MSCluster_Cluster'
        MethodName  = 'AddVirtualMachine'
        Arguments   = @{ VirtualMachine = $VmName }
    }
    $null = Invoke-CimMethod @call
}

function Remove-VmClusterRole {
    <#
    .SYNOPSIS
        Takes a VM's role out of the host's cluster; the VM stays as it is.
    .OUTPUTS
        System.Boolean. False: it had none.
    #>
    [CmdletBinding()]
    [OutputType([bool])]
    param(
        [Parameter(Mandatory = $true)]
        [guid]$VmId
    )

    if (@(Get-ClusteredVmId) -notcontains $VmId.ToString()) {
        return $false
    }
    Write-AgentEvent -Stream 'information' -Text 'Removing the role of the VM from the cluster.'
    Remove-ClusterGroup -VMId $VmId -RemoveResources -Force
    $true
}

function Rename-VmClusterRole {
    <#
    .SYNOPSIS
        Gives the role of a renamed VM the same name; a role that keeps its name is worth a warning only.
    .OUTPUTS
        None
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)]
        [guid]$VmId,

        [Parameter(Mandatory = $true)]
        [string]$NewName
    )

    if (@(Get-ClusteredVmId) -notcontains $VmId.ToString()) {
        return
    }
    try {
        (Get-ClusterGroup -VMId $VmId).Name = $NewName
    }
    catch {
        $words = $_.Exception.Message.Trim()
        Write-AgentEvent -Stream 'warning' -Text "The role in the cluster keeps its old name: $words"
    }
}

function Update-VmClusterRole {
    <#
    .SYNOPSIS
        Brings the cluster's copy of a VM's configuration up to date after a change to its hardware.
    .DESCRIPTION
        The change itself is done, so that a failure is worth a warning only.
    .OUTPUTS
        None
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)]
        [guid]$VmId
    )

    if (@(Get-ClusteredVmId) -notcontains $VmId.ToString()) {
        return
    }
    try {
        $null = Update-ClusterVirtualMachineConfiguration -VMId $VmId
    }
    catch {
        $words = $_.Exception.Message.Trim()
        Write-AgentEvent -Stream 'warning' -Text "The cluster's copy of the configuration is not up to date: $words"
    }
}
