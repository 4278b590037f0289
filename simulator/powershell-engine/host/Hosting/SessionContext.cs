using System.Globalization;
using System.Text.Json.Nodes;
using AetherV.PowerShellEngine.Serving;

namespace AetherV.PowerShellEngine.Hosting;

/// <summary>What code of ours that a script calls needs to know of its session.</summary>
/// <param name="Channel">The way to the simulator.</param>
/// <param name="Modules">The modules that every session begins with.</param>
/// <param name="Drives">Letter of each drive to the folder that stands for it.</param>
internal sealed record SessionContext(
    ControlChannel Channel,
    IReadOnlyList<string> Modules,
    IReadOnlyDictionary<string, string> Drives)
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
    public string? ReserveRoom(string path, long bytes) => Refusal("file.reserve", path, bytes);

    /// <summary>Asks whether a file may be deleted: a virtual machine can have it open.</summary>
    /// <returns>Why not; null: it may.</returns>
    public string? GiveUpFile(string path) => Refusal("file.remove", path, bytes: null);

    /// <summary>Gives the time at which a file of the simulation was created, and its length in bytes.</summary>
    /// <returns>null: it is none of the simulation's.</returns>
    public (DateTime Created, long Length)? Describe(string path)
    {
        var answer = Channel.Call("file.describe", new JsonObject { ["path"] = path })["result"];
        if (answer?["created"]?.GetValue<string>() is not { } created) return null;
        var time = DateTime.Parse(created, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind);
        return (time, answer["bytes"]?.GetValue<long>() ?? 0);
    }

    private string? Refusal(string operation, string path, long? bytes)
    {
        var arguments = new JsonObject { ["path"] = path };
        if (bytes is not null) arguments["bytes"] = bytes;
        return Channel.Call(operation, arguments)["error"]?["message"]?.GetValue<string>();
    }
}
