<#
.SYNOPSIS
    Calling methods of instances, and instances that exist on the client only.
.OUTPUTS
    None. The file only defines functions.
#>

function Invoke-CimMethod {
    <#
    .SYNOPSIS
        Calls a method of an instance.
    .LINK
        https://learn.microsoft.com/powershell/module/cimcmdlets/invoke-cimmethod
    .OUTPUTS
        Microsoft.Management.Infrastructure.CimMethodResult
    #>
    [CmdletBinding(DefaultParameterSetName = 'ClassNameComputerSet', SupportsShouldProcess = $true)]
    param(
        [Parameter(Position = 1, ValueFromPipelineByPropertyName = $true)]
        [System.Collections.IDictionary]$Arguments,

        [Parameter(ParameterSetName = 'CimClassComputerSet', Mandatory = $true,
            Position = 0, ValueFromPipeline = $true)]
        [Parameter(ParameterSetName = 'CimClassSessionSet', Mandatory = $true,
            Position = 0, ValueFromPipeline = $true)]
        [psobject]$CimClass,

        [Parameter(ParameterSetName = 'ClassNameSessionSet', Mandatory = $true, ValueFromPipeline = $true)]
        [Parameter(ParameterSetName = 'CimInstanceSessionSet', Mandatory = $true, ValueFromPipeline = $true)]
        [Parameter(ParameterSetName = 'CimClassSessionSet', Mandatory = $true, ValueFromPipeline = $true)]
        [Parameter(ParameterSetName = 'QuerySessionSet', Mandatory = $true, ValueFromPipeline = $true)]
        [Parameter(ParameterSetName = 'ResourceUriSessionSet', Mandatory = $true, ValueFromPipeline = $true)]
        [CimSession[]]$CimSession,

        [Parameter(ParameterSetName = 'ClassNameComputerSet', Mandatory = $true,
            Position = 0, ValueFromPipelineByPropertyName = $true)]
        [Parameter(ParameterSetName = 'ClassNameSessionSet', Mandatory = $true,
            Position = 0, ValueFromPipelineByPropertyName = $true)]
        [Alias('Class')]
        [string]$ClassName,

        [Parameter(ParameterSetName = 'ClassNameComputerSet', ValueFromPipelineByPropertyName = $true)]
        [Parameter(ParameterSetName = 'ResourceUriComputerSet', ValueFromPipelineByPropertyName = $true)]
        [Parameter(ParameterSetName = 'CimClassComputerSet', ValueFromPipelineByPropertyName = $true)]
        [Parameter(ParameterSetName = 'CimInstanceComputerSet', ValueFromPipelineByPropertyName = $true)]
        [Parameter(ParameterSetName = 'QueryComputerSet', ValueFromPipelineByPropertyName = $true)]
        [Alias('CN', 'ServerName')]
        [string[]]$ComputerName,

        [Parameter(ParameterSetName = 'CimInstanceComputerSet', Mandatory = $true,
            Position = 0, ValueFromPipeline = $true)]
        [Parameter(ParameterSetName = 'CimInstanceSessionSet', Mandatory = $true,
            Position = 0, ValueFromPipeline = $true)]
        [Alias('CimInstance')]
        [PSTypeName('Microsoft.Management.Infrastructure.CimInstance')]
        [psobject]$InputObject,

        [Parameter(Mandatory = $true, Position = 2, ValueFromPipelineByPropertyName = $true)]
        [Alias('Name')]
        [string]$MethodName,

        [Parameter(ParameterSetName = 'ClassNameComputerSet', ValueFromPipelineByPropertyName = $true)]
        [Parameter(ParameterSetName = 'ClassNameSessionSet', ValueFromPipelineByPropertyName = $true)]
        [Parameter(ParameterSetName = 'ResourceUriComputerSet', ValueFromPipelineByPropertyName = $true)]
        [Parameter(ParameterSetName = 'ResourceUriSessionSet', ValueFromPipelineByPropertyName = $true)]
        [Parameter(ParameterSetName = 'QuerySessionSet', ValueFromPipelineByPropertyName = $true)]
        [Parameter(ParameterSetName = 'QueryComputerSet', ValueFromPipelineByPropertyName = $true)]
        [string]$Namespace,

        [Alias('OT')]
        [uint32]$OperationTimeoutSec,

        [Parameter(ParameterSetName = 'QuerySessionSet', Mandatory = $true,
            ValueFromPipelineByPropertyName = $true)]
        [Parameter(ParameterSetName = 'QueryComputerSet', Mandatory = $true,
            ValueFromPipelineByPropertyName = $true)]
        [string]$Query,

        [Parameter(ParameterSetName = 'QuerySessionSet', ValueFromPipelineByPropertyName = $true)]
        [Parameter(ParameterSetName = 'QueryComputerSet', ValueFromPipelineByPropertyName = $true)]
        [string]$QueryDialect,

        [Parameter(ParameterSetName = 'CimInstanceComputerSet', ValueFromPipelineByPropertyName = $true)]
        [Parameter(ParameterSetName = 'CimInstanceSessionSet', ValueFromPipelineByPropertyName = $true)]
        [uri]$ResourceUri
    )

    process {
        Assert-Implemented -Cmdlet $PSCmdlet -Name 'InputObject', 'MethodName', 'Arguments'
        if ($null -eq $InputObject) { Assert-Implemented -Cmdlet $PSCmdlet -Name @() }
        try {
            $call = Get-InstanceKey -Instance $InputObject
            $class = @{ namespace = $call.namespace; class_name = $call.class_name }
            $declared = (Invoke-StandIn -Operation 'cim.methods' -Arguments $class).PSObject.Properties[$MethodName]
            $call['method'] = $MethodName
            $call['arguments'] = @{}
            if ($null -ne $declared -and $null -ne $Arguments) {
                $given = @{ Declared = $declared.Value; Argument = $Arguments; MethodName = $MethodName }
                $call['arguments'] = ConvertTo-MethodArgument @given
            }
            if ($PSCmdlet.ShouldProcess($call.class_name, $MethodName)) {
                ConvertFrom-MethodOutput -Output (Invoke-StandIn -Operation 'cim.invoke' -Arguments $call)
            }
        }
        catch {
            Write-StandInError -Cmdlet $PSCmdlet -Failure $_
        }
    }
}

