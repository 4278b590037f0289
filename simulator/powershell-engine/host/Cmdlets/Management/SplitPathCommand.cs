using System.Management.Automation;
using AetherV.PowerShellEngine.Files;

namespace Microsoft.PowerShell.Commands;

/// <summary>Split-Path: gives the parent of a path, as text.</summary>
[Cmdlet(VerbsCommon.Split, "Path")]
[OutputType(typeof(string))]
public sealed class SplitPathCommand : PSCmdlet
{
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    public string[] Path { get; set; } = [];

    /// <summary>Gets or sets what is asked for; it is also what comes without it.</summary>
    [Parameter]
    public SwitchParameter Parent { get; set; }

    protected override void ProcessRecord()
    {
        foreach (var path in Path) WriteObject(WindowsPath.Parent(path));
    }
}
