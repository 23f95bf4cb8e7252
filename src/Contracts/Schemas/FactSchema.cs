using System.Text.Json.Nodes;
using Yueheng.Facts;
using Yueheng.Facts.Common;

namespace Yueheng.Contracts.Schemas;

/// <summary>
/// The schema of one line of facts: a closed envelope, and for each common kind what its <c>data</c> holds. Inside <c>data</c> nothing
/// unknown is refused and nothing must be there, as the reader has it: which fields count is for each contract to say.
/// </summary>
internal static class FactSchema
{
    public static JsonObject Make() => new()
    {
        ["description"] = "一个事实：何时、何物、发生何事。合同可以自有种类；无人认识的种类照样保存，不参与评判",
        ["type"] = "object",
        ["properties"] = Envelope(),
        ["required"] = new JsonArray("id", "contract", "kind", "at", "subject"),
        ["additionalProperties"] = false,
        ["allOf"] = new JsonArray([.. CommonVocabulary.Kinds.Select(DataOf)]),
        ["$defs"] = new JsonObject(CommonVocabulary.Kinds.Select(kind => KeyValuePair.Create(kind.Name, (JsonNode?)Data(kind)))),
    };

    private static JsonObject Envelope() => new()
    {
        ["id"] = Text("编号，在合同内唯一；同一编号同一内容是同一事实"),
        ["contract"] = Text("合同编号：合同文件夹的名称"),
        ["kind"] = new JsonObject
        {
            ["description"] = "种类",
            ["anyOf"] = new JsonArray(
                Spellings.Meant(CommonVocabulary.Kinds.Select(kind => (kind.Name, kind.Meaning))),
                new JsonObject { ["description"] = "合同自有的种类", ["type"] = "string", ["minLength"] = 1 }),
        },
        ["at"] = Spelled("发生的时刻，须带时区偏移", Spellings.Instant, false),
        ["subject"] = Text("主体：同一事物的各事实共用"),
        ["data"] = new JsonObject { ["description"] = "内容，依种类而定", ["type"] = "object" },
        ["recordedAt"] = Spelled("记录的时刻（导出）", Spellings.Instant, true),
        ["by"] = Typed("由谁记录（导出）", "string"),
        ["evidence"] = Evidence(),
        ["seq"] = Within(Typed("链中序号（导出）", "integer"), 0, null),
        ["hash"] = Typed("链上散列（导出）", "string"),
    };

    private static JsonObject Evidence()
    {
        var list = Typed("凭证：各文件的名称与 SHA-256（导出）", "array");
        list["items"] = new JsonObject { ["type"] = new JsonArray("object", "string") };
        return list;
    }

    private static JsonObject DataOf(CommonKind kind) => new()
    {
        ["if"] = new JsonObject { ["properties"] = new JsonObject { ["kind"] = new JsonObject { ["const"] = kind.Name } }, ["required"] = new JsonArray("kind") },
        ["then"] = new JsonObject { ["properties"] = new JsonObject { ["data"] = new JsonObject { ["$ref"] = "#/$defs/" + kind.Name } } },
    };

    private static JsonObject Data(CommonKind kind)
    {
        var properties = new JsonObject();
        foreach (var field in kind.Fields.Concat(CommonVocabulary.OfAny.Where(any => kind.Fields.All(own => own.Name != any.Name)))) properties[field.Name] = Field(field);
        return new JsonObject { ["description"] = kind.Meaning, ["type"] = "object", ["properties"] = properties };
    }

    // null counts as absent.
    private static JsonObject Field(CommonField field)
    {
        var meaning = MeaningOf(field);
        return field.Type switch
        {
            FieldType.Text when field.Words.Count > 0 => Known(meaning, field),
            FieldType.Text when field.IsList => Texts(meaning),
            FieldType.Text => Typed(meaning, "string"),
            FieldType.YesNo => Typed(meaning, "boolean"),
            FieldType.Whole => Within(Typed(meaning, "integer"), 0, null),
            FieldType.Number or FieldType.Amount when field.IsShare => Within(Typed(meaning, "number"), 0, 1),
            FieldType.Number or FieldType.Amount => Typed(meaning, "number"),
            FieldType.Instant => Spelled(meaning, Spellings.Instant, true),
            _ => Spelled(meaning, $"{Spellings.Date}|{Spellings.Instant}", true),
        };
    }

    /// <summary>What a field means, with its words and what an absent one is taken for.</summary>
    public static string MeaningOf(CommonField field) =>
        field.Meaning + Words(field) + (field.Default is { } word ? $"；缺省 {word}" : field.IsOptional ? "；可省" : "");

    private static string Words(CommonField field) =>
        field.Words.Count == 0 ? "" : "：" + string.Join("、", field.Words.Select(one => $"{one.Word}（{one.Meaning}）"));

    // The common words are offered; a contract may have words of its own.
    private static JsonObject Known(string meaning, CommonField field) => new()
    {
        ["description"] = meaning,
        ["anyOf"] = new JsonArray(
            new JsonObject { ["enum"] = new JsonArray([.. field.Words.Select(one => JsonValue.Create(one.Word))]) },
            new JsonObject { ["type"] = new JsonArray("string", "null") }),
    };

    private static JsonObject Text(string meaning) => new() { ["description"] = meaning, ["type"] = "string", ["minLength"] = 1 };

    private static JsonObject Typed(string meaning, string type) => new() { ["description"] = meaning, ["type"] = new JsonArray(type, "null") };

    private static JsonObject Texts(string meaning) => new()
    {
        ["description"] = meaning,
        ["type"] = new JsonArray("array", "string", "null"),
        ["items"] = new JsonObject { ["type"] = "string" },
    };

    private static JsonObject Within(JsonObject number, int least, int? most)
    {
        number["minimum"] = least;
        if (most is { } limit) number["maximum"] = limit;
        return number;
    }

    private static JsonObject Spelled(string meaning, string pattern, bool orNull) => new()
    {
        ["description"] = meaning,
        ["type"] = orNull ? new JsonArray("string", "null") : "string",
        ["pattern"] = $"^({pattern})$",
    };
}
