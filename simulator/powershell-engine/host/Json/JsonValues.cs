using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AetherV.PowerShellEngine.Json;

/// <summary>Values between PowerShell and the simulator.</summary>
internal static class JsonValues
{
    /// <summary>
    /// Gives JSON as PowerShell's values: objects as PSCustomObject, lists as arrays, numbers as int where
    /// they fit, else long, else double.
    /// </summary>
    public static object? ToPowerShell(JsonNode? node) => node switch
    {
        null => null,
        JsonArray list => list.Select(ToPowerShell).ToArray(),
        JsonObject members => ToCustomObject(members),
        _ => node.GetValueKind() switch
        {
            JsonValueKind.String => node.GetValue<string>(),
            JsonValueKind.Number => ToNumber(node.AsValue()),
            var kind => kind == JsonValueKind.True,
        },
    };

    /// <summary>Gives a value as JSON. What JSON does not have becomes a text: a GUID, a date, an enumeration's name.</summary>
    public static JsonNode? FromPowerShell(object? value) => Unwrapped(value) switch
    {
        null => null,
        string text => text,
        bool flag => flag,
        SwitchParameter flag => flag.IsPresent,
        PSCustomObject => FromProperties((PSObject)value!),
        Enum name => name.ToString(),
        DateTime time => time.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture),
        IConvertible number when number.GetTypeCode() is >= TypeCode.SByte and <= TypeCode.Decimal =>
            JsonNode.Parse(number.ToString(CultureInfo.InvariantCulture)),
        IDictionary entries => FromDictionary(entries),
        IEnumerable list => new JsonArray([.. list.Cast<object?>().Select(FromPowerShell)]),
        var other => other.ToString(),
    };

    private static object? Unwrapped(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;

    private static PSObject ToCustomObject(JsonObject members)
    {
        var result = new PSObject();
        foreach (var (name, value) in members) result.Properties.Add(new PSNoteProperty(name, ToPowerShell(value)));
        return result;
    }

    private static object ToNumber(JsonValue number)
    {
        if (number.TryGetValue(out int small)) return small;
        if (number.TryGetValue(out long large)) return large;
        return number.GetValue<double>();
    }

    private static JsonObject FromProperties(PSObject value)
    {
        var members = new JsonObject();
        foreach (var property in value.Properties) members[property.Name] = FromPowerShell(property.Value);
        return members;
    }

    private static JsonObject FromDictionary(IDictionary entries)
    {
        var members = new JsonObject();
        foreach (DictionaryEntry entry in entries)
        {
            members[LanguagePrimitives.ConvertTo<string>(entry.Key)] = FromPowerShell(entry.Value);
        }
        return members;
    }
}
