using System.Management.Automation;
using AetherV.PowerShellEngine.Json;

namespace Microsoft.PowerShell.Commands;

/// <summary>ConvertTo-Json: gives objects as JSON on one line. Without <c>-Compress</c> it is not used here.</summary>
[Cmdlet(VerbsData.ConvertTo, "Json")]
[OutputType(typeof(string))]
public sealed class ConvertToJsonCommand : PSCmdlet
{
    private readonly List<object> objects = [];

    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true)]
    [AllowNull]
    public object? InputObject { get; set; }

    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int Depth { get; set; } = 2;

    [Parameter(Mandatory = true)]
    public SwitchParameter Compress { get; set; }

    protected override void ProcessRecord()
    {
        if (InputObject is not null) objects.Add(InputObject);
    }

    protected override void EndProcessing()
    {
        if (objects.Count == 0) return;
        WriteObject(WindowsJsonWriter.Write(objects.Count == 1 ? objects[0] : objects, Depth));
    }
}
