using System.Management.Automation;
using System.Text.Json.Nodes;
using AetherV.PowerShellEngine.Hosting;
using AetherV.PowerShellEngine.Json;

namespace Microsoft.PowerShell.Commands;

/// <summary>Get-Service: gives a service of the simulated host.</summary>
[Cmdlet(VerbsCommon.Get, "Service")]
public sealed class GetServiceCommand : PSCmdlet
{
    [Parameter(Position = 0, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    public string[] Name { get; set; } = [];

    protected override void ProcessRecord()
    {
        foreach (var name in Name)
        {
            var answer = SessionContext.Current.Channel.Call("service.get", new JsonObject { ["name"] = name });
            if (JsonValues.ToPowerShell(answer["result"]) is PSObject service) Write(service);
            else WriteError(NotFound(name));
        }
    }

    private void Write(PSObject service)
    {
        service.TypeNames.Insert(0, "System.ServiceProcess.ServiceController");
        WriteObject(service);
    }

    private static ErrorRecord NotFound(string name)
    {
        var exception = new InvalidOperationException($"Cannot find any service with service name '{name}'.");
        return new ErrorRecord(exception, "NoServiceFoundForGivenName", ErrorCategory.ObjectNotFound, name);
    }
}
