using System.Management.Automation.Language;

namespace AetherV.PowerShellEngine.SyntaxRules;

/// <summary>Commands and parameters that Windows PowerShell 5.1 does not have, or that are not named in full.</summary>
internal static class CommandRules
{
    /// <summary>Parameters of later versions that a script uses only where they exist: function, command, parameter.</summary>
    private static readonly (string Function, string Command, string Parameter)[] Guarded =
        [("ConvertFrom-RequestJson", "ConvertFrom-Json", "DateKind")];

    public static IEnumerable<Finding> Check(Script script, CommandLibrary commands) =>
        script.All<CommandAst>().SelectMany(command => Check(script, command, commands));

    private static IEnumerable<Finding> Check(Script script, CommandAst command, CommandLibrary commands)
    {
        if (command.GetCommandName() is not { } name)
        {
            return [];
        }
        if (commands.Find(script, name) is not { } known)
        {
            string message = $"{name} is neither a command of Windows PowerShell 5.1 that is known here, nor of Hyper-V's modules, nor a function.";
            return [script.Break("newer-command", command.Extent, message)];
        }
        return Parameters(command)
            .SelectMany(used => CheckParameter(script, command, known, used.Name, used.Where))
            .Concat(Positional(script, command, known));
    }

    private static IEnumerable<Finding> CheckParameter(Script script, CommandAst command, KnownCommand known, string? parameter, IScriptExtent where)
    {
        if (parameter is null)
        {
            yield return script.Break("unknown-splat", where, $"What {where.Text} holds cannot be told: splat a hashtable of this function with constant keys.");
        }
        else if (!known.Has(parameter) && !Guarded.Contains((command.Function()?.Name ?? "", known.Name, parameter)))
        {
            string? full = known.Complete(parameter);
            yield return full is null
                ? script.Break("newer-parameter", where, $"{known.Name} has no parameter {parameter} in Windows PowerShell 5.1.")
                : script.Break("parameter-prefix", where, $"{parameter} is short for {full}: a later version may have two such parameters.");
        }
    }

    /// <summary>A value without its parameter's name is bound differently from version to version.</summary>
    private static IEnumerable<Finding> Positional(Script script, CommandAst command, KnownCommand known)
    {
        bool isValue = false;
        foreach (CommandElementAst element in command.CommandElements.Skip(1))
        {
            if (element is CommandParameterAst parameter)
            {
                isValue = parameter.Argument is null && !known.IsSwitch(parameter.ParameterName);
                continue;
            }
            if (!isValue && element is not VariableExpressionAst { Splatted: true })
            {
                yield return script.Break("positional-argument", element.Extent, $"An argument of {known.Name} has no parameter's name before it.");
            }
            isValue = false;
        }
    }

    /// <summary>The names of a command's parameters, splatted ones included; null: what is splatted cannot be told.</summary>
    private static IEnumerable<(string? Name, IScriptExtent Where)> Parameters(CommandAst command)
    {
        foreach (CommandElementAst element in command.CommandElements.Skip(1))
        {
            switch (element)
            {
                case CommandParameterAst parameter:
                    yield return (parameter.ParameterName, parameter.Extent);
                    break;
                case VariableExpressionAst { Splatted: true } variable:
                    foreach ((string? Name, IScriptExtent Where) key in SplattedKeys(variable))
                    {
                        yield return key;
                    }
                    break;
            }
        }
    }

    private static IEnumerable<(string? Name, IScriptExtent Where)> SplattedKeys(VariableExpressionAst variable)
    {
        Ast scope = variable.Scope();
        bool isFound = false;
        foreach (AssignmentStatementAst assignment in scope.Own<AssignmentStatementAst>())
        {
            if (assignment.Left is VariableExpressionAst left && left.Name().Is(variable.Name()))
            {
                foreach (HashtableAst table in OutermostTables(assignment.Right))
                {
                    isFound = true;
                    foreach ((ExpressionAst key, _) in table.KeyValuePairs)
                    {
                        yield return (key.Constant() as string, key.Extent);
                    }
                }
            }
            else if (assignment.Left is IndexExpressionAst { Target: VariableExpressionAst target } index && target.Name().Is(variable.Name()))
            {
                yield return (index.Index.Constant() as string, index.Extent);
            }
        }
        if (!isFound)
        {
            yield return (null, variable.Extent);
        }
    }

    private static IEnumerable<HashtableAst> OutermostTables(Ast right)
    {
        List<HashtableAst> tables = right.FindAll(node => node is HashtableAst, searchNestedScriptBlocks: false).Cast<HashtableAst>().ToList();
        return tables.Where(table => !tables.Any(other => other != table && IsInside(table, other)));
    }

    private static bool IsInside(Ast node, Ast outer)
    {
        for (Ast? parent = node.Parent; parent is not null; parent = parent.Parent)
        {
            if (parent == outer)
            {
                return true;
            }
        }
        return false;
    }
}
