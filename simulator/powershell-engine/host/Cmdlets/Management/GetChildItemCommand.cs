using System.Management.Automation;
using AetherV.PowerShellEngine.Files;

namespace Microsoft.PowerShell.Commands;

/// <summary>Get-ChildItem: gives what a folder holds, folders first, each in the order of the names.</summary>
[Cmdlet(VerbsCommon.Get, "ChildItem")]
[OutputType(typeof(FileInfo), typeof(DirectoryInfo))]
public sealed class GetChildItemCommand : PSCmdlet
{
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath")]
    public string[] LiteralPath { get; set; } = [];

    [Parameter]
    public SwitchParameter File { get; set; }

    [Parameter]
    public SwitchParameter Directory { get; set; }

    /// <summary>Gets or sets whether hidden items are given too. Their names begin with a dot here.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    protected override void ProcessRecord()
    {
        foreach (var text in LiteralPath)
        {
            var path = FilePath.Of(this, text);
            if (path.IsFolder) WriteChildren(path);
            else if (path.IsFile) WriteObject(ItemObject.Of(path));
            else WriteError(FileErrors.NotFound(path.Windows));
        }
    }

    private void WriteChildren(FilePath folder)
    {
        var children =
            from entry in new DirectoryInfo(folder.Real).EnumerateFileSystemInfos()
            where Force || !entry.Attributes.HasFlag(FileAttributes.Hidden)
            let child = folder.Child(entry.Name)
            where !(child.IsFolder ? File : Directory)
            orderby child.IsFile, entry.Name.ToUpperInvariant()
            select child;
        foreach (var child in children) WriteObject(ItemObject.Of(child));
    }
}
