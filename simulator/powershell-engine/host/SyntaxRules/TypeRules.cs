using System.Management.Automation.Language;
using System.Reflection;

namespace AetherV.PowerShellEngine.SyntaxRules;

/// <summary>
/// Types and members that .NET Framework 4.7.2 and Windows PowerShell 5.1 do not have, and those of System.IO
/// that take paths. Of an instance whose type the text does not tell, only the method's name and the number of
/// its arguments are looked up.
/// </summary>
internal static class TypeRules
{
    /// <summary>The one function that opens files by themselves: PowerShell's provider resolves its paths.</summary>
    private const string MayOpenFiles = "Copy-ImageFile";

    /// <summary>What a bootstrap may put over standard output.</summary>
    private const string OverStandardOutput = "StreamWriter";

    /// <summary>What takes no path.</summary>
    private static readonly string[] PathFree =
        ["MemoryStream", "BinaryReader", "BinaryWriter", "StringReader", "StringWriter", "SeekOrigin", "Stream"];

    public static IEnumerable<Finding> Check(Script script, ReferenceLibrary reference) =>
        [
            .. Names(script).SelectMany(named => CheckType(script, reference, named.Name, named.Node)),
            .. script.All<MemberExpressionAst>().SelectMany(member => CheckMember(script, reference, member)),
        ];

    private static IEnumerable<(ITypeName Name, Ast Node)> Names(Script script) =>
        from node in script.All<Ast>()
        let name = node switch
        {
            TypeExpressionAst expression => expression.TypeName,
            AttributeBaseAst attribute => attribute.TypeName,
            _ => null,
        }
        where name is not null
        from part in Parts(name)
        select (part, node);

    /// <summary>A type name without its brackets: the element of an array, a generic type and its arguments.</summary>
    private static IEnumerable<ITypeName> Parts(ITypeName name) => name switch
    {
        ArrayTypeName array => Parts(array.ElementType),
        GenericTypeName generic => generic.GenericArguments.SelectMany(Parts).Append(generic),
        _ => [name],
    };

    private static IEnumerable<Finding> CheckType(Script script, ReferenceLibrary reference, ITypeName name, Ast node)
    {
        if (Resolve(reference, name) is not { } type)
        {
            yield return script.Break("newer-type", node.Extent, $"Neither .NET Framework 4.7.2 nor Windows PowerShell 5.1 has [{name.FullName}].");
        }
        else if (type.Namespace?.StartsWith("System.IO", StringComparison.Ordinal) == true
            && !PathFree.Contains(type.Name)
            && !type.Name.EndsWith("Exception", StringComparison.Ordinal)
            && node.Function()?.Name != MayOpenFiles
            && !(script.Role == Role.Bootstrap && type.Name == OverStandardOutput))
        {
            string message = $"[{name.FullName}] takes paths as .NET understands them, not as PowerShell does; only {MayOpenFiles} may.";
            yield return script.Break("raw-path", node.Extent, message);
        }
    }

    private static Type? Resolve(ReferenceLibrary reference, ITypeName name) => name switch
    {
        GenericTypeName generic => reference.Find($"{generic.TypeName.FullName}`{generic.GenericArguments.Count}"),
        _ => reference.Find(name.FullName),
    };

    private static IEnumerable<Finding> CheckMember(Script script, ReferenceLibrary reference, MemberExpressionAst member)
    {
        if (member.Member.Constant() is not string name)
        {
            yield break;
        }
        int? arguments = member is InvokeMemberExpressionAst call ? call.Arguments?.Count ?? 0 : null;
        Type? owner = TypeOf(member.Expression, member.Static, reference);
        bool exists = (owner, arguments) switch
        {
            // Resolved by CheckType, or told by nobody.
            (null, _) when member.Static => true,
            (null, null) => true,
            (null, { } count) => reference.HasInstanceMethod(name, count),
            // Windows PowerShell adds properties of its own to every object.
            (_, null) when !member.Static => true,
            ({ IsArray: true }, _) => true,
            ({ } type, _) => HasMember(type, name, member.Static, arguments),
        };
        if (!exists)
        {
            string what = arguments is null ? "" : $" with {arguments} arguments";
            string where = owner is null ? "no type has" : $"[{owner.FullName}] has not";
            yield return script.Break("newer-member", member.Extent, $"In .NET Framework 4.7.2 {where} {name}{what}.");
        }
    }

