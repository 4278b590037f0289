using System.Management.Automation;
using AetherV.PowerShellEngine.Hosting;

namespace Microsoft.PowerShell.Commands;

/// <summary>Remove-TypeData: takes away what PowerShell adds to a .NET type, for the session.</summary>
[Cmdlet(VerbsCommon.Remove, "TypeData")]
public sealed class RemoveTypeDataCommand : PSCmdlet
{
    [Parameter(Position = 0, Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string TypeName { get; set; } = string.Empty;

    protected override void ProcessRecord()
    {
        try
        {
            SessionTypes.Current.RemoveType(TypeName);
        }
        catch (RuntimeException error)
        {
            WriteError(new ErrorRecord(error, "TypesDynamicRemoveException", ErrorCategory.InvalidOperation, null));
        }
    }
}
