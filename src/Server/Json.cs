using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;

namespace Yueheng.Server;

/// <summary>JSON as the whole API speaks it: camelCase, enums as kebab-case words, exact numbers (money, points) as decimal strings.</summary>
public static class Json
{
    public static JsonSerializerOptions Plain { get; } = Use(new JsonSerializerOptions(JsonSerializerDefaults.Web));

    internal static JsonSerializerOptions Use(JsonSerializerOptions options)
    {
        // A trace is as deep as the terms it opens, each level an object and a list; the reader of terms lets in what a stack can hold.
        options.MaxDepth = 1024;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        // Chinese as it is, for people who look at an answer; what HTML minds stays escaped.
        options.Encoder = JavaScriptEncoder.Create(UnicodeRanges.All);
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false));
        options.Converters.Add(new DecimalText());
        return options;
    }

    private sealed class DecimalText : JsonConverter<decimal>
    {
        public override decimal Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
        {
            JsonTokenType.Number => reader.GetDecimal(),
            _ => decimal.TryParse(reader.GetString(), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) ? value : throw new JsonException("No decimal."),
        };

        public override void Write(Utf8JsonWriter writer, decimal value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString(CultureInfo.InvariantCulture));
    }
}
