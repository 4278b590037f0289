<#
.SYNOPSIS
    Instances as objects, and as the simulator knows them.
.OUTPUTS
    None. The file only defines functions.
#>

function ConvertTo-CimInstance {
    <#
    .SYNOPSIS
        Makes an instance's object: the class's properties with values of their CIM types.
    .OUTPUTS
        Microsoft.Management.Infrastructure.CimInstance
    #>
    [CmdletBinding()]
    param(
        # As the simulator gives it: class, namespace, keys, types, properties.
        [Parameter(Mandatory = $true)]
        [psobject]$Member
    )

    $instance = $Member.properties
    foreach ($typed in $Member.types.PSObject.Properties) {
        $instance.($typed.Name) = ConvertTo-CimValue -Value $instance.($typed.Name) -Type $typed.Value
    }
    Add-CimMember -Instance $instance -Namespace $Member.namespace -ClassName $Member.class -Key $Member.keys
}

function Add-CimMember {
    <#
    .SYNOPSIS
        Gives an object the members that every instance has, and makes it say that it is one.
    .OUTPUTS
        Microsoft.Management.Infrastructure.CimInstance
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)]
        [psobject]$Instance,

        [Parameter(Mandatory = $true)]
        [string]$Namespace,

        [Parameter(Mandatory = $true)]
        [string]$ClassName,

        # Names of the keys.
        [Parameter(Mandatory = $true)]
        [AllowEmptyCollection()]
        [string[]]$Key
    )

    $system = [pscustomobject]@{ Namespace = $Namespace; ClassName = $ClassName; ServerName = $env:COMPUTERNAME }
    $class = [pscustomobject]@{ CimClassName = $ClassName; CimSystemProperties = $system; KeyName = $Key }
    $common = [ordered]@{ CimClass = $class; CimSystemProperties = $system; PSComputerName = $null }
    foreach ($name in $common.Keys) {
        $property = [System.Management.Automation.PSNoteProperty]::new($name, $common[$name])
        $Instance.PSObject.Properties.Add($property)
    }
    $Instance.PSObject.TypeNames.Insert(0, 'Microsoft.Management.Infrastructure.CimInstance')
    $Instance.PSObject.TypeNames.Insert(0, "Microsoft.Management.Infrastructure.CimInstance#$Namespace/$ClassName")
    $Instance
}

function ConvertTo-CimValue {
    <#
    .SYNOPSIS
        Gives a value the .NET type of its CIM type.
    .OUTPUTS
        The .NET type
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)]
        [AllowEmptyCollection()]
        [object]$Value,

        # A CIM type; an array's ends in [].
        [Parameter(Mandatory = $true)]
        [string]$Type
    )

    switch ($Type) {
        'uint8' { [byte]$Value }
        'uint16' { [uint16]$Value }
        'uint32' { [uint32]$Value }
        'uint64' { [uint64]$Value }
        'sint8' { [sbyte]$Value }
        'sint16' { [int16]$Value }
        'sint32' { [int]$Value }
        'sint64' { [long]$Value }
        'datetime' { [datetime]$Value }
        'uint8[]' { , [byte[]]$Value }
        'uint16[]' { , [uint16[]]$Value }
        'uint32[]' { , [uint32[]]$Value }
        'string[]' { , [string[]]$Value }
        default { throw "The CIM type $Type is not known." }
    }
}

function Get-InstanceKey {
    <#
    .SYNOPSIS
        Gives what the simulator knows an instance by.
    .OUTPUTS
        System.Collections.Hashtable with namespace, class_name and keys
    #>
    [CmdletBinding()]
    [OutputType([hashtable])]
    param(
        [Parameter(Mandatory = $true)]
        [psobject]$Instance
    )

    $keys = @{}
    foreach ($name in $Instance.CimClass.KeyName) {
        $keys[$name] = $Instance.$name
    }
    @{
        namespace  = $Instance.CimSystemProperties.Namespace
        class_name = $Instance.CimSystemProperties.ClassName
        keys       = $keys
    }
}
