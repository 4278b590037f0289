<#
.SYNOPSIS
    Reading instances.
.OUTPUTS
    None. The file only defines functions.
#>

function Get-CimInstance {
    <#
    .SYNOPSIS
        Gives the instances of a class, or one instance as it is now.
    .LINK
        https://learn.microsoft.com/powershell/module/cimcmdlets/get-ciminstance
    .OUTPUTS
        Microsoft.Management.Infrastructure.CimInstance
    #>
    [CmdletBinding(DefaultParameterSetName = 'ClassNameComputerSet')]
    param(
        [Parameter(ParameterSetName = 'ResourceUriSessionSet', Mandatory = $true, ValueFromPipeline = $true)]
        [Parameter(ParameterSetName = 'QuerySessionSet', Mandatory = $true, ValueFromPipeline = $true)]
        [Parameter(ParameterSetName = 'ClassNameSessionSet', Mandatory = $true, ValueFromPipeline = $true)]
        [Parameter(ParameterSetName = 'CimInstanceSessionSet', Mandatory = $true, ValueFromPipeline = $true)]
        [CimSession[]]$CimSession,

        [Parameter(ParameterSetName = 'ClassNameComputerSet', Mandatory = $true,
            Position = 0, ValueFromPipelineByPropertyName = $true)]
        [Parameter(ParameterSetName = 'ClassNameSessionSet', Mandatory = $true,
            Position = 0, ValueFromPipelineByPropertyName = $true)]
        [string]$ClassName,

        [Parameter(ParameterSetName = 'ClassNameComputerSet', ValueFromPipelineByPropertyName = $true)]
        [Parameter(ParameterSetName = 'CimInstanceComputerSet', ValueFromPipelineByPropertyName = $true)]
        [Parameter(ParameterSetName = 'ResourceUriComputerSet', ValueFromPipelineByPropertyName = $true)]
        [Parameter(ParameterSetName = 'QueryComputerSet', ValueFromPipelineByPropertyName = $true)]
        [Alias('CN', 'ServerName')]
        [string[]]$ComputerName,

        [Parameter(ParameterSetName = 'ClassNameComputerSet', ValueFromPipelineByPropertyName = $true)]
        [Parameter(ParameterSetName = 'ResourceUriSessionSet', ValueFromPipelineByPropertyName = $true)]
        [Parameter(ParameterSetName = 'ClassNameSessionSet', ValueFromPipelineByPropertyName = $true)]
        [Parameter(ParameterSetName = 'ResourceUriComputerSet', ValueFromPipelineByPropertyName = $true)]
        [string]$Filter,

        [Parameter(ParameterSetName = 'CimInstanceSessionSet', Mandatory = $true,
            Position = 0, ValueFromPipeline = $true)]
        [Parameter(ParameterSetName = 'CimInstanceComputerSet', Mandatory = $true,
            Position = 0, ValueFromPipeline = $true)]
        [Alias('CimInstance')]
        [PSTypeName('Microsoft.Management.Infrastructure.CimInstance')]
        [psobject]$InputObject,

        [Parameter(ParameterSetName = 'ClassNameComputerSet')]
        [Parameter(ParameterSetName = 'ResourceUriSessionSet')]
        [Parameter(ParameterSetName = 'ClassNameSessionSet')]
        [Parameter(ParameterSetName = 'ResourceUriComputerSet')]
        [switch]$KeyOnly,

        [Parameter(ParameterSetName = 'ClassNameComputerSet', ValueFromPipelineByPropertyName = $true)]
        [Parameter(ParameterSetName = 'ResourceUriSessionSet', ValueFromPipelineByPropertyName = $true)]
        [Parameter(ParameterSetName = 'QuerySessionSet', ValueFromPipelineByPropertyName = $true)]
        [Parameter(ParameterSetName = 'ClassNameSessionSet', ValueFromPipelineByPropertyName = $true)]
        [Parameter(ParameterSetName = 'ResourceUriComputerSet', ValueFromPipelineByPropertyName = $true)]
        [Parameter(ParameterSetName = 'QueryComputerSet', ValueFromPipelineByPropertyName = $true)]
        [string]$Namespace,

        [Alias('OT')]
        [uint32]$OperationTimeoutSec,

        [Parameter(ParameterSetName = 'ClassNameComputerSet', ValueFromPipelineByPropertyName = $true)]
        [Parameter(ParameterSetName = 'ResourceUriSessionSet', ValueFromPipelineByPropertyName = $true)]
        [Parameter(ParameterSetName = 'ClassNameSessionSet', ValueFromPipelineByPropertyName = $true)]
        [Parameter(ParameterSetName = 'ResourceUriComputerSet', ValueFromPipelineByPropertyName = $true)]
        [Alias('SelectProperties')]
        [string[]]$Property,

        [Parameter(ParameterSetName = 'QuerySessionSet', Mandatory = $true,
            ValueFromPipelineByPropertyName = $true)]
        [Parameter(ParameterSetName = 'QueryComputerSet', Mandatory = $true,
            ValueFromPipelineByPropertyName = $true)]
        [string]$Query,

        [Parameter(ParameterSetName = 'ClassNameComputerSet', ValueFromPipelineByPropertyName = $true)]
        [Parameter(ParameterSetName = 'QuerySessionSet', ValueFromPipelineByPropertyName = $true)]
        [Parameter(ParameterSetName = 'ClassNameSessionSet', ValueFromPipelineByPropertyName = $true)]
        [Parameter(ParameterSetName = 'QueryComputerSet', ValueFromPipelineByPropertyName = $true)]
        [string]$QueryDialect,

        [Parameter(ParameterSetName = 'ResourceUriSessionSet', ValueFromPipelineByPropertyName = $true)]
        [Parameter(ParameterSetName = 'ResourceUriComputerSet', ValueFromPipelineByPropertyName = $true)]
        [Parameter(ParameterSetName = 'QuerySessionSet', ValueFromPipelineByPropertyName = $true)]
        [Parameter(ParameterSetName = 'QueryComputerSet', ValueFromPipelineByPropertyName = $true)]
        [Parameter(ParameterSetName = 'CimInstanceSessionSet', ValueFromPipelineByPropertyName = $true)]
        [Parameter(ParameterSetName = 'CimInstanceComputerSet', ValueFromPipelineByPropertyName = $true)]
        [uri]$ResourceUri,

        [Parameter(ParameterSetName = 'ClassNameComputerSet')]
        [Parameter(ParameterSetName = 'ResourceUriSessionSet')]
        [Parameter(ParameterSetName = 'QuerySessionSet')]
        [Parameter(ParameterSetName = 'ClassNameSessionSet')]
        [Parameter(ParameterSetName = 'ResourceUriComputerSet')]
        [Parameter(ParameterSetName = 'QueryComputerSet')]
        [switch]$Shallow
    )

    process {
        Assert-Implemented -Cmdlet $PSCmdlet -Name 'ClassName', 'Namespace', 'InputObject'
        try {
            if ($null -ne $InputObject) {
                $call = Get-InstanceKey -Instance $InputObject
                ConvertTo-CimInstance -Member (Invoke-StandIn -Operation 'cim.get' -Arguments $call)
                return
            }
            $call = @{ namespace = if ($Namespace) { $Namespace } else { 'root/cimv2' }; class_name = $ClassName }
            foreach ($member in (Invoke-StandIn -Operation 'cim.enumerate' -Arguments $call)) {
                ConvertTo-CimInstance -Member $member
            }
        }
        catch {
            Write-StandInError -Cmdlet $PSCmdlet -Failure $_
        }
    }
}

