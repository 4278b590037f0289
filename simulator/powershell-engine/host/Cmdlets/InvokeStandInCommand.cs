using System.Collections;
using System.Management.Automation;
using System.Text.Json.Nodes;
using AetherV.PowerShellEngine.Hosting;
using AetherV.PowerShellEngine.Json;

namespace AetherV.PowerShellEngine.Cmdlets;

/// <summary>
/// Asks the simulator to do an operation on the state of the host that the script runs on. For the modules
/// that stand in for Hyper-V's; agents never call it.
/// </summary>
/// <remarks>
/// What the simulator refuses is a terminating error with the category, the id and the target that it gave.
/// </remarks>
[Cmdlet(VerbsLifecycle.Invoke, "StandIn")]
public sealed class InvokeStandInCommand : PSCmdlet
{
    [Parameter(Mandatory = true)]
    public string Operation { get; set; } = string.Empty;

    [Parameter]
    public IDictionary Arguments { get; set; } = new Hashtable();

    protected override void ProcessRecord()
    {
        var answer = SessionContext.Current.Channel.Call(Operation, JsonValues.FromPowerShell(Arguments));
        if (answer["error"] is JsonObject error) ThrowTerminatingError(ToErrorRecord(error));
        WriteObject(JsonValues.ToPowerShell(answer["result"]));
    }

    private static ErrorRecord ToErrorRecord(JsonObject error)
    {
        var category = Enum.Parse<ErrorCategory>(Text(error, "category") ?? nameof(ErrorCategory.NotSpecified));
        var exception = new InvalidOperationException(Text(error, "message"));
        return new ErrorRecord(exception, Text(error, "id"), category, Text(error, "target"));
    }

    private static string? Text(JsonObject error, string name) => error[name]?.GetValue<string>();
}
