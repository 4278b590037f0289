using System.Globalization;
using System.Management.Automation;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace AetherV.PowerShellEngine.Json;

/// <summary>
/// Reads JSON as ConvertFrom-Json of Windows PowerShell does it, that is the JavaScriptSerializer of .NET
/// Framework: numbers become int, long, decimal or double, in this order; text that looks like a date stays
/// text, but for <c>"\/Date(…)\/"</c>.
/// </summary>
internal static partial class WindowsJsonReader
{
    /// <summary>JavaScriptSerializer.RecursionLimit.</summary>
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 100 };

    /// <summary>Gives the value; objects become PSCustomObject, lists arrays.</summary>
    /// <exception cref="ArgumentException">The text is not JSON.</exception>
    public static object? Read(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, Options);
            return ToValue(document.RootElement);
        }
        catch (JsonException error)
        {
            throw new ArgumentException($"Invalid JSON primitive: {error.Message}", error);
        }
    }

    private static object? ToValue(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => ToCustomObject(element),
        JsonValueKind.Array => element.EnumerateArray().Select(ToValue).ToArray(),
        JsonValueKind.String => ToText(element),
        JsonValueKind.Number => ToNumber(element.GetRawText()),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    private static PSObject ToCustomObject(JsonElement element)
    {
        var result = new PSObject();
        foreach (var (name, value) in LastOfEachName(element))
        {
            if (result.Properties[name] is { } other) throw Duplicate(other.Name, name);
            result.Properties.Add(new PSNoteProperty(name, ToValue(value)));
        }
        return result;
    }

    /// <summary>Names that differ in nothing overwrite each other; those that differ in case are an error.</summary>
    private static Dictionary<string, JsonElement> LastOfEachName(JsonElement element)
    {
        var members = new Dictionary<string, JsonElement>();
        foreach (var member in element.EnumerateObject()) members[member.Name] = member.Value;
        return members;
    }

    private static RuntimeException Duplicate(string first, string second)
    {
        var message = "Cannot convert the JSON string because a dictionary that was converted from the string " +
            $"contains the duplicated keys '{first}' and '{second}'.";
        var error = new InvalidOperationException(message);
        var record = new ErrorRecord(error, "DuplicateKeysInJsonString", ErrorCategory.InvalidOperation, null);
        return new RuntimeException(message, error, record);
    }

    private static object ToText(JsonElement element)
    {
        var date = DateText().Match(element.GetRawText());
        if (!date.Success) return element.GetString()!;
        return DateTime.UnixEpoch.AddMilliseconds(long.Parse(date.Groups[1].ValueSpan, CultureInfo.InvariantCulture));
    }

    private static object ToNumber(string text)
    {
        var invariant = CultureInfo.InvariantCulture;
        if (!text.Contains('e', StringComparison.OrdinalIgnoreCase))
        {
            if (int.TryParse(text, NumberStyles.Integer, invariant, out var small)) return small;
            if (long.TryParse(text, NumberStyles.Integer, invariant, out var large)) return large;
            if (decimal.TryParse(text, NumberStyles.Number, invariant, out var exact)) return exact;
        }
        return double.Parse(text, NumberStyles.Float, invariant);
    }

    [GeneratedRegex(@"^""\\/Date\((-?\d+)(?:[+-]\d{4})?\)\\/""$")]
    private static partial Regex DateText();
}
