using System.Collections;

namespace AetherV.PowerShellEngine.Serving;

/// <summary>
/// What a script can change for the whole process, put back when its run ends: environment variables and
/// the current directory.
/// </summary>
internal sealed class ProcessState : IDisposable
{
    private readonly string directory = Environment.CurrentDirectory;
    private readonly Dictionary<string, string?> variables = Read();

    /// <summary>
    /// Takes away the variables that the simulator was started with: they are this machine's, and may be secret.
    /// </summary>
    public static void ClearEnvironment()
    {
        foreach (var name in Read().Keys.Where(name => name is not ("HOME" or "PATH" or "TMPDIR")))
        {
            Environment.SetEnvironmentVariable(name, null);
        }
    }

    /// <summary>Adds the variables of one run to the process's own.</summary>
    public ProcessState(IReadOnlyDictionary<string, string> added)
    {
        foreach (var (name, value) in added) Environment.SetEnvironmentVariable(name, value);
    }

    public void Dispose()
    {
        Environment.CurrentDirectory = directory;
        foreach (var name in Read().Keys.Except(variables.Keys)) Environment.SetEnvironmentVariable(name, null);
        foreach (var (name, value) in variables) Environment.SetEnvironmentVariable(name, value);
    }

    private static Dictionary<string, string?> Read() =>
        Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .ToDictionary(entry => (string)entry.Key, entry => (string?)entry.Value);
}
