using System.Management.Automation;

namespace AetherV.PowerShellEngine.Files;

/// <summary>
/// Files and folders as cmdlets hand them out: .NET's objects, with what PowerShell notes on every item. What
/// holds a path holds the one of Windows.
/// </summary>
internal static class ItemObject
{
    private const string Provider = @"Microsoft.PowerShell.Core\FileSystem::";

    /// <summary>Gives a file or folder that is there.</summary>
    public static PSObject Of(FilePath path)
    {
        FileSystemInfo info = path.IsFolder ? new DirectoryInfo(path.Real) : new FileInfo(path.Real);
        var item = Noted(info, path);
        item.Properties.Add(new PSNoteProperty("PSIsContainer", path.IsFolder));
        item.Properties.Add(new PSNoteProperty("FullName", path.Windows));
        return item;
    }

    /// <summary>Gives a value that was read from a file, with a note of where it was.</summary>
    public static PSObject Noted(object value, FilePath path)
    {
        var item = new PSObject(value);
        item.Properties.Add(new PSNoteProperty("PSPath", Provider + path.Windows));
        item.Properties.Add(new PSNoteProperty("PSParentPath", Provider + WindowsPath.Parent(path.Windows)));
        item.Properties.Add(new PSNoteProperty("PSChildName", Path.GetFileName(path.Real)));
        item.Properties.Add(new PSNoteProperty("PSDrive", path.Drive));
        item.Properties.Add(new PSNoteProperty("PSProvider", path.Drive.Provider));
        return item;
    }
}
