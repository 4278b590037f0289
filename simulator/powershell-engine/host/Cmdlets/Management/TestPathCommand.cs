using System.Management.Automation;
using AetherV.PowerShellEngine.Files;

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
        foreach (var path in LiteralPath) WriteObject(Exists(path));
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
