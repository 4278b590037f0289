using System.Text.Json;
using System.Text.Json.Serialization;

namespace AetherV.PowerShellEngine.SyntaxRules;

/// <summary>What a text is for: rules differ by it.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Role>))]
public enum Role
{
    /// <summary>The one script that makes script from what it reads.</summary>
    Bootstrap,
    /// <summary>A file of functions that stands in front of every agent.</summary>
    Common,
    /// <summary>An entry script.</summary>
    Agent,
    /// <summary>A file of a module, or its manifest: the others may call what it exports. Not checked itself.</summary>
    Module,
}

/// <summary>A text as it stands in its file.</summary>
public sealed record Source(string Name, Role Role, byte[] Bytes);

/// <summary>One place that breaks one rule. Line and column count from 1.</summary>
public sealed record Finding(string Rule, string File, int Line, int Column, string Message);

/// <summary>The command <c>check</c>: which rules the agents' scripts break, told from their syntax trees.</summary>
public static class SyntaxCheck
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private sealed record Request(IReadOnlyList<IReadOnlyList<Source>> Sets);

    /// <summary>
    /// Reads <c>{"sets":[[{"name","role","bytes"}]]}</c>, <c>bytes</c> in base64, and writes one list of findings
    /// for each set. Scripts of one set know each other's functions. Gives the exit code.
    /// </summary>
    public static int Run(Stream input, Stream output)
    {
        Request request = JsonSerializer.Deserialize<Request>(input, Json)
            ?? throw new InvalidDataException("The command check reads one JSON object.");
        using var reference = new ReferenceLibrary(Path.Combine(AppContext.BaseDirectory, "reference"));
        var answers = request.Sets.Select(set => Check(set, reference)).ToList();
        JsonSerializer.Serialize(output, answers, Json);
        output.Flush();
        return 0;
    }

    /// <summary>The findings in a set of scripts, in the order of their places.</summary>
    public static IReadOnlyList<Finding> Check(IReadOnlyList<Source> sources, ReferenceLibrary reference)
    {
        List<Script> scripts = sources.Select(Script.Parse).ToList();
        var commands = new CommandLibrary(scripts, reference);
        IEnumerable<Finding> findings =
            from script in scripts
            where script.Role != Role.Module
            from finding in Rules(script, reference, commands)
            orderby script.Name, finding.Line, finding.Column, finding.Rule
            select finding;
        return findings.Distinct().ToList();
    }

    private static IEnumerable<Finding> Rules(Script script, ReferenceLibrary reference, CommandLibrary commands) =>
        [
            .. FormRules.Check(script, reference),
            .. NewerSyntaxRules.Check(script),
            .. CommandRules.Check(script, commands),
            .. TypeRules.Check(script, reference),
            .. OrderRules.Check(script, commands),
            .. ScriptTextRules.Check(script),
        ];
}
