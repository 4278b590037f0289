using System.Management.Automation.Language;

namespace AetherV.PowerShellEngine.SyntaxRules;

/// <summary>What every script and function looks like: its bytes, strictness, parameters, name and help.</summary>
internal static class FormRules
{
    public static IEnumerable<Finding> Check(Script script, ReferenceLibrary reference) =>
        [
            .. script.Errors.Select(error => script.Break("parse-error", error.Extent, error.Message)),
            .. Encoding(script),
            .. StrictMode(script),
            .. CmdletBinding(script),
            .. script.All<FunctionDefinitionAst>().SelectMany(function => ApprovedVerb(script, function, reference)),
            .. Help(script),
        ];

    /// <summary>Windows PowerShell reads a file without a mark as the machine's own code page: ASCII is the same in all.</summary>
    private static IEnumerable<Finding> Encoding(Script script)
    {
        int line = 1;
        foreach (byte value in script.Bytes)
        {
            if (value == '\n')
            {
                line++;
            }
            else if (value is < 0x20 or > 0x7E)
            {
                string message = $"The byte 0x{value:X2} is neither printable ASCII nor a line feed.";
                yield return new Finding("encoding", script.Name, line, 1, message);
                yield break;
            }
        }
        if (script.Bytes.Length == 0 || script.Bytes[^1] != '\n')
        {
            yield return new Finding("encoding", script.Name, line, 1, "The last line does not end with a line feed.");
        }
    }

    private static IEnumerable<Finding> StrictMode(Script script)
    {
        IReadOnlyList<StatementAst> statements = script.Tree.EndBlock?.Statements ?? (IReadOnlyList<StatementAst>)[];
        string[] beginning = ["Set-StrictMode -Version 3.0", "$ErrorActionPreference = 'Stop'"];
        for (int index = 0; index < beginning.Length; index++)
        {
            if (statements.ElementAtOrDefault(index)?.Extent.Text != beginning[index])
            {
                yield return script.Break("strict-mode", $"Statement {index + 1} is not: {beginning[index]}");
            }
        }
    }

    private static IEnumerable<Finding> CmdletBinding(Script script)
    {
        if (script.Role != Role.Common && !HasCmdletBinding(script.Tree))
        {
            yield return script.Break("cmdlet-binding", "The script has no [CmdletBinding()]: unknown arguments would be swallowed.");
        }
        foreach (FunctionDefinitionAst function in script.All<FunctionDefinitionAst>())
        {
            if (!HasCmdletBinding(function.Body))
            {
                yield return script.Break("cmdlet-binding", function.Extent, $"The function {function.Name} has no [CmdletBinding()].");
            }
        }
    }

    private static bool HasCmdletBinding(ScriptBlockAst body) =>
        body.ParamBlock?.Attributes.Any(attribute => attribute.TypeName.Name.Is("CmdletBinding")) == true;

    private static IEnumerable<Finding> ApprovedVerb(Script script, FunctionDefinitionAst function, ReferenceLibrary reference)
    {
        string[] parts = function.Name.Split('-');
        bool isCmdletName = parts is [{ Length: > 0 }, { Length: > 0 } noun] && char.IsUpper(noun[0]);
        if (!isCmdletName || !reference.ApprovedVerbs.Contains(parts[0]))
        {
            yield return script.Break("approved-verb", function.Extent, $"{function.Name} is not an approved verb of Windows PowerShell and a noun.");
        }
    }

    private static IEnumerable<Finding> Help(Script script)
    {
        IEnumerable<(string Owner, IScriptExtent Where, CommentHelpInfo? Help)> owners =
            [
                ("The script", FirstLine(script), script.Tree.GetHelpContent()),
                .. script.All<FunctionDefinitionAst>().Select(function =>
                    ($"The function {function.Name}", function.Extent, (CommentHelpInfo?)function.GetHelpContent())),
            ];
        foreach ((string owner, IScriptExtent where, CommentHelpInfo? help) in owners)
        {
            if (string.IsNullOrWhiteSpace(help?.Synopsis))
            {
                yield return script.Break("help", where, $"{owner} has no comment-based help with .SYNOPSIS.");
            }
            else if (!help.Outputs.Any(output => !string.IsNullOrWhiteSpace(output)))
            {
                yield return script.Break("help", where, $"{owner} does not say in .OUTPUTS what it gives.");
            }
        }
    }

    private static IScriptExtent FirstLine(Script script) => script.Tokens[0].Extent;
}
