using System.Management.Automation;
using AetherV.PowerShellEngine.Files;

namespace Microsoft.PowerShell.Commands;

/// <summary>New-Item: creates a folder and those above it. Other items than folders are not created here.</summary>
[Cmdlet(VerbsCommon.New, "Item")]
[OutputType(typeof(DirectoryInfo))]
public sealed class NewItemCommand : PSCmdlet
{
    [Parameter(Position = 0, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    public string[] Path { get; set; } = [];

    [Parameter(Mandatory = true)]
    [Alias("Type")]
    [ValidateSet("Directory")]
    public string ItemType { get; set; } = string.Empty;

    /// <summary>Gets or sets whether a folder that is there already is given, in place of an error.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    protected override void ProcessRecord()
    {
        foreach (var text in Path)
        {
            var path = FilePath.Of(this, text);
            if (path.IsFile || (path.IsFolder && !Force))
            {
                WriteError(FileErrors.Exists("DirectoryExist", path.Windows));
                continue;
            }
            System.IO.Directory.CreateDirectory(path.Real);
            WriteObject(ItemObject.Of(path));
        }
    }
}
