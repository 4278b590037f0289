using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;

namespace AetherV.PowerShellEngine.Hosting;

/// <summary>
/// What a session shows: text goes to stdout; errors, warnings and the rest go to stderr, as CLIXML where
/// powershell.exe writes that. Nobody is there to answer a question.
/// </summary>
internal sealed class Terminal : PSHostUserInterface
{
    private readonly Clixml clixml = new();

    /// <summary>Gets or sets a value indicating whether stderr is CLIXML.</summary>
    public bool ErrorsAsXml { get; set; } = true;

    public override PSHostRawUserInterface RawUI { get; } = new TerminalSize();

    /// <summary>Completes the CLIXML document, if one was begun.</summary>
    public void Close() => clixml.End();

    public override void Write(string value) => Console.Out.Write(WithoutColor(value));

    public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) => Write(value);

    public override void WriteLine(string value) => Console.Out.WriteLine(WithoutColor(value));

    public override void WriteErrorLine(string value)
    {
        var text = WithoutColor(value);
        WriteRecord("Error", text + "\r\n", text);
    }

    public override void WriteWarningLine(string message) => WriteRecord("warning", message, $"WARNING: {message}");

    public override void WriteVerboseLine(string message) => WriteRecord("verbose", message, $"VERBOSE: {message}");

    public override void WriteDebugLine(string message) => WriteRecord("debug", message, $"DEBUG: {message}");

    public override void WriteProgress(long sourceId, ProgressRecord record)
    {
        if (ErrorsAsXml) clixml.WriteProgress(sourceId, record);
    }

    public override string ReadLine() => throw NotInteractive();

    public override SecureString ReadLineAsSecureString() => throw NotInteractive();

    public override Dictionary<string, PSObject> Prompt(
        string caption, string message, Collection<FieldDescription> descriptions) => throw NotInteractive();

    public override int PromptForChoice(
        string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice) =>
        throw NotInteractive();

    public override PSCredential PromptForCredential(
        string caption, string message, string userName, string targetName) => throw NotInteractive();

    public override PSCredential PromptForCredential(
        string caption,
        string message,
        string userName,
        string targetName,
        PSCredentialTypes allowedCredentialTypes,
        PSCredentialUIOptions options) => throw NotInteractive();

    /// <summary>PowerShell 7 formats with colors, and leaves it to its host to take them away.</summary>
    private static string WithoutColor(string text) => GetOutputString(text, supportsVirtualTerminal: false);

    private static HostException NotInteractive() =>
        new("Windows PowerShell is in NonInteractive mode. Read and Prompt functionality is not available.");

    private void WriteRecord(string stream, string record, string text)
    {
        if (ErrorsAsXml) clixml.WriteText(stream, record);
        else Console.Error.WriteLine(text);
    }
}
