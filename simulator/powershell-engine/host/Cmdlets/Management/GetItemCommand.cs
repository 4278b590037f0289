using System.Management.Automation;
using AetherV.PowerShellEngine.Files;
using AetherV.PowerShellEngine.Hosting;

namespace Microsoft.PowerShell.Commands;

/// <summary>Get-Item: gives a file or a folder itself.</summary>
[Cmdlet(VerbsCommon.Get, "Item")]
[OutputType(typeof(FileInfo), typeof(DirectoryInfo))]
public sealed class GetItemCommand : PSCmdlet
{
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath")]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>Gets or sets whether a hidden item is given too. Its name begins with a dot here.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    protected override void ProcessRecord()
    {
        foreach (var text in LiteralPath)
        {
            var path = FilePath.Of(this, text);
            if (!path.IsFile && !path.IsFolder) WriteError(FileErrors.NotFound(path.Windows));
            else if (!Force && IsHidden(path)) WriteError(FileErrors.Hidden(path.Windows));
            else WriteObject(Item(path));
        }
    }

    private static bool IsHidden(FilePath path) => File.GetAttributes(path.Real).HasFlag(FileAttributes.Hidden);

    /// <summary>The simulated file is older and larger than the one that stands for it on this machine.</summary>
    private static PSObject Item(FilePath path)
    {
        var item = ItemObject.Of(path);
        if (SessionContext.Current.Describe(path.Real) is { } described)
        {
            item.Properties.Add(new PSNoteProperty("CreationTimeUtc", described.Created));
            item.Properties.Add(new PSNoteProperty("Length", described.Length));
        }
        return item;
    }
}
