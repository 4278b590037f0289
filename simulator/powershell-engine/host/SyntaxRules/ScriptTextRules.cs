using System.Management.Automation.Language;

namespace AetherV.PowerShellEngine.SyntaxRules;

/// <summary>Text becomes script in the bootstraps alone, and there only the agent's own text does.</summary>
internal static class ScriptTextRules
{
    private const string Rule = "script-text";

    private static readonly string[] Commands =
        [
            "Invoke-Expression", "iex", "Add-Type", "New-Alias", "Set-Alias", "Invoke-Command", "Start-Job", "Start-Process",
            "powershell", "powershell.exe", "pwsh", "cmd", "cmd.exe", "wscript", "cscript", "mshta", "New-Module",
        ];

    private static readonly string[] Members =
        [
            "InvokeScript", "NewScriptBlock", "ExpandString", AddScript, "InvokeExpression", "GetNewClosure",
            "ParseInput", "ParseFile", "CreatePipeline", "CreateNestedPipeline",
        ];

    /// <summary>What a bootstrap runs text by in a runspace of its own.</summary>
    private const string AddScript = "AddScript";

    /// <summary>Names of commands that come out of a table of our own, by the function that may call them.</summary>
    private const string Dispatcher = "Invoke-AgentOperation";

    /// <summary>Parameters whose text another language reads.</summary>
    private static readonly string[] QueryParameters = ["Query", "Filter"];

    public static IEnumerable<Finding> Check(Script script) =>
        [
            .. script.All<CommandAst>().SelectMany(command => Command(script, command)),
            .. script.All<InvokeMemberExpressionAst>().SelectMany(call => Call(script, call)),
            .. script.All<ConvertExpressionAst>()
                .Where(convert => IsScriptBlock(convert.Type.TypeName) && convert.Child is not ScriptBlockExpressionAst)
                .Select(convert => script.Break(Rule, convert.Extent, "A text becomes script here.")),
            .. script.All<MemberExpressionAst>()
                .Where(member => member.Member.Constant() is null)
                .Select(member => script.Break(Rule, member.Member.Extent, "Which member is meant is known at run time only.")),
            .. script.All<StringConstantExpressionAst>()
                .Where(text => text.Value.TrimStart().StartsWith("-Command", StringComparison.OrdinalIgnoreCase)
                    || text.Value.TrimStart().StartsWith("-EncodedCommand", StringComparison.OrdinalIgnoreCase))
                .Select(text => script.Break(Rule, text.Extent, "A command line that carries script is made here.")),
            .. script.All<VariableExpressionAst>()
                .Where(variable => variable.Name().Is("input"))
                .Select(variable => script.Break("input-variable", variable.Extent, "Windows PowerShell would read standard input to its end.")),
            .. Bootstrap(script),
        ];

    private static IEnumerable<Finding> Command(Script script, CommandAst command)
    {
        string? name = command.GetCommandName();
        if (name is null)
        {
            CommandElementAst called = command.CommandElements[0];
            bool isOwnScript = script.Role == Role.Bootstrap && IsScriptBlockCreation(called);
            if (!isOwnScript && command.Function()?.Name != Dispatcher && !HoldsScriptBlocks(called))
            {
                yield return script.Break(Rule, command.Extent, $"What is called is known at run time only; only {Dispatcher} may do that.");
            }
        }
        else if (name.IsAnyOf(Commands))
        {
            yield return script.Break(Rule, command.Extent, $"{name} makes script or a process of text.");
        }
        foreach (Finding finding in Queries(script, command))
        {
            yield return finding;
        }
    }

    /// <summary>Whether an expression gives nothing but script blocks that stand in the same function.</summary>
    private static bool HoldsScriptBlocks(Ast? node) => node switch
    {
        ScriptBlockExpressionAst => true,
        CommandExpressionAst expression => HoldsScriptBlocks(expression.Expression),
        PipelineAst { PipelineElements: [var only] } => HoldsScriptBlocks(only),
        ArrayLiteralAst array => array.Elements.All(HoldsScriptBlocks),
        ArrayExpressionAst array => array.SubExpression.Statements.All(HoldsScriptBlocks),
        VariableExpressionAst variable => Sources(variable) is [_, ..] sources && sources.All(HoldsScriptBlocks),
        _ => false,
    };

