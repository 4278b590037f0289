<#
.SYNOPSIS
    Arguments and results of methods.
.OUTPUTS
    None. The file only defines functions.
#>

function ConvertTo-MethodArgument {
    <#
    .SYNOPSIS
        Gives a method's arguments as the simulator takes them, checked against the method's declaration.
    .DESCRIPTION
        The real cmdlet looks the types up in the class: an unknown name is an error, and so is a value that
        cannot be of the declared type.
    .OUTPUTS
        System.Collections.Hashtable
    #>
    [CmdletBinding()]
    [OutputType([hashtable])]
    param(
        # Parameters of the method: names and CIM types.
        [Parameter(Mandatory = $true)]
        [psobject]$Declared,

        [Parameter(Mandatory = $true)]
        [System.Collections.IDictionary]$Argument,

        [Parameter(Mandatory = $true)]
        [string]$MethodName
    )

    $converted = @{}
    foreach ($name in $Argument.Keys) {
        $parameter = $Declared.PSObject.Properties[$name]
        if ($null -eq $parameter) {
            throw (New-StandInFailure -Id 'HRESULT 0x8004102f' -Category 'InvalidArgument' -Message (
                    "The method $MethodName has no parameter $name. Invalid method Parameter(s) "))
        }
        $value = $Argument[$name]
        if ($null -eq $value) {
            continue
        }
        $converted[$parameter.Name] = switch ($parameter.Value) {
            'reference' { Get-ReferenceKey -Value $value -Name $name }
            'boolean' { [bool]$value }
            'string' { [string]$value }
            default { , (ConvertTo-CimValue -Value $value -Type $parameter.Value) }
        }
    }
    $converted
}

function Get-ReferenceKey {
    <#
    .SYNOPSIS
        Gives the keys of the instance that a parameter refers to.
    .OUTPUTS
        System.Collections.Hashtable
    #>
    [CmdletBinding()]
    [OutputType([hashtable])]
    param(
        [Parameter(Mandatory = $true)]
        [object]$Value,

        [Parameter(Mandatory = $true)]
        [string]$Name
    )

    if ($Value.PSObject.TypeNames -notcontains 'Microsoft.Management.Infrastructure.CimInstance') {
        throw (New-StandInFailure -Id 'HRESULT 0x80041005' -Category 'InvalidType' -Message (
                "The parameter $Name is a reference to an instance. Type mismatch "))
    }
    (Get-InstanceKey -Instance $Value).keys
}

function ConvertFrom-MethodOutput {
    <#
    .SYNOPSIS
        Makes the object with a method's output parameters and its return value.
    .OUTPUTS
        Microsoft.Management.Infrastructure.CimMethodResult
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)]
        [psobject]$Output
    )

    $result = [ordered]@{}
    foreach ($parameter in $Output.PSObject.Properties) {
        $value = $parameter.Value
        $result[$parameter.Name] = if ($parameter.Name -eq 'ReturnValue') { [uint32]$value }
        elseif ($value -is [array]) { , @(foreach ($entry in $value) { ConvertTo-CimInstance -Member $entry }) }
        elseif ($null -ne $value) { ConvertTo-CimInstance -Member $value }
    }
    $result['PSComputerName'] = $null
    $object = [pscustomobject]$result
    $object.PSObject.TypeNames.Insert(0, 'Microsoft.Management.Infrastructure.CimMethodResult')
    $object
}
