using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace AetherV.PowerShellEngine.Hosting;

/// <summary>The host's drives: each is a folder of this machine under a letter.</summary>
internal static class WindowsDrives
{
    /// <summary>Adds the drives, and makes the first the current one.</summary>
    public static void Mount(SessionStateProxy session, IReadOnlyDictionary<string, string> drives)
    {
        var fileSystem = session.Provider.GetOne("FileSystem");
        foreach (var (letter, folder) in drives)
        {
            session.Drive.New(new PSDriveInfo(letter, fileSystem, folder, string.Empty, null), "global");
        }
        if (drives.Count > 0) session.Path.SetLocation($"{drives.Keys.First()}:\\");
    }
}
