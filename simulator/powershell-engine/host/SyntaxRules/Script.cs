using System.Management.Automation.Language;
using System.Text;

namespace AetherV.PowerShellEngine.SyntaxRules;

/// <summary>A parsed script.</summary>
public sealed class Script
{
    private Script(Source source, string text, ScriptBlockAst tree, Token[] tokens, ParseError[] errors)
    {
        Name = source.Name;
        Role = source.Role;
        Bytes = source.Bytes;
        Text = text;
        Tree = tree;
        Tokens = tokens;
        Errors = errors;
    }

    public string Name { get; }
    public Role Role { get; }
    public byte[] Bytes { get; }
    public string Text { get; }
    public ScriptBlockAst Tree { get; }
    public IReadOnlyList<Token> Tokens { get; }
    public IReadOnlyList<ParseError> Errors { get; }

    public static Script Parse(Source source)
    {
        string text = Encoding.UTF8.GetString(source.Bytes);
        ScriptBlockAst tree = Parser.ParseInput(text, out Token[] tokens, out ParseError[] errors);
        return new Script(source, text, tree, tokens, errors);
    }

    /// <summary>Every node of a kind, functions and script blocks inside included.</summary>
    public IEnumerable<T> All<T>() where T : Ast => Tree.FindAll(node => node is T, searchNestedScriptBlocks: true).Cast<T>();

    public Finding Break(string rule, IScriptExtent where, string message) =>
        new(rule, Name, where.StartLineNumber, where.StartColumnNumber, message);

    public Finding Break(string rule, string message) => new(rule, Name, 1, 1, message);
}

internal static class AstExtensions
{
    /// <summary>The function that a node stands in; null: in the script itself.</summary>
    public static FunctionDefinitionAst? Function(this Ast node)
    {
        for (Ast? parent = node.Parent; parent is not null; parent = parent.Parent)
        {
            if (parent is FunctionDefinitionAst function)
            {
                return function;
            }
        }
        return null;
    }

    /// <summary>The body whose variables a node sees as its own: the function's, or the script's.</summary>
    public static Ast Scope(this Ast node)
    {
        if (node.Function() is { } function)
        {
            return function;
        }
        Ast root = node;
        while (root.Parent is not null)
        {
            root = root.Parent;
        }
        return root;
    }

    /// <summary>The nodes of a kind in a body that belong to it and to no function inside it.</summary>
    public static IEnumerable<T> Own<T>(this Ast scope) where T : Ast =>
        scope.FindAll(node => node is T && ReferenceEquals(node.Scope(), scope), searchNestedScriptBlocks: true).Cast<T>();

    public static bool Is(this string? text, string other) => string.Equals(text, other, StringComparison.OrdinalIgnoreCase);

    public static bool IsAnyOf(this string? text, params string[] others) => others.Any(other => text.Is(other));

    /// <summary>The name of a variable without its scope.</summary>
    public static string Name(this VariableExpressionAst variable)
    {
        string path = variable.VariablePath.UserPath;
        return path[(path.IndexOf(':') + 1)..];
    }

    /// <summary>The value of a plain text or number; null: something that is known only at run time.</summary>
    public static object? Constant(this Ast? node) => node switch
    {
        StringConstantExpressionAst text => text.Value,
        ExpandableStringExpressionAst => null,
        ConstantExpressionAst constant => constant.Value,
        CommandExpressionAst { Redirections.Count: 0 } expression => expression.Expression.Constant(),
        PipelineAst { PipelineElements.Count: 1 } pipeline => pipeline.PipelineElements[0].Constant(),
        _ => null,
    };
}
