using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Reflection;
using System.Text;

namespace AetherV.PowerShellEngine.Json;

/// <summary>
/// Writes JSON as ConvertTo-Json of Windows PowerShell does it: what is deeper than the depth becomes text; a
/// value that PowerShell has added members to, such as a list that went through a pipeline, becomes an object
/// with the value under <c>value</c>; the characters <c>' &lt; &gt; &amp;</c> are escaped.
/// </summary>
internal sealed class WindowsJsonWriter
{
    private const PSMemberTypes Added = PSMemberTypes.Properties & ~PSMemberTypes.Property;

    private readonly StringBuilder json = new();
    private readonly int depth;

    private WindowsJsonWriter(int depth) => this.depth = depth;

    /// <summary>Gives a value as JSON without white space.</summary>
    public static string Write(object? value, int depth)
    {
        var writer = new WindowsJsonWriter(depth);
        writer.Append(writer.ToJsonValue(value, 0));
        return writer.json.ToString();
    }

    /// <summary>Gives a value as what JSON has: null, a scalar, a list, or members by name.</summary>
    private object? ToJsonValue(object? value, int level)
    {
        var wrapped = value as PSObject;
        var bare = wrapped?.BaseObject ?? value;
        if (bare is PSCustomObject && level > depth) return ToText(wrapped!);
        var plain = bare switch
        {
            null or DBNull => null,
            _ when IsScalar(bare) => bare,
            _ when level > depth => ToText(bare),
            IDictionary entries => FromDictionary(entries, level),
            IEnumerable list => list.Cast<object?>().Select(item => ToJsonValue(item, level + 1)).ToList(),
            _ => FromMembers(bare, level),
        };
        return wrapped is null ? plain : WithAddedMembers(wrapped, plain, level);
    }

    private object? WithAddedMembers(PSObject wrapped, object? plain, int level)
    {
        var members = plain as Members ?? new Members { ["value"] = plain };
        var isCustom = wrapped.BaseObject is not IDictionary && plain is Members;
        foreach (var property in wrapped.Properties)
        {
            if (!isCustom && (property.MemberType & Added) == 0) continue;
            if (!members.ContainsKey(property.Name)) members[property.Name] = ToJsonValue(Get(property), level + 1);
        }
        return plain is Members || members.Count > 1 ? members : plain;
    }

    private Members FromDictionary(IDictionary entries, int level)
    {
        var members = new Members();
        foreach (DictionaryEntry entry in entries)
        {
            if (entry.Key is not string name) throw NotText(entries);
            members[name] = ToJsonValue(entry.Value, level + 1);
        }
        return members;
    }

    private Members FromMembers(object value, int level)
    {
        var members = new Members();
        if (value is PSCustomObject) return members;
        const BindingFlags Public = BindingFlags.Public | BindingFlags.Instance;
        foreach (var field in value.GetType().GetFields(Public))
        {
            members[field.Name] = ToJsonValue(field.GetValue(value), level + 1);
        }
        foreach (var property in value.GetType().GetProperties(Public).Where(one => one.GetIndexParameters().Length == 0))
        {
            members[property.Name] = ToJsonValue(property.GetValue(value), level + 1);
        }
        return members;
    }

    private void Append(object? value)
    {
        switch (value)
        {
            case null:
                json.Append("null");
                break;
            case Members members:
                AppendList('{', '}', members, member =>
                {
                    AppendText(member.Key);
                    json.Append(':');
                    Append(member.Value);
                });
                break;
            case List<object?> list:
                AppendList('[', ']', list, Append);
                break;
            default:
                AppendScalar(value);
                break;
        }
    }

    private void AppendList<T>(char open, char close, IEnumerable<T> items, Action<T> append)
    {
        json.Append(open);
        var isFirst = true;
        foreach (var item in items)
        {
            if (!isFirst) json.Append(',');
            isFirst = false;
            append(item);
        }
        json.Append(close);
    }

    private void AppendScalar(object value)
    {
        switch (value)
        {
            case bool flag:
                json.Append(flag ? "true" : "false");
                break;
            case DateTime time:
                json.Append(@"""\/Date(").Append(ToUnixMilliseconds(time)).Append(@")\/""");
                break;
            case Enum name:
                json.Append(name.ToString("D"));
                break;
            case IConvertible number when number.GetTypeCode() is >= TypeCode.SByte and <= TypeCode.Decimal:
                json.Append(number.ToString(CultureInfo.InvariantCulture));
                break;
            default:
                AppendText(value.ToString() ?? string.Empty);
                break;
        }
    }

    private void AppendText(string text)
    {
        json.Append('"');
        foreach (var character in text)
        {
            json.Append(character switch
            {
                '"' => "\\\"",
                '\\' => @"\\",
                '\b' => @"\b",
                '\f' => @"\f",
                '\n' => @"\n",
                '\r' => @"\r",
                '\t' => @"\t",
                '\'' or '<' or '>' or '&' or < ' ' or '\u0085' or '\u2028' or '\u2029' => $@"\u{(int)character:x4}",
                _ => character.ToString(),
            });
        }
        json.Append('"');
    }

    private static bool IsScalar(object value) =>
        value is string or char or bool or DateTime or DateTimeOffset or Guid or Uri or decimal or Enum
        || value.GetType().IsPrimitive;

    private static string ToText(object value) =>
        (string)LanguagePrimitives.ConvertTo(value, typeof(string), CultureInfo.InvariantCulture);

    private static long ToUnixMilliseconds(DateTime time) =>
        (time.ToUniversalTime().Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMillisecond;

    private static object? Get(PSPropertyInfo property)
    {
        try
        {
            return property.Value;
        }
        catch (GetValueException)
        {
            return null;
        }
    }

    private static RuntimeException NotText(IDictionary entries)
    {
        var message = $"The type '{entries.GetType()}' is not supported for serialization or deserialization of a " +
            "dictionary. Keys must be strings.";
        var error = new InvalidOperationException(message);
        var record = new ErrorRecord(error, "NonStringKeyInDictionary", ErrorCategory.InvalidOperation, entries);
        return new RuntimeException(message, error, record);
    }

    /// <summary>The members of a JSON object, in their order.</summary>
    private sealed class Members : OrderedDictionary<string, object?>;
}
