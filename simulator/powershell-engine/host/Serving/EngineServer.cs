using System.Collections.Immutable;
using System.Management.Automation;
using System.Text.Json.Nodes;
using AetherV.PowerShellEngine.Hosting;

namespace AetherV.PowerShellEngine.Serving;

/// <summary>Runs one script after the other, each in a session of its own that was made ready before.</summary>
internal sealed class EngineServer
{
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
        new EngineServer([.. folders.Order(StringComparer.Ordinal)]).Serve();
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
        using (new StandardStreams(request.Input, Forward("stdout"), Forward("stderr")))
        {
            exitCode = session.Run(request);
        }
        channel.Send("exit", exitCode);
    }

    private Action<byte[]> Forward(string name) =>
        bytes => channel.Send(name, JsonValue.Create(Convert.ToBase64String(bytes)));
}
