using System.Collections.Concurrent;

namespace AetherV.PowerShellEngine.Serving;

/// <summary>A script to run, as the simulator asks for it.</summary>
/// <param name="Script">The text of <c>-EncodedCommand</c>, decoded.</param>
/// <param name="Drives">Letter of each drive to the folder that stands for it.</param>
/// <param name="Environment">Variables that the process would have on the host.</param>
/// <param name="ErrorsAsXml">Whether stderr is CLIXML, as with <c>-EncodedCommand</c>.</param>
internal sealed record RunRequest(
    string Script,
    IReadOnlyDictionary<string, string> Drives,
    IReadOnlyDictionary<string, string> Environment,
    bool ErrorsAsXml)
{
    /// <summary>Gets what standard input has still to give; its adding is completed at the end of the input.</summary>
    public BlockingCollection<byte[]> Input { get; } = [];
}
