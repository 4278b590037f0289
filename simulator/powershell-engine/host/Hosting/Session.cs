using System.Management.Automation;
using System.Management.Automation.Runspaces;
using AetherV.PowerShellEngine.Serving;

namespace AetherV.PowerShellEngine.Hosting;

/// <summary>A fresh runspace, in which one script is run as powershell.exe would run it.</summary>
internal sealed class Session : IDisposable
{
    private readonly ControlChannel channel;
    private readonly IReadOnlyList<string> modules;
    private readonly SessionHost host;
    private readonly Runspace runspace;

    private Session(ControlChannel channel, IReadOnlyList<string> modules, SessionHost host, Runspace runspace)
    {
        this.channel = channel;
        this.modules = modules;
        this.host = host;
        this.runspace = runspace;
    }

    /// <summary>Makes a runspace ready, with these modules imported.</summary>
    public static Session Open(ControlChannel channel, IReadOnlyList<string> modules)
    {
        var types = SessionStart.CreateTypes();
        var host = new SessionHost();
        var runspace = RunspaceFactory.CreateRunspace(host, SessionStart.Create(types, modules));
        SessionTypes.Note(runspace, types);
        runspace.ThreadOptions = PSThreadOptions.UseCurrentThread;
        runspace.Open();
        return new Session(channel, modules, host, runspace);
    }

    /// <summary>Runs the script on this thread.</summary>
    /// <returns>The exit code of the process.</returns>
    public int Run(RunRequest request)
    {
        SessionContext.Current = new SessionContext(channel, modules, request.Drives);
        Runspace.DefaultRunspace = runspace;
        host.Terminal.ErrorsAsXml = request.ErrorsAsXml;
        WindowsDrives.Mount(runspace.SessionStateProxy, request.Drives);
        try
        {
            return Execute(request.Script);
        }
        finally
        {
            host.Terminal.Close();
            Runspace.DefaultRunspace = null;
        }
    }

    public void Dispose() => runspace.Dispose();

    private int Execute(string script)
    {
        var isComplete = true;
        try
        {
            // What is not for the history leaves $? as it was.
            using var pipeline = WithOutput(runspace.CreatePipeline(script, addToHistory: true));
            pipeline.Invoke();
        }
        catch (RuntimeException error)
        {
            isComplete = false;
            Report(error.ErrorRecord);
        }
        return host.ExitCode ?? (isComplete && LastCommandSucceeded() ? 0 : 1);
    }

    /// <summary>What is not caught is shown as any error, and is the end of the script.</summary>
    private void Report(ErrorRecord error)
    {
        using var pipeline = runspace.CreatePipeline("[CmdletBinding()] param($Record) $PSCmdlet.WriteError($Record)");
        pipeline.Commands[0].Parameters.Add("Record", error);
        pipeline.Commands[0].Parameters.Add("ErrorAction", ActionPreference.Continue);
        WithOutput(pipeline).Invoke();
    }

    private static Pipeline WithOutput(Pipeline pipeline)
    {
        pipeline.Commands[0].MergeMyResults(PipelineResultTypes.Error, PipelineResultTypes.Output);
        pipeline.Commands.Add(new Command("Out-Default"));
        return pipeline;
    }

    private bool LastCommandSucceeded() => LanguagePrimitives.IsTrue(runspace.SessionStateProxy.GetVariable("?"));
}
