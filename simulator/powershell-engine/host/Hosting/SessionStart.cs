using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Reflection;
using AetherV.PowerShellEngine.Files;

namespace AetherV.PowerShellEngine.Hosting;

/// <summary>What every session starts with: PowerShell's own commands, and the cmdlets of this program.</summary>
internal static class SessionStart
{
    private static readonly SessionStateCmdletEntry[] Cmdlets =
    [
        .. from type in Assembly.GetExecutingAssembly().GetTypes()
           let cmdlet = type.GetCustomAttribute<CmdletAttribute>()
           where cmdlet is not null
           select new SessionStateCmdletEntry($"{cmdlet.VerbName}-{cmdlet.NounName}", type, helpFileName: null),
    ];

    /// <summary>Gives what a session adds to .NET's types, a table of its own for each.</summary>
    public static TypeTable CreateTypes()
    {
        var types = TypeTable.LoadDefaultTypeFiles();
        // Windows PowerShell has this one member more.
        types.AddType(new TypeData("System.Array") { Members = { ["Count"] = new AliasPropertyData("Count", "Length") } });
        return types;
    }

    /// <summary>Lets scripts get a class of ours where they name one of .NET's, in all sessions.</summary>
    public static void ReplaceTypes()
    {
        var accelerators = typeof(PSObject).Assembly.GetType("System.Management.Automation.TypeAccelerators")!;
        var add = accelerators.GetMethod("Add")!;
        add.Invoke(null, ["System.IO.FileStream", typeof(WindowsFileStream)]);
        add.Invoke(null, ["System.Management.Automation.Runspaces.RunspaceFactory", typeof(WindowsRunspaceFactory)]);
    }

    /// <summary>Gives the start of one session.</summary>
    public static InitialSessionState Create(TypeTable types, IReadOnlyList<string> modules)
    {
        var state = InitialSessionState.CreateDefault2();
        state.Types.Clear();
        state.Types.Add(new SessionStateTypeEntry(types));
        state.Commands.Add(Cmdlets);
        state.ImportPSModule([.. modules]);
        // Windows PowerShell's view of an error.
        state.Variables.Add(new SessionStateVariableEntry("ErrorView", "NormalView", null));
        return state;
    }
}
