<#
.SYNOPSIS
    Tells whether a host has what the other agents need.
.OUTPUTS
    None. Event lines and one result line go to standard output; the process ends with the exit code.
#>
[CmdletBinding()]
param(
    # The request, a JSON object (docs/agent-protocol.md).
    [Parameter(Mandatory = $true)]
    [AllowEmptyString()]
    [string]$RequestJson
)

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'

function Get-ModuleProblem {
    <#
    .SYNOPSIS
        Gives why Hyper-V's module cannot be imported; null: it can.
    .OUTPUTS
        System.String
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param()

    try {
        Import-Module -Name 'Hyper-V'
        $null
    }
    catch {
        $_.Exception.Message.Trim()
    }
}

function Get-RightsProblem {
    <#
    .SYNOPSIS
        Gives why the account may not list the host's VMs; null: it may.
    .OUTPUTS
        System.String
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param()

    try {
        $null = Get-VM
        $null
    }
    catch {
        $_.Exception.Message.Trim()
    }
}

function Get-ShareFinding {
    <#
    .SYNOPSIS
        Tells whether the account's credentials go further than the host: to the share that every account of its
        domain may read.
    .OUTPUTS
        System.Collections.Specialized.OrderedDictionary with path and reached; null: the host is in no domain
    #>
    [CmdletBinding()]
    [OutputType([System.Collections.Specialized.OrderedDictionary])]
    param()

    $machine = Get-CimInstance -Namespace 'root/cimv2' -ClassName 'Win32_ComputerSystem'
    if (-not $machine.PartOfDomain) {
        return $null
    }
    $path = "\\$($machine.Domain)\SYSVOL"
    $reached = $false
    try {
        $reached = Test-Path -LiteralPath $path
    }
    catch {
        # Access that is denied is an error of Test-Path; how it puts that differs.
        Write-AgentEvent -Stream 'verbose' -Text $_.Exception.Message.Trim()
    }
    [ordered]@{ path = $path; reached = $reached }
}

function Get-ClusterFinding {
    <#
    .SYNOPSIS
        Tells whether the account reaches the cluster in both ways that agents ask it.
    .OUTPUTS
        System.Collections.Specialized.OrderedDictionary with problem; null: the host is no running node of one
    #>
    [CmdletBinding()]
    [OutputType([System.Collections.Specialized.OrderedDictionary])]
    param()

    $problem = $null
    try {
        if (-not (Test-ClusterNode)) {
            return $null
        }
        $null = Get-ClusterGroup
        $null = Get-CimInstance -Namespace 'root/MSCluster' -ClassName 'MSCluster_Cluster'
    }
    catch {
        $problem = $_.Exception.Message.Trim()
    }
    [ordered]@{ problem = $problem }
}

function Get-MissingPath {
    <#
    .SYNOPSIS
        Gives the paths of the host's resources that lead nowhere: folders on no volume of the host, and files that
        are not there. A folder itself is made when it is needed.
    .OUTPUTS
        System.String
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param(
        [Parameter(Mandatory = $true)]
        [psobject]$Resource
    )

    $volumes = @(Get-StorageVolume)
    $folders = @($Resource.virtual_machines_path) + @($Resource.storage_classes | ForEach-Object -MemberName 'path')
    foreach ($folder in $folders) {
        if ($null -eq (Find-StorageVolume -Volume $volumes -Path $folder)) {
            $folder
        }
    }
    $media = Get-OptionalValue -InputObject $Resource -Name 'provisioning_media'
    $files = @(Get-ImageEntry -Resource $Resource -Volume $volumes | ForEach-Object -MemberName 'path') +
        @($media | Where-Object -FilterScript { $null -ne $_ } | ForEach-Object -MemberName 'path')
    foreach ($file in $files) {
        if (-not (Test-Path -LiteralPath $file -PathType Leaf)) {
            $file
        }
    }
}

function Get-ResourceFinding {
    <#
    .SYNOPSIS
        Tells whether the host's resources file can be used, and whether what it names is there.
    .OUTPUTS
        System.Collections.Specialized.OrderedDictionary with code, problem, missing_paths and missing_switches
    #>
    [CmdletBinding()]
    [OutputType([System.Collections.Specialized.OrderedDictionary])]
    param(
        # Hyper-V can be asked for its switches.
        [Parameter(Mandatory = $true)]
        [bool]$WithSwitches
    )

    $finding = [ordered]@{
        code             = $null
        problem          = $null
        missing_paths    = @()
        missing_switches = @()
    }
    try {
        $resource = Get-HostResource
    }
    catch {
        if (-not (Test-AgentError -ErrorRecord $_)) {
            throw
        }
        $finding['code'] = $_.Exception.Data['AgentErrorCode']
        $finding['problem'] = $_.Exception.Message
        return $finding
    }
    $finding['missing_paths'] = @(Get-MissingPath -Resource $resource)
    if ($WithSwitches) {
        $switches = @((Get-SwitchNameIndex).Values)
        $finding['missing_switches'] = @(
            foreach ($network in $resource.networks) {
                if ($switches -notcontains $network.configuration.virtual_switch) {
                    $network.configuration.virtual_switch
                }
            }
        )
    }
    $finding
}

function Test-AgentHost {
    <#
    .SYNOPSIS
        The operation check: tries what the other agents need, and tells of each whether it is there.
    .OUTPUTS
        System.Collections.Specialized.OrderedDictionary, as docs/agent-protocol.md describes it
    #>
    [CmdletBinding()]
    [OutputType([System.Collections.Specialized.OrderedDictionary])]
    param(
        # It asks for nothing.
        [Parameter(Mandatory = $true)]
        [psobject]$Request
    )

    Write-AgentEvent -Stream 'verbose' -Text "Checking the host for the request $($Request.job_id)."
    $module = Get-ModuleProblem
    $status = $null
    $service = Get-Service -Name 'vmms' -ErrorAction Ignore
    if ($null -ne $service) {
        $status = ([string]$service.Status).ToLowerInvariant()
    }
    $rights = $null
    if ($null -eq $module -and $status -eq 'running') {
        $rights = [ordered]@{ problem = Get-RightsProblem }
    }
    $mayAsk = $null -ne $rights -and $null -eq $rights['problem']
    [ordered]@{
        powershell_version = $PSVersionTable.PSVersion.ToString()
        language_mode      = [string]$ExecutionContext.SessionState.LanguageMode
        hyperv_module      = [ordered]@{ problem = $module }
        service            = [ordered]@{ status = $status }
        rights             = $rights
        share              = Get-ShareFinding
        cluster            = Get-ClusterFinding
        resources          = Get-ResourceFinding -WithSwitches $mayAsk
    }
}

$operations = @{
    check = 'Test-AgentHost'
}
exit (Invoke-AgentMain -Agent 'host' -Operations $operations -RequestJson $RequestJson -WithoutHyperV)
