using System.Management.Automation;

namespace AetherV.PowerShellEngine.Files;

/// <summary>
/// A path as a script gives it, and the file or folder of this machine that it means. Windows finds names
/// whatever their case; here each part of the path gets the spelling of what is there.
/// </summary>
/// <param name="Windows">The full path as Windows writes it: <c>C:\Folder\File.txt</c>.</param>
/// <param name="Real">The path on this machine.</param>
/// <param name="Drive">The drive on which it lies.</param>
internal sealed record FilePath(string Windows, string Real, PSDriveInfo Drive)
{
    /// <summary>Gets a value indicating whether there is a file.</summary>
    public bool IsFile => File.Exists(Real);

    /// <summary>Gets a value indicating whether there is a folder.</summary>
    public bool IsFolder => Directory.Exists(Real);

    /// <summary>Gives the meaning of a path, relative to the cmdlet's current location.</summary>
    /// <exception cref="DriveNotFoundException">The host has no such drive.</exception>
    public static FilePath Of(PSCmdlet cmdlet, string path)
    {
        var full = cmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out _, out var drive);
        var names = Path.GetRelativePath(drive.Root, full)
            .Split('/', StringSplitOptions.RemoveEmptyEntries)
            .Where(name => name != ".");
        return new FilePath($"{drive.Name}:\\", drive.Root, drive).Descend(names);
    }

    /// <summary>Gives the file or folder of this name below this folder.</summary>
    public FilePath Child(string name) =>
        this with { Windows = WindowsPath.Join(Windows, name), Real = Path.Combine(Real, name) };

    private FilePath Descend(IEnumerable<string> names) =>
        names.Aggregate(this, (folder, name) => folder.Child(folder.SpellingOf(name)));

    private string SpellingOf(string name)
    {
        if (!IsFolder || Path.Exists(Path.Combine(Real, name))) return name;
        return Directory.EnumerateFileSystemEntries(Real)
            .Select(entry => Path.GetFileName(entry))
            .FirstOrDefault(entry => entry.Equals(name, StringComparison.OrdinalIgnoreCase), name);
    }
}
