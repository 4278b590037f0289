using System.Management.Automation;
using System.Management.Automation.Runspaces;
using AetherV.PowerShellEngine.Serving;

namespace AetherV.PowerShellEngine.Hosting;

/// <summary>What cmdlets of ours need to know of the session that they run in.</summary>
/// <param name="Channel">The way to the simulator.</param>
/// <param name="Types">What PowerShell adds to .NET's types in this session.</param>
internal sealed record SessionContext(ControlChannel Channel, TypeTable Types)
{
    /// <summary>Gives the context of a cmdlet: the private data of its host.</summary>
    public static SessionContext Of(PSCmdlet cmdlet) => (SessionContext)cmdlet.Host.PrivateData.BaseObject;
}
