using System.Collections.Immutable;
using System.Management.Automation;
using System.Text.Json.Nodes;
using AetherV.PowerShellEngine.Hosting;

namespace AetherV.PowerShellEngine.Serving;

/// <summary>Runs one script after the other, each in a session of its own that was made ready before.</summary>
internal sealed class EngineServer
{
    private readonly ControlChannel channel = new();
    private readonly IReadOnlyList<string> modulePaths;

    private EngineServer(IReadOnlyList<string> modulePaths) => this.modulePaths = modulePaths;

    /// <summary>Serves until the simulator closes the channel.</summary>
    public static void Serve(IReadOnlyList<string> modulePaths) => new EngineServer(modulePaths).Serve();

    private void Serve()
    {
        Environment.SetEnvironmentVariable("PSModulePath", string.Join(Path.PathSeparator, modulePaths));
        PSStyle.Instance.OutputRendering = OutputRendering.PlainText;
        channel.Open();
        WarmUp();
        var next = Session.Open(channel);
        channel.Send("ready", EngineVersion.AsObject());
        foreach (var request in channel.Runs())
        {
            using (var session = next) Run(session, request);
            next = Session.Open(channel);
        }
    }

    /// <summary>What a process does first takes it long: better before a script waits for it.</summary>
    private void WarmUp()
    {
        const string Script = "$null = ConvertTo-Json -InputObject (ConvertFrom-Json -InputObject '{}') -Compress";
        using var session = Session.Open(channel);
        session.Run(new RunRequest(Script, ImmutableDictionary<string, string>.Empty, ImmutableDictionary<string, string>.Empty, true));
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
