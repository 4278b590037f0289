using System.Management.Automation;
using System.Text.Json.Nodes;
using AetherV.PowerShellEngine.Files;
using AetherV.PowerShellEngine.Hosting;

namespace Microsoft.PowerShell.Commands;

/// <summary>What <c>-PathType</c> asks for.</summary>
public enum TestPathType
{
    Any,
    Container,
    Leaf,
}

/// <summary>Test-Path: tells whether a file or folder is there.</summary>
[Cmdlet(VerbsDiagnostic.Test, "Path")]
[OutputType(typeof(bool))]
public sealed class TestPathCommand : PSCmdlet
{
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath")]
    public string[] LiteralPath { get; set; } = [];

    [Parameter]
    [Alias("Type")]
    public TestPathType PathType { get; set; }

    protected override void ProcessRecord()
    {
        foreach (var path in LiteralPath) WriteObject(IsOfShare(path) ? Reaches(path) : Exists(path));
    }

    /// <summary>Tells whether a path leads to another computer: <c>\\server\share</c>, and no <c>\\?\</c>.</summary>
    private static bool IsOfShare(string path) =>
        path.StartsWith(@"\\", StringComparison.Ordinal) && !path.StartsWith(@"\\?\", StringComparison.Ordinal);

    private bool Reaches(string path)
    {
        var answer = SessionContext.Current.Channel.Call("share.exists", new JsonObject { ["path"] = path });
        if (answer["error"] is not JsonObject error) return answer["result"]?.GetValue<bool>() ?? false;
        var exception = new UnauthorizedAccessException(error["message"]?.GetValue<string>());
        WriteError(new ErrorRecord(exception, error["id"]?.GetValue<string>(), ErrorCategory.PermissionDenied, path));
        return false;
    }

    private bool Exists(string text)
    {
        FilePath path;
        try
        {
            path = FilePath.Of(this, text);
        }
        catch (System.Management.Automation.DriveNotFoundException)
        {
            return false;
        }
        return PathType switch
        {
            TestPathType.Container => path.IsFolder,
            TestPathType.Leaf => path.IsFile,
            _ => path.IsFolder || path.IsFile,
        };
    }
}
