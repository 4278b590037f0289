using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Host;

namespace AetherV.PowerShellEngine.Hosting;

/// <summary>The host of a session: what a script sees of powershell.exe without a console.</summary>
internal sealed class SessionHost : PSHost
{
    private static readonly CultureInfo EnglishUnitedStates = new("en-US");

    /// <summary>Gets the code that the script gave with <c>exit</c>; null: none.</summary>
    public int? ExitCode { get; private set; }

    /// <summary>Gets what stands for the console.</summary>
    public Terminal Terminal { get; } = new();

    public override CultureInfo CurrentCulture => EnglishUnitedStates;

    public override CultureInfo CurrentUICulture => EnglishUnitedStates;

    public override Guid InstanceId { get; } = Guid.NewGuid();

    public override string Name => "ConsoleHost";

    public override PSHostUserInterface UI => Terminal;

    public override Version Version => PSVersionInfo.PSVersion;

    public override void SetShouldExit(int exitCode) => ExitCode = exitCode;

    public override void EnterNestedPrompt() => throw new NotSupportedException();

    public override void ExitNestedPrompt() => throw new NotSupportedException();

    public override void NotifyBeginApplication()
    {
    }

    public override void NotifyEndApplication()
    {
    }
}