function New-CimInstance {
    <#
    .SYNOPSIS
        Makes an instance that exists on the client only, such as one that holds the keys of another.
    .LINK
        https://learn.microsoft.com/powershell/module/cimcmdlets/new-ciminstance
    .OUTPUTS
        Microsoft.Management.Infrastructure.CimInstance
    #>
    [CmdletBinding(DefaultParameterSetName = 'ClassNameComputerSet', SupportsShouldProcess = $true)]
    param(
        [Parameter(ParameterSetName = 'CimClassSessionSet', Mandatory = $true,
            Position = 0, ValueFromPipeline = $true)]
        [Parameter(ParameterSetName = 'CimClassComputerSet', Mandatory = $true,
            Position = 0, ValueFromPipeline = $true)]
        [psobject]$CimClass,

        [Parameter(ParameterSetName = 'ClassNameSessionSet', Mandatory = $true, ValueFromPipeline = $true)]
        [Parameter(ParameterSetName = 'ResourceUriSessionSet', Mandatory = $true, ValueFromPipeline = $true)]
        [Parameter(ParameterSetName = 'CimClassSessionSet', Mandatory = $true, ValueFromPipeline = $true)]
        [CimSession[]]$CimSession,

        [Parameter(ParameterSetName = 'ClassNameComputerSet', Mandatory = $true,
            Position = 0, ValueFromPipelineByPropertyName = $true)]
        [Parameter(ParameterSetName = 'ClassNameSessionSet', Mandatory = $true,
            Position = 0, ValueFromPipelineByPropertyName = $true)]
        [string]$ClassName,

        [Parameter(ParameterSetName = 'ClassNameComputerSet')]
        [Parameter(ParameterSetName = 'ClassNameSessionSet')]
        [Parameter(ParameterSetName = 'CimClassSessionSet')]
        [Parameter(ParameterSetName = 'CimClassComputerSet')]
        [Alias('Local')]
        [switch]$ClientOnly,

        [Parameter(ParameterSetName = 'ClassNameComputerSet', ValueFromPipelineByPropertyName = $true)]
        [Parameter(ParameterSetName = 'ResourceUriComputerSet', ValueFromPipelineByPropertyName = $true)]
        [Parameter(ParameterSetName = 'CimClassComputerSet', ValueFromPipelineByPropertyName = $true)]
        [Alias('CN', 'ServerName')]
        [string[]]$ComputerName,

        [Parameter(ParameterSetName = 'ClassNameComputerSet', ValueFromPipelineByPropertyName = $true)]
        [Parameter(ParameterSetName = 'ClassNameSessionSet', ValueFromPipelineByPropertyName = $true)]
        [Parameter(ParameterSetName = 'ResourceUriSessionSet', ValueFromPipelineByPropertyName = $true)]
        [Parameter(ParameterSetName = 'ResourceUriComputerSet', ValueFromPipelineByPropertyName = $true)]
        [string[]]$Key,

        [Parameter(ParameterSetName = 'ClassNameComputerSet', ValueFromPipelineByPropertyName = $true)]
        [Parameter(ParameterSetName = 'ClassNameSessionSet', ValueFromPipelineByPropertyName = $true)]
        [Parameter(ParameterSetName = 'ResourceUriSessionSet', ValueFromPipelineByPropertyName = $true)]
        [Parameter(ParameterSetName = 'ResourceUriComputerSet', ValueFromPipelineByPropertyName = $true)]
        [string]$Namespace,

        [Alias('OT')]
        [uint32]$OperationTimeoutSec,

        [Parameter(Position = 1, ValueFromPipelineByPropertyName = $true)]
        [Alias('Arguments')]
        [System.Collections.IDictionary]$Property,

        [Parameter(ParameterSetName = 'ResourceUriSessionSet', Mandatory = $true,
            ValueFromPipelineByPropertyName = $true)]
        [Parameter(ParameterSetName = 'ResourceUriComputerSet', Mandatory = $true,
            ValueFromPipelineByPropertyName = $true)]
        [uri]$ResourceUri
    )

    process {
        Assert-Implemented -Cmdlet $PSCmdlet -Name 'ClassName', 'Namespace', 'Key', 'Property', 'ClientOnly'
        if (-not $ClientOnly) {
            $message = 'The stand-in of New-CimInstance carries out -ClientOnly only.'
            $exception = [System.NotImplementedException]::new($message)
            $PSCmdlet.ThrowTerminatingError([System.Management.Automation.ErrorRecord]::new(
                    $exception, 'StandInNotImplemented', 'NotImplemented', $null))
        }
        $instance = [pscustomobject]@{}
        foreach ($name in $Property.Keys) {
            $member = [System.Management.Automation.PSNoteProperty]::new($name, $Property[$name])
            $instance.PSObject.Properties.Add($member)
        }
        $keys = [string[]]@(if ($Key) { $Key })
        $space = if ($Namespace) { $Namespace } else { 'root/cimv2' }
        Add-CimMember -Instance $instance -Namespace $space -ClassName $ClassName -Key $keys
    }
}
