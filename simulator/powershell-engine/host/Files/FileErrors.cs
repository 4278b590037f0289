using System.Management.Automation;

namespace AetherV.PowerShellEngine.Files;

/// <summary>The error records of Windows PowerShell's cmdlets for files.</summary>
internal static class FileErrors
{
    public static ErrorRecord NotFound(string path)
    {
        var exception = new ItemNotFoundException($"Cannot find path '{path}' because it does not exist.");
        return new ErrorRecord(exception, "PathNotFound", ErrorCategory.ObjectNotFound, path);
    }

    /// <summary>A hidden item that was not asked for with <c>-Force</c>.</summary>
    public static ErrorRecord Hidden(string path)
    {
        var exception = new IOException($"Could not find item {path}.");
        return new ErrorRecord(exception, "ItemNotFound", ErrorCategory.ObjectNotFound, path);
    }

    public static ErrorRecord Denied(string id, string path)
    {
        var exception = new UnauthorizedAccessException($"Access to the path '{path}' is denied.");
        return new ErrorRecord(exception, id, ErrorCategory.PermissionDenied, path);
    }

    public static ErrorRecord Exists(string id, string path)
    {
        var exception = new IOException($"An item with the specified name {path} already exists.");
        return new ErrorRecord(exception, id, ErrorCategory.ResourceExists, path);
    }

    public static ErrorRecord InUse(string path, string message) =>
        new(new IOException(message), "RemoveFileSystemItemIOError", ErrorCategory.WriteError, path);
}
