using System.Management.Automation.Language;
using System.Text.RegularExpressions;

namespace AetherV.PowerShellEngine.SyntaxRules;

/// <summary>Syntax that this parser takes and that of Windows PowerShell 5.1 does not, or takes for something else.</summary>
internal static partial class NewerSyntaxRules
{
    private const string Rule = "newer-syntax";

    private static readonly string[] NewerVariables =
        [
            "IsWindows", "IsLinux", "IsMacOS", "IsCoreCLR", "PSStyle", "EnabledExperimentalFeatures",
            "PSNativeCommandArgumentPassing", "PSNativeCommandUseErrorActionPreference",
        ];

    public static IEnumerable<Finding> Check(Script script) =>
        [
            .. script.All<Ast>().SelectMany(node => Newer(node).Select(what => script.Break(Rule, node.Extent, what))),
            .. Tokens(script),
            .. script.All<VariableExpressionAst>()
                .Where(variable => variable.Name().IsAnyOf(NewerVariables))
                .Select(variable => script.Break("newer-variable", variable.Extent, $"Windows PowerShell does not set ${variable.Name()}.")),
        ];

    private static IEnumerable<string> Newer(Ast node) => node switch
    {
        TernaryExpressionAst => ["The operator ? : is of PowerShell 7."],
        PipelineChainAst => ["The operators && and || are of PowerShell 7."],
        PipelineAst { Background: true } => ["The operator & behind a command is of PowerShell 6."],
        BinaryExpressionAst { Operator: TokenKind.QuestionQuestion } => ["The operator ?? is of PowerShell 7."],
        AssignmentStatementAst { Operator: TokenKind.QuestionQuestionEquals } => ["The operator ??= is of PowerShell 7."],
        MemberExpressionAst { NullConditional: true } => ["The operator ?. is of PowerShell 7."],
        IndexExpressionAst { NullConditional: true } => ["The operator ?[] is of PowerShell 7."],
        InvokeMemberExpressionAst { GenericTypeArguments.Count: > 0 } => ["Type arguments of a method are of PowerShell 7.3."],
        ScriptBlockAst { CleanBlock: not null } => ["The block clean is of PowerShell 7.3."],
        TypeDefinitionAst { IsEnum: true, BaseTypes.Count: > 0 } => ["The underlying type of an enum is of PowerShell 6.2."],
        _ => [],
    };

    private static IEnumerable<Finding> Tokens(Script script)
    {
        Token? previous = null;
        foreach (Token token in script.Tokens)
        {
            if (token.Kind == TokenKind.Number && !NumberOf51().IsMatch(token.Text))
            {
                yield return script.Break(Rule, token.Extent, $"Windows PowerShell cannot read the number {token.Text}.");
            }
            if (token is StringExpandableToken && NewerEscape().IsMatch(token.Text))
            {
                yield return script.Break(Rule, token.Extent, "The escapes `e and `u{} are of PowerShell 6.");
            }
            if (token.Kind == TokenKind.Pipe && previous?.Kind == TokenKind.NewLine)
            {
                yield return script.Break(Rule, token.Extent, "A pipe at the beginning of a line is of PowerShell 7.");
            }
            if (token.Kind != TokenKind.Comment)
            {
                previous = token;
            }
        }
    }

    [GeneratedRegex(@"^[+-]?(0x[0-9a-f]+|(\d+\.?\d*|\.\d+)(e[+-]?\d+)?)[ld]?([kmgtp]b)?$", RegexOptions.IgnoreCase)]
    private static partial Regex NumberOf51();

    [GeneratedRegex(@"(?<!`)(``)*`(e|u\{)")]
    private static partial Regex NewerEscape();
}
