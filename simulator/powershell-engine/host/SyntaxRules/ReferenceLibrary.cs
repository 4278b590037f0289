using System.Reflection;

namespace AetherV.PowerShellEngine.SyntaxRules;

/// <summary>
/// The public types of .NET Framework 4.7.2 and Windows PowerShell 5.1, from their reference assemblies: what
/// a script may name, as opposed to what this program itself runs on.
/// </summary>
public sealed class ReferenceLibrary : IDisposable
{
    /// <summary>Type accelerators of Windows PowerShell 5.1, and the attributes that go by a short name.</summary>
    private static readonly Dictionary<string, string> Accelerators = new(StringComparer.OrdinalIgnoreCase)
    {
        ["array"] = "System.Array",
        ["bool"] = "System.Boolean",
        ["byte"] = "System.Byte",
        ["char"] = "System.Char",
        ["datetime"] = "System.DateTime",
        ["decimal"] = "System.Decimal",
        ["double"] = "System.Double",
        ["float"] = "System.Single",
        ["guid"] = "System.Guid",
        ["hashtable"] = "System.Collections.Hashtable",
        ["int"] = "System.Int32",
        ["int16"] = "System.Int16",
        ["int32"] = "System.Int32",
        ["int64"] = "System.Int64",
        ["long"] = "System.Int64",
        ["object"] = "System.Object",
        ["ordered"] = "System.Collections.Specialized.OrderedDictionary",
        ["pscustomobject"] = "System.Management.Automation.PSObject",
        ["psobject"] = "System.Management.Automation.PSObject",
        ["ref"] = "System.Management.Automation.PSReference",
        ["regex"] = "System.Text.RegularExpressions.Regex",
        ["sbyte"] = "System.SByte",
        ["scriptblock"] = "System.Management.Automation.ScriptBlock",
        ["string"] = "System.String",
        ["switch"] = "System.Management.Automation.SwitchParameter",
        ["timespan"] = "System.TimeSpan",
        ["type"] = "System.Type",
        ["uint16"] = "System.UInt16",
        ["uint32"] = "System.UInt32",
        ["uint64"] = "System.UInt64",
        ["uri"] = "System.Uri",
        ["version"] = "System.Version",
        ["void"] = "System.Void",
        ["xml"] = "System.Xml.XmlDocument",
        ["Alias"] = "System.Management.Automation.AliasAttribute",
        ["AllowEmptyCollection"] = "System.Management.Automation.AllowEmptyCollectionAttribute",
        ["AllowEmptyString"] = "System.Management.Automation.AllowEmptyStringAttribute",
        ["AllowNull"] = "System.Management.Automation.AllowNullAttribute",
        ["CmdletBinding"] = "System.Management.Automation.CmdletBindingAttribute",
        ["OutputType"] = "System.Management.Automation.OutputTypeAttribute",
        ["Parameter"] = "System.Management.Automation.ParameterAttribute",
        ["ValidateCount"] = "System.Management.Automation.ValidateCountAttribute",
        ["ValidateLength"] = "System.Management.Automation.ValidateLengthAttribute",
        ["ValidateNotNull"] = "System.Management.Automation.ValidateNotNullAttribute",
        ["ValidateNotNullOrEmpty"] = "System.Management.Automation.ValidateNotNullOrEmptyAttribute",
        ["ValidatePattern"] = "System.Management.Automation.ValidatePatternAttribute",
        ["ValidateRange"] = "System.Management.Automation.ValidateRangeAttribute",
        ["ValidateSet"] = "System.Management.Automation.ValidateSetAttribute",
    };

    private readonly MetadataLoadContext context;
    private readonly Dictionary<string, Type> types = new(StringComparer.OrdinalIgnoreCase);
    private readonly Lazy<ILookup<string, MethodInfo>> instanceMethods;

    /// <summary>Reads the assemblies of a folder.</summary>
    public ReferenceLibrary(string directory)
    {
        string[] files = Directory.GetFiles(directory, "*.dll");
        context = new MetadataLoadContext(new PathAssemblyResolver(files), "mscorlib");
        foreach (Type type in files.SelectMany(file => context.LoadFromAssemblyPath(file).GetExportedTypes()))
        {
            types.TryAdd(type.FullName ?? type.Name, type);
        }
        instanceMethods = new(() => types.Values
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
            .ToLookup(method => method.Name, StringComparer.OrdinalIgnoreCase));
        ApprovedVerbs = types.Values
            .Where(type => type.Namespace == "System.Management.Automation" && type.Name.StartsWith("Verbs", StringComparison.Ordinal))
            .SelectMany(type => type.GetFields(BindingFlags.Public | BindingFlags.Static))
            .Select(field => (string)field.GetRawConstantValue()!)
            .ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>The verbs of <c>Get-Verb</c> in Windows PowerShell 5.1.</summary>
    public IReadOnlySet<string> ApprovedVerbs { get; }

    /// <summary>The cmdlets of the module Microsoft.PowerShell.Core: "Verb-Noun" to the class.</summary>
    public IEnumerable<(string Name, Type Class)> CoreCmdlets =>
        from type in types.Values
        where type.Namespace == "Microsoft.PowerShell.Commands"
        from attribute in type.GetCustomAttributesData()
        where attribute.AttributeType.Name == "CmdletAttribute"
        select ($"{attribute.ConstructorArguments[0].Value}-{attribute.ConstructorArguments[1].Value}", type);

    /// <summary>The type that a script means by a name, as Windows PowerShell resolves it; null: there is none.</summary>
    public Type? Find(string name) =>
        types.GetValueOrDefault(Accelerators.GetValueOrDefault(name, name))
            ?? types.GetValueOrDefault($"System.{name}");

    /// <summary>Whether any type has an instance method of this name that can be called with so many arguments.</summary>
    public bool HasInstanceMethod(string name, int arguments) =>
        instanceMethods.Value[name].Any(method => Takes(method, arguments));

    /// <summary>Whether a method or constructor can be called with so many arguments.</summary>
    public static bool Takes(MethodBase method, int arguments)
    {
        ParameterInfo[] parameters = method.GetParameters();
        bool hasRest = parameters.LastOrDefault()?.GetCustomAttributesData()
            .Any(attribute => attribute.AttributeType.Name == "ParamArrayAttribute") == true;
        int required = parameters.Count(parameter => !parameter.IsOptional) - (hasRest ? 1 : 0);
        return arguments >= required && (hasRest || arguments <= parameters.Length);
    }

    public void Dispose() => context.Dispose();
}
