using System.Management.Automation.Runspaces;

namespace AetherV.PowerShellEngine.Hosting;

/// <summary>
/// Stands in for RunspaceFactory: the runspaces that a script makes have the commands, modules and drives of the
/// simulated host, as the script's own has.
/// </summary>
public static class WindowsRunspaceFactory
{
    /// <summary>Gives a runspace that is not opened yet, with PowerShell's default host.</summary>
    public static Runspace CreateRunspace()
    {
        var context = SessionContext.Current;
        var types = SessionStart.CreateTypes();
        var runspace = RunspaceFactory.CreateRunspace(SessionStart.Create(types, context.Modules));
        SessionTypes.Note(runspace, types);
        runspace.StateChanged += (_, change) =>
        {
            if (change.RunspaceStateInfo.State != RunspaceState.Opened) return;
            WindowsDrives.Mount(runspace.SessionStateProxy, context.Drives);
        };
        return runspace;
    }
}
