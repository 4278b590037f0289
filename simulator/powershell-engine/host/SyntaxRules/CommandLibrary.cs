using System.Management.Automation.Language;
using System.Reflection;
using System.Text.Json;

namespace AetherV.PowerShellEngine.SyntaxRules;

/// <summary>A command with the names of its parameters.</summary>
internal sealed class KnownCommand(string name, IEnumerable<string> parameters, IEnumerable<string> switches)
{
    /// <summary>Of every cmdlet and advanced function in Windows PowerShell 5.1 (about_CommonParameters).</summary>
    private static readonly string[] Common =
        [
            "Verbose", "Debug", "ErrorAction", "WarningAction", "InformationAction", "ErrorVariable",
            "WarningVariable", "InformationVariable", "OutVariable", "OutBuffer", "PipelineVariable",
        ];

    private static readonly string[] CommonSwitches = ["Verbose", "Debug", "WhatIf", "Confirm"];

    private readonly HashSet<string> parameters = new(parameters.Concat(switches).Concat(Common), StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> switches = new(switches.Concat(CommonSwitches), StringComparer.OrdinalIgnoreCase);

    public string Name { get; } = name;

    public bool Has(string parameter) => parameters.Contains(parameter);

    public bool IsSwitch(string parameter) => switches.Contains(parameter);

    /// <summary>The parameter that a beginning of its name stands for; null: none.</summary>
    public string? Complete(string beginning) =>
        parameters.FirstOrDefault(parameter => parameter.StartsWith(beginning, StringComparison.OrdinalIgnoreCase));
}

/// <summary>The commands that a script can call: cmdlets of Windows PowerShell 5.1, the stand-in modules', its own functions.</summary>
internal sealed class CommandLibrary
{
    private readonly Dictionary<string, KnownCommand> cmdlets = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, Dictionary<string, FunctionDefinitionAst>> functions = [];

    public CommandLibrary(IReadOnlyList<Script> scripts, ReferenceLibrary reference)
    {
        foreach ((string name, Type type) in reference.CoreCmdlets)
        {
            cmdlets[name] = FromClass(name, type);
        }
        foreach ((string name, Listed listed) in ReadList())
        {
            cmdlets[name] = new KnownCommand(name, listed.Parameters, listed.Switches);
        }
        List<Script> modules = scripts.Where(script => script.Role == Role.Module).ToList();
        HashSet<string> exported = modules.SelectMany(Exported).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (FunctionDefinitionAst function in modules.SelectMany(Functions).Where(function => exported.Contains(function.Name)))
        {
            cmdlets[function.Name] = FromFunction(function);
        }
        List<FunctionDefinitionAst> common = scripts.Where(script => script.Role == Role.Common).SelectMany(Functions).ToList();
        foreach (Script script in scripts)
        {
            var visible = functions[script.Name] = new(StringComparer.OrdinalIgnoreCase);
            foreach (FunctionDefinitionAst function in common.Concat(Functions(script)))
            {
                visible[function.Name] = function;
            }
        }
    }

    /// <summary>Parameters of one cmdlet as <c>windows-powershell-commands.json</c> has them.</summary>
    private sealed record Listed(string[] Parameters, string[] Switches);

    public KnownCommand? Find(Script script, string name) =>
        Function(script, name) is { } function ? FromFunction(function) : cmdlets.GetValueOrDefault(name);

    /// <summary>The function of the agents that a script calls by this name.</summary>
    public FunctionDefinitionAst? Function(Script script, string name) => functions[script.Name].GetValueOrDefault(name);

    private static IEnumerable<FunctionDefinitionAst> Functions(Script script) => script.All<FunctionDefinitionAst>();

    /// <summary>What a module's manifest exports; of any other file nothing.</summary>
    private static IEnumerable<string> Exported(Script script) =>
        from table in script.All<HashtableAst>()
        from pair in table.KeyValuePairs
        where (pair.Item1.Constant() as string).Is("FunctionsToExport")
        from name in pair.Item2.FindAll(node => node is StringConstantExpressionAst, searchNestedScriptBlocks: true)
        select ((StringConstantExpressionAst)name).Value;

    private static Dictionary<string, Listed> ReadList()
    {
        using FileStream file = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "reference", "windows-powershell-commands.json"));
        return JsonSerializer.Deserialize<Dictionary<string, Listed>>(file, JsonSerializerOptions.Web)
            ?? throw new InvalidDataException("windows-powershell-commands.json holds no list.");
    }

    private static KnownCommand FromClass(string name, Type type)
    {
        bool supportsShouldProcess = type.GetCustomAttributesData()
            .SelectMany(attribute => attribute.NamedArguments)
            .Any(argument => argument is { MemberName: "SupportsShouldProcess", TypedValue.Value: true });
        List<PropertyInfo> parameters = type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.GetCustomAttributesData().Any(attribute => attribute.AttributeType.Name == "ParameterAttribute"))
            .ToList();
        return new KnownCommand(
            name,
            parameters.Select(parameter => parameter.Name).Concat(supportsShouldProcess ? ["WhatIf", "Confirm"] : []),
            parameters.Where(parameter => parameter.PropertyType.Name == "SwitchParameter").Select(parameter => parameter.Name));
    }

    private static KnownCommand FromFunction(FunctionDefinitionAst function)
    {
        IReadOnlyList<ParameterAst> parameters = function.Body.ParamBlock?.Parameters ?? (IReadOnlyList<ParameterAst>)[];
        bool supportsShouldProcess = function.Body.ParamBlock?.Attributes.OfType<AttributeAst>()
            .SelectMany(attribute => attribute.NamedArguments)
            .Any(argument => argument.ArgumentName.Is("SupportsShouldProcess")) == true;
        return new KnownCommand(
            function.Name,
            parameters.Select(parameter => parameter.Name.Name()).Concat(supportsShouldProcess ? ["WhatIf", "Confirm"] : []),
            parameters.Where(IsSwitch).Select(parameter => parameter.Name.Name()));
    }

    private static bool IsSwitch(ParameterAst parameter) =>
        parameter.Attributes.OfType<TypeConstraintAst>()
            .Any(type => type.TypeName.FullName.IsAnyOf("switch", "System.Management.Automation.SwitchParameter"));
}