    /// <summary>What is assigned to a variable in its function, and what it runs through.</summary>
    private static List<Ast> Sources(VariableExpressionAst variable) =>
        [
            .. variable.Scope().Own<AssignmentStatementAst>()
                .Where(assignment => assignment.Left is VariableExpressionAst left && left.Name().Is(variable.Name()))
                .Select(assignment => assignment.Right),
            .. variable.Scope().Own<ForEachStatementAst>()
                .Where(loop => loop.Variable.Name().Is(variable.Name()))
                .Select(loop => loop.Condition),
        ];

    private static IEnumerable<Finding> Queries(Script script, CommandAst command)
    {
        for (int index = 1; index < command.CommandElements.Count; index++)
        {
            if (command.CommandElements[index] is not CommandParameterAst parameter || !parameter.ParameterName.IsAnyOf(QueryParameters))
            {
                continue;
            }
            Ast? value = parameter.Argument ?? command.CommandElements.ElementAtOrDefault(index + 1);
            if (value.Constant() is not string)
            {
                yield return script.Break("query-text", parameter.Extent, "A query is made of values here: ask by key or filter the answer.");
            }
        }
    }

    private static IEnumerable<Finding> Call(Script script, InvokeMemberExpressionAst call)
    {
        if (IsScriptBlockCreation(call))
        {
            if (script.Role != Role.Bootstrap)
            {
                yield return script.Break(Rule, call.Extent, "Only the bootstrap makes a script block of text.");
            }
        }
        else if (call.Member.Constant() is string name && name.IsAnyOf(Members) && !(script.Role == Role.Bootstrap && name.Is(AddScript)))
        {
            yield return script.Break(Rule, call.Extent, $"{name} makes script of text.");
        }
    }

    /// <summary>
    /// A bootstrap reads several lines in one statement; the last of them stays data. Script is made of one of the
    /// others, or of what was kept of it under a name.
    /// </summary>
    private static IEnumerable<Finding> Bootstrap(Script script)
    {
        if (script.Role != Role.Bootstrap)
        {
            yield break;
        }
        string[] own = script.All<AssignmentStatementAst>()
            .Select(assignment => assignment.Left)
            .OfType<ArrayLiteralAst>()
            .SelectMany(names => names.Elements.OfType<VariableExpressionAst>().SkipLast(1))
            .Select(variable => variable.Name())
            .ToArray();
        string[] kept = script.All<AssignmentStatementAst>()
            .Where(assignment => assignment.Left is IndexExpressionAst { Target: VariableExpressionAst })
            .GroupBy(assignment => ((VariableExpressionAst)((IndexExpressionAst)assignment.Left).Target).Name(), StringComparer.OrdinalIgnoreCase)
            .Where(table => table.All(assignment => IsOneOf(assignment.Right, own)))
            .Select(table => table.Key)
            .ToArray();
        string[] spoilt = script.All<AssignmentStatementAst>()
            .Where(assignment => assignment.Left is VariableExpressionAst left && left.Name().IsAnyOf(own) && !IsKept(assignment.Right, kept))
            .Select(assignment => ((VariableExpressionAst)assignment.Left).Name())
            .ToArray();
        foreach (InvokeMemberExpressionAst call in script.All<InvokeMemberExpressionAst>()
            .Where(call => IsScriptBlockCreation(call) || (call.Member.Constant() is string name && name.Is(AddScript))))
        {
            bool isOwnText = call.Arguments is [VariableExpressionAst variable]
                && variable.Name().IsAnyOf(own)
                && !variable.Name().IsAnyOf(spoilt);
            if (!isOwnText)
            {
                yield return script.Break(Rule, call.Extent, "The script block is not made of the agent's own text.");
            }
        }
    }

    private static bool IsOneOf(StatementAst value, string[] names) =>
        value is CommandExpressionAst { Expression: VariableExpressionAst variable } && variable.Name().IsAnyOf(names);

    private static bool IsKept(StatementAst value, string[] tables) =>
        value is CommandExpressionAst { Expression: IndexExpressionAst { Target: VariableExpressionAst table } } && table.Name().IsAnyOf(tables);

    private static bool IsScriptBlockCreation(Ast node) => node switch
    {
        ParenExpressionAst { Pipeline: PipelineAst { PipelineElements: [CommandExpressionAst inner] } } => IsScriptBlockCreation(inner.Expression),
        InvokeMemberExpressionAst { Static: true, Expression: TypeExpressionAst type } call =>
            IsScriptBlock(type.TypeName) && call.Member.Constant() is "Create" or "create",
        _ => false,
    };

    private static bool IsScriptBlock(ITypeName name) => name.FullName.IsAnyOf("scriptblock", "System.Management.Automation.ScriptBlock");
}
