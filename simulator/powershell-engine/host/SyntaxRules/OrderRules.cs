using System.Management.Automation.Language;

namespace AetherV.PowerShellEngine.SyntaxRules;

/// <summary>
/// A plain hashtable has an order of its own in every process. It may be looked into and splatted; what others
/// see in its order has to be [ordered].
/// </summary>
internal static class OrderRules
{
    private const string Rule = "ordered";

    private static readonly string[] Enumerating = ["Keys", "Values", "GetEnumerator"];

    public static IEnumerable<Finding> Check(Script script, CommandLibrary commands) =>
        script.All<HashtableAst>()
            .Where(table => !IsOrdered(table))
            .SelectMany(table => Uses(script, commands, table, table).Select(use => script.Break(Rule, use.Extent, Message(table))));

    private static string Message(HashtableAst table) =>
        $"The hashtable of line {table.Extent.StartLineNumber} is seen in its order here: make it [ordered].";

    private static bool IsOrdered(HashtableAst table) =>
        table.Parent is ConvertExpressionAst convert && convert.Type.TypeName.FullName.IsAnyOf("ordered", "pscustomobject");

    /// <summary>The places where the order of a table, which stands where <paramref name="node"/> does, is seen.</summary>
    private static IEnumerable<Ast> Uses(Script script, CommandLibrary commands, HashtableAst table, Ast node)
    {
        switch (node.Parent)
        {
            case ParenExpressionAst or ArrayLiteralAst or ArrayExpressionAst or SubExpressionAst or ConvertExpressionAst:
            case CommandExpressionAst or PipelineAst { PipelineElements.Count: 1 }:
            case StatementBlockAst { Parent: not ScriptBlockAst } or IfStatementAst or SwitchStatementAst or TryStatementAst:
                return Uses(script, commands, table, node.Parent);
            case HashtableAst outer:
                return IsOrdered(outer) ? [node] : [];
            case AssignmentStatementAst { Left: VariableExpressionAst variable }:
                return UsesOf(script, commands, table, variable);
            case AssignmentStatementAst:
                return [node];
            case CommandAst command:
                return SeesOrder(script, commands, command, node) ? [node] : [];
            case ParameterAst:
                return table.KeyValuePairs.Count > 0 ? [node] : [];
            case NamedBlockAst or ReturnStatementAst:
                return SaysHashtable(node) ? [] : [node];
            case MemberExpressionAst member:
                return SeesOrder(member) ? [member] : [];
            default:
                return [];
        }
    }

    private static IEnumerable<Ast> UsesOf(Script script, CommandLibrary commands, HashtableAst table, VariableExpressionAst assigned) =>
        from variable in assigned.Scope().Own<VariableExpressionAst>()
        where variable != assigned && variable.Name().Is(assigned.Name()) && !variable.Splatted && !IsAssigned(variable)
        from use in Uses(script, commands, table, variable)
        select use;

    private static bool IsAssigned(VariableExpressionAst variable) =>
        variable.Parent is AssignmentStatementAst assignment && assignment.Left == variable;

    private static bool SeesOrder(MemberExpressionAst member) =>
        member.Member.Constant() is string name
        && name.IsAnyOf(Enumerating)
        && member.Parent is not BinaryExpressionAst;

    /// <summary>A function of our own sees it unless its parameter is a [hashtable]; of cmdlets, what writes text does.</summary>
    private static bool SeesOrder(Script script, CommandLibrary commands, CommandAst command, Ast argument)
    {
        string name = command.GetCommandName() ?? "";
        if (commands.Function(script, name) is not { } function)
        {
            return name.IsAnyOf("ConvertTo-Json", "Write-Output", "Write-Host", "Out-String", "ForEach-Object");
        }
        string parameter = ParameterBefore(command, argument) ?? "";
        return function.Body.ParamBlock?.Parameters
            .Where(candidate => candidate.Name.Name().Is(parameter))
            .SelectMany(candidate => candidate.Attributes.OfType<TypeConstraintAst>())
            .Any(type => type.TypeName.FullName.IsAnyOf("hashtable", "System.Collections.Hashtable")) != true;
    }

    private static string? ParameterBefore(CommandAst command, Ast argument)
    {
        if (argument is CommandParameterAst own)
        {
            return own.ParameterName;
        }
        int index = command.CommandElements.ToList().FindIndex(element => element == argument);
        return index > 0 && command.CommandElements[index - 1] is CommandParameterAst parameter ? parameter.ParameterName : null;
    }

    /// <summary>Whether the function says that it gives a table to look into.</summary>
    private static bool SaysHashtable(Ast node) =>
        node.Function()?.Body.ParamBlock?.Attributes.OfType<AttributeAst>()
            .Where(attribute => attribute.TypeName.Name.Is("OutputType"))
            .SelectMany(attribute => attribute.PositionalArguments)
            .Any(argument => argument is TypeExpressionAst type && type.TypeName.FullName.IsAnyOf("hashtable", "System.Collections.Hashtable")) == true;
}
