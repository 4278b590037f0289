using System.Management.Automation;
using AetherV.PowerShellEngine.Serving;

namespace AetherV.PowerShellEngine.Hosting;

/// <summary>What cmdlets of ours need to know of the session that they run in.</summary>
internal sealed record SessionContext(ControlChannel Channel)
{
    /// <summary>Gives the context of a cmdlet: the private data of its host.</summary>
    public static SessionContext Of(PSCmdlet cmdlet) => (SessionContext)cmdlet.Host.PrivateData.BaseObject;
}
