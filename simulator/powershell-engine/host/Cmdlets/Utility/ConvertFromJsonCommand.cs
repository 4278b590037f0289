using System.Management.Automation;
using AetherV.PowerShellEngine.Json;

namespace Microsoft.PowerShell.Commands;

/// <summary>ConvertFrom-Json: gives JSON as PowerShell's objects.</summary>
[Cmdlet(VerbsData.ConvertFrom, "Json")]
public sealed class ConvertFromJsonCommand : PSCmdlet
{
    private readonly List<string> lines = [];

    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true)]
    [AllowEmptyString]
    public string InputObject { get; set; } = string.Empty;

    protected override void ProcessRecord() => lines.Add(InputObject);

    /// <summary>Several texts are the lines of one. A list is one object: it is not enumerated.</summary>
    protected override void EndProcessing()
    {
        var text = string.Join("\r\n", lines);
        if (text.Length > 0) WriteObject(WindowsJsonReader.Read(text));
    }
}
