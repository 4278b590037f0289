using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;

namespace AetherV.PowerShellEngine.Hosting;

/// <summary>What PowerShell adds to .NET's types, a table for each runspace.</summary>
internal static class SessionTypes
{
    private static readonly ConditionalWeakTable<Runspace, TypeTable> Tables = [];

    /// <summary>Gets the table of the runspace that the running command is in.</summary>
    public static TypeTable Current =>
        Tables.TryGetValue(Runspace.DefaultRunspace, out var types)
            ? types
            : throw new InvalidOperationException("No runspace of a session is in use.");

    /// <summary>Keeps the table that a runspace was made with.</summary>
    public static void Note(Runspace runspace, TypeTable types) => Tables.Add(runspace, types);
}
