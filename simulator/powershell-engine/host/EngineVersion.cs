using System.Management.Automation;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AetherV.PowerShellEngine;

/// <summary>Which PowerShell engine this is.</summary>
internal static class EngineVersion
{
    public static JsonObject AsObject()
    {
        var engine = typeof(PSObject).Assembly.GetName();
        return new JsonObject
        {
            ["engine"] = engine.Name,
            ["version"] = PSVersionInfo.PSVersion.ToString(),
        };
    }

    public static string AsJson() => AsObject().ToJsonString(JsonSerializerOptions.Default);
}