    private static bool HasMember(Type type, string name, bool isStatic, int? arguments)
    {
        if (isStatic && arguments is { } count && name.Is("new"))
        {
            return type.GetConstructors().Any(constructor => ReferenceLibrary.Takes(constructor, count))
                || (type.IsValueType && count == 0);
        }
        BindingFlags flags = BindingFlags.Public | BindingFlags.IgnoreCase | BindingFlags.FlattenHierarchy
            | (isStatic ? BindingFlags.Static : BindingFlags.Instance);
        IEnumerable<MemberInfo> members = type.GetMember(name, flags);
        if (type.IsInterface)
        {
            members = members.Concat(type.GetInterfaces().SelectMany(parent => parent.GetMember(name, flags)));
        }
        return arguments is { } given
            ? members.OfType<MethodBase>().Any(method => ReferenceLibrary.Takes(method, given))
            : members.Any();
    }

    /// <summary>The type of an expression where its text alone tells it; null: it does not.</summary>
    private static Type? TypeOf(ExpressionAst expression, bool isType, ReferenceLibrary reference) => expression switch
    {
        TypeExpressionAst named when isType => TypeOf(named.TypeName, reference),
        StringConstantExpressionAst or ExpandableStringExpressionAst => reference.Find("string"),
        ConvertExpressionAst convert => TypeOf(convert.Type.TypeName, reference),
        ParenExpressionAst { Pipeline: PipelineAst { PipelineElements: [CommandExpressionAst inner] } } =>
            TypeOf(inner.Expression, isType: false, reference),
        VariableExpressionAst variable => ParameterType(variable, reference),
        MemberExpressionAst { Static: true } member => ResultType(member, reference),
        _ => null,
    };

    private static Type? TypeOf(ITypeName name, ReferenceLibrary reference) => name switch
    {
        // Converting to these gives whatever stands behind.
        _ when name.FullName.IsAnyOf("psobject", "pscustomobject", "object", "type") => null,
        ArrayTypeName => reference.Find("array")?.MakeArrayType(),
        _ => Resolve(reference, name),
    };

    private static Type? ParameterType(VariableExpressionAst variable, ReferenceLibrary reference)
    {
        ParameterAst? parameter = variable.Function()?.Body.ParamBlock?.Parameters
            .FirstOrDefault(candidate => candidate.Name.Name().Is(variable.Name()));
        TypeConstraintAst? constraint = parameter?.Attributes.OfType<TypeConstraintAst>().FirstOrDefault();
        return constraint is null ? null : TypeOf(constraint.TypeName, reference);
    }

    /// <summary>What a static member gives, where all overloads give the same.</summary>
    private static Type? ResultType(MemberExpressionAst member, ReferenceLibrary reference)
    {
        if (member.Member.Constant() is not string name || TypeOf(member.Expression, isType: true, reference) is not { } owner)
        {
            return null;
        }
        BindingFlags flags = BindingFlags.Public | BindingFlags.Static | BindingFlags.IgnoreCase | BindingFlags.FlattenHierarchy;
        IEnumerable<Type?> results = owner.GetMember(name, flags).Select(found => found switch
        {
            MethodInfo method => method.ReturnType,
            PropertyInfo property => property.PropertyType,
            FieldInfo field => field.FieldType,
            _ => null,
        });
        Type?[] distinct = results.Distinct().ToArray();
        return distinct is [{ IsGenericParameter: false, IsArray: false } only] && only.FullName != "System.Object" ? only : null;
    }
}
