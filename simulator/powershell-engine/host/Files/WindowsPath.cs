namespace AetherV.PowerShellEngine.Files;

/// <summary>Paths as text, by the rules of Windows PowerShell's file system on Windows.</summary>
internal static class WindowsPath
{
    /// <summary>Puts one backslash between two parts; <c>/</c> becomes <c>\</c>.</summary>
    public static string Join(string parent, string child)
    {
        var (left, right) = (Normalize(parent), Normalize(child));
        if (left.Length == 0) return right;
        var separator = left.EndsWith('\\') ? string.Empty : "\\";
        return left + separator + (right.StartsWith('\\') ? right[1..] : right);
    }

    /// <summary>Gives the path without its last part; empty where it is a root or has one part only.</summary>
    public static string Parent(string path)
    {
        var text = Normalize(path).TrimEnd('\\');
        var end = text.LastIndexOf('\\');
        if (end < 0) return string.Empty;
        return text[end - 1] == ':' ? text[..(end + 1)] : text[..end];
    }

    private static string Normalize(string path) => path.Replace('/', '\\');
}