function Get-CimAssociatedInstance {
    <#
    .SYNOPSIS
        Gives the instances that an association leads to from another.
    .LINK
        https://learn.microsoft.com/powershell/module/cimcmdlets/get-cimassociatedinstance
    .OUTPUTS
        Microsoft.Management.Infrastructure.CimInstance
    #>
    [CmdletBinding(DefaultParameterSetName = 'ComputerSet')]
    param(
        [Parameter(Position = 1, ValueFromPipelineByPropertyName = $true)]
        [string]$Association,

        [Parameter(ParameterSetName = 'SessionSet', Mandatory = $true, ValueFromPipeline = $true)]
        [CimSession[]]$CimSession,

        [Parameter(ParameterSetName = 'ComputerSet')]
        [Alias('CN', 'ServerName')]
        [string[]]$ComputerName,

        [Parameter(Mandatory = $true, Position = 0, ValueFromPipeline = $true)]
        [Alias('CimInstance')]
        [PSTypeName('Microsoft.Management.Infrastructure.CimInstance')]
        [psobject]$InputObject,

        [switch]$KeyOnly,

        [Parameter(ValueFromPipelineByPropertyName = $true)]
        [string]$Namespace,

        [Parameter(ValueFromPipelineByPropertyName = $true)]
        [Alias('OT')]
        [uint32]$OperationTimeoutSec,

        [uri]$ResourceUri,

        [string]$ResultClassName
    )

    process {
        Assert-Implemented -Cmdlet $PSCmdlet -Name 'InputObject', 'Association', 'ResultClassName'
        try {
            $call = Get-InstanceKey -Instance $InputObject
            $call['association'] = $Association
            $call['result_class'] = $ResultClassName
            foreach ($member in (Invoke-StandIn -Operation 'cim.associated' -Arguments $call)) {
                ConvertTo-CimInstance -Member $member
            }
        }
        catch {
            Write-StandInError -Cmdlet $PSCmdlet -Failure $_
        }
    }
}
