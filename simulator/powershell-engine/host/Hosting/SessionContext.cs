using System.Management.Automation.Runspaces;
using System.Text.Json.Nodes;
using AetherV.PowerShellEngine.Serving;

namespace AetherV.PowerShellEngine.Hosting;

/// <summary>What code of ours that a script calls needs to know of its session.</summary>
/// <param name="Channel">The way to the simulator.</param>
/// <param name="Types">What PowerShell adds to .NET's types in this session.</param>
internal sealed record SessionContext(ControlChannel Channel, TypeTable Types)
{
    private static SessionContext? current;

    /// <summary>Gets or sets the context of the script under way: a process runs one at a time.</summary>
    public static SessionContext Current
    {
        get => current ?? throw new InvalidOperationException("No script is running.");
        set => current = value;
    }

    /// <summary>Takes room for a file on the simulated volume that its path lies on.</summary>
    /// <returns>Why there is none; null: it has been taken.</returns>
    public string? ReserveRoom(string path, long bytes)
    {
        var answer = Channel.Call("file.reserve", new JsonObject { ["path"] = path, ["bytes"] = bytes });
        return answer["error"]?["message"]?.GetValue<string>();
    }
}
