using System.Management.Automation;
using AetherV.PowerShellEngine.Files;
using AetherV.PowerShellEngine.Hosting;

namespace Microsoft.PowerShell.Commands;

/// <summary>Remove-Item: deletes a file, or a folder with nothing in it.</summary>
[Cmdlet(VerbsCommon.Remove, "Item")]
public sealed class RemoveItemCommand : PSCmdlet
{
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath")]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>Gets or sets whether read-only and hidden items are deleted too.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    protected override void ProcessRecord()
    {
        foreach (var text in LiteralPath)
        {
            var path = FilePath.Of(this, text);
            if (path.IsFile) RemoveFile(path);
            else if (path.IsFolder) RemoveFolder(path);
            else WriteError(FileErrors.NotFound(path.Windows));
        }
    }

    private void RemoveFile(FilePath path)
    {
        if (File.GetAttributes(path.Real).HasFlag(FileAttributes.ReadOnly) && !Force)
        {
            WriteError(FileErrors.Denied("RemoveFileSystemItemUnAuthorizedAccess", path.Windows));
            return;
        }
        if (SessionContext.Current.GiveUpFile(path.Real) is { } refusal)
        {
            WriteError(FileErrors.InUse(path.Windows, refusal));
            return;
        }
        File.Delete(path.Real);
    }

    /// <summary>One with something in it makes PowerShell ask, and nobody is there to answer.</summary>
    private void RemoveFolder(FilePath path)
    {
        if (Directory.EnumerateFileSystemEntries(path.Real).Any())
        {
            ShouldContinue(
                $"The item at {path.Windows} has children and the Recurse parameter was not specified.", "Confirm");
        }
        Directory.Delete(path.Real);
    }
}
