using System.Management.Automation;
using AetherV.PowerShellEngine.Files;

namespace Microsoft.PowerShell.Commands;

/// <summary>Join-Path: puts a path and a child path together, both as text; the drive must be there.</summary>
[Cmdlet(VerbsCommon.Join, "Path")]
[OutputType(typeof(string))]
public sealed class JoinPathCommand : PSCmdlet
{
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath")]
    public string[] Path { get; set; } = [];

    [Parameter(Position = 1, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [AllowEmptyString]
    public string ChildPath { get; set; } = string.Empty;

    protected override void ProcessRecord()
    {
        foreach (var path in Path)
        {
            try
            {
                SessionState.Path.IsPSAbsolute(path, out var drive);
                if (drive is not null) SessionState.Drive.Get(drive);
                WriteObject(WindowsPath.Join(path, ChildPath ?? string.Empty));
            }
            catch (System.Management.Automation.DriveNotFoundException error)
            {
                WriteError(error.ErrorRecord);
            }
        }
    }
}
