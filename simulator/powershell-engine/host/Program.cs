using AetherV.PowerShellEngine.Serving;
using AetherV.PowerShellEngine.SyntaxRules;

namespace AetherV.PowerShellEngine;

/// <summary>
/// <c>serve</c> runs scripts for the simulator, which speaks to descriptor 3; <c>version</c> prints the
/// engine's name and version as JSON; <c>check</c> finds what the scripts on standard input may not hold.
/// </summary>
internal static class Program
{
    private static int Main(string[] arguments)
    {
        switch (arguments)
        {
            case ["serve", var moduleFolder]:
                EngineServer.Serve(moduleFolder);
                return 0;
            case ["check"]:
                return SyntaxCheck.Run(Console.OpenStandardInput(), Console.OpenStandardOutput());
            case ["version"]:
                Console.Out.WriteLine(EngineVersion.AsJson());
                return 0;
            default:
                Console.Error.WriteLine("usage: powershell-engine-host serve <module folder> | check | version");
                return 2;
        }
    }
}
