using System.Management.Automation;
using System.Text;
using AetherV.PowerShellEngine.Files;

namespace Microsoft.PowerShell.Commands;

/// <summary>The encodings of Windows PowerShell by their names. <c>Default</c> is the machine's code page.</summary>
public enum FileSystemCmdletProviderEncoding
{
    Default,
    Ascii,
    BigEndianUnicode,
    Unicode,
    UTF32,
    UTF8,
}

/// <summary>Get-Content: gives a text file's lines, or with <c>-Raw</c> all of it.</summary>
[Cmdlet(VerbsCommon.Get, "Content")]
public sealed class GetContentCommand : PSCmdlet
{
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath")]
    public string[] LiteralPath { get; set; } = [];

    [Parameter]
    public SwitchParameter Raw { get; set; }

    [Parameter]
    public FileSystemCmdletProviderEncoding Encoding { get; set; }

    protected override void ProcessRecord()
    {
        foreach (var text in LiteralPath)
        {
            var path = FilePath.Of(this, text);
            if (path.IsFile) Write(path);
            else if (path.IsFolder) WriteError(FileErrors.Denied("GetContentReaderUnauthorizedAccessError", path.Windows));
            else WriteError(FileErrors.NotFound(path.Windows));
        }
    }

    private void Write(FilePath path)
    {
        using var reader = new StreamReader(path.Real, ToEncoding(), detectEncodingFromByteOrderMarks: true);
        if (Raw)
        {
            WriteLine(reader.ReadToEnd(), path, 1);
            return;
        }
        long count = 0;
        while (reader.ReadLine() is { } line) WriteLine(line, path, ++count);
    }

    private void WriteLine(string text, FilePath path, long count)
    {
        var line = ItemObject.Noted(text, path);
        line.Properties.Add(new PSNoteProperty("ReadCount", count));
        WriteObject(line);
    }

    private Encoding ToEncoding() => Encoding switch
    {
        FileSystemCmdletProviderEncoding.Ascii => System.Text.Encoding.ASCII,
        FileSystemCmdletProviderEncoding.BigEndianUnicode => System.Text.Encoding.BigEndianUnicode,
        FileSystemCmdletProviderEncoding.Unicode => System.Text.Encoding.Unicode,
        FileSystemCmdletProviderEncoding.UTF32 => System.Text.Encoding.UTF32,
        FileSystemCmdletProviderEncoding.UTF8 => System.Text.Encoding.UTF8,
        _ => System.Text.Encoding.Latin1,
    };
}
