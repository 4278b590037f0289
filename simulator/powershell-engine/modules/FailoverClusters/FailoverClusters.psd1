@{
    RootModule        = 'FailoverClusters.psm1'
    ModuleVersion     = '2.0.0.0'
    GUID              = '3f0b8f55-3e0e-4e68-8a6c-5a2b7f9f6c22'
    Author            = 'AetherV'
    Description       = 'Stands in for the FailoverClusters module of Windows Server.'
    FunctionsToExport = @(
        'Get-Cluster'
        'Get-ClusterGroup'
        'Get-ClusterNode'
        'Get-ClusterSharedVolume'
        'Remove-ClusterGroup'
        'Update-ClusterVirtualMachineConfiguration'
    )
    CmdletsToExport   = @()
    VariablesToExport = @()
    AliasesToExport   = @()
}
