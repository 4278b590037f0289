using System.Management.Automation;

namespace Microsoft.PowerShell.Commands;

/// <summary>Start-Sleep: waits.</summary>
[Cmdlet(VerbsLifecycle.Start, "Sleep")]
public sealed class StartSleepCommand : PSCmdlet
{
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [ValidateRange(0, int.MaxValue)]
    public int Milliseconds { get; set; }

    protected override void ProcessRecord() => Thread.Sleep(Milliseconds);
}
