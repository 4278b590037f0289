using System.Collections.Immutable;
using System.Management.Automation;
using System.Text.Json.Nodes;
using AetherV.PowerShellEngine.Hosting;

namespace AetherV.PowerShellEngine.Serving;

/// <summary>Runs one script after the other, each in a session of its own that was made ready before.</summary>
/// <remarks>It does so in any process that holds the engine: in this program's own, or in pwsh.</remarks>
public sealed class EngineServer
{
    /// <summary>As much as PowerShell gives the threads of its own pipelines.</summary>
    private const int StackBytes = 10_000_000;

    private static readonly ImmutableDictionary<string, string> NoNames = ImmutableDictionary<string, string>.Empty;

    private readonly ControlChannel channel = new();
    private readonly IReadOnlyList<string> modules;

    private EngineServer(IReadOnlyList<string> modules) => this.modules = modules;

    /// <summary>Serves until the simulator closes the channel.</summary>
    /// <param name="moduleFolder">The folder of the modules that stand in for those of Windows.</param>
    public static void Serve(string moduleFolder)
    {
        ProcessState.ClearEnvironment();
        Environment.SetEnvironmentVariable("PSModulePath", moduleFolder);
        PSStyle.Instance.OutputRendering = OutputRendering.PlainText;
        SessionStart.ReplaceTypes();
        var folders = Directory.EnumerateDirectories(moduleFolder).Select(folder => Path.GetFileName(folder));
        var server = new EngineServer([.. folders.Order(StringComparer.Ordinal)]);
        // In pwsh this thread is busy with a pipeline of another session.
        var thread = new Thread(server.Serve, StackBytes);
        thread.Start();
        thread.Join();
    }

    private void Serve()
    {
        channel.Open();
        WarmUp();
        var next = Session.Open(channel, modules);
        channel.Send("ready", EngineVersion.AsObject());
        foreach (var request in channel.Runs())
        {
            using (var session = next) Run(session, request);
            next = Session.Open(channel, modules);
        }
    }

    /// <summary>What a process does first takes it long: better before a script waits for it.</summary>
    private void WarmUp()
    {
        const string Script = "$null = ConvertTo-Json -InputObject (ConvertFrom-Json -InputObject '{}') -Compress";
        using var session = Session.Open(channel, modules);
        session.Run(new RunRequest(Script, NoNames, NoNames, ErrorsAsXml: true));
    }

    private void Run(Session session, RunRequest request)
    {
        using var process = new ProcessState(request.Environment);
        int exitCode;
        using (var streams = new StandardStreams(request.Input, Forward("stdout"), Forward("stderr")))
        {
            // A script can end the process: what it wrote before counts.
            EventHandler flush = (_, _) => streams.Dispose();
            AppDomain.CurrentDomain.ProcessExit += flush;
            exitCode = session.Run(request);
            AppDomain.CurrentDomain.ProcessExit -= flush;
        }
        channel.Send("exit", exitCode);
    }

    private Action<byte[]> Forward(string name) =>
        bytes => channel.Send(name, JsonValue.Create(Convert.ToBase64String(bytes)));
}
