@{
    RootModule        = 'CimCmdlets.psm1'
    ModuleVersion     = '2.0.0.0'
    GUID              = 'c1a0d8f4-7f0b-4d7e-9a58-0f6c3f6b1d33'
    Author            = 'AetherV'
    Description       = 'Stands in for the CimCmdlets module of Windows PowerShell.'
    FunctionsToExport = @(
        'Get-CimAssociatedInstance'
        'Get-CimInstance'
        'Invoke-CimMethod'
        'New-CimInstance'
    )
    CmdletsToExport   = @()
    VariablesToExport = @()
    AliasesToExport   = @()
}
