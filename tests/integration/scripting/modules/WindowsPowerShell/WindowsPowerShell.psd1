@{
    RootModule        = 'WindowsPowerShell.psm1'
    ModuleVersion     = '5.1.0.0'
    GUID              = '0e9b8f0a-2b5c-4d27-9a53-7c1f6f2f4a11'
    Author            = 'AetherV'
    Description       = 'Stands in for the cmdlets of Windows PowerShell 5.1 that docs/scripting.md uses.'
    FunctionsToExport = @(
        'Export-Csv'
        'Invoke-RestMethod'
        'Invoke-WebRequest'
        'Start-Sleep'
        'Write-Host'
    )
    CmdletsToExport   = @()
    VariablesToExport = @()
    AliasesToExport   = @()
}
