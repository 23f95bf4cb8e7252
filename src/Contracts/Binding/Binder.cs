using System.Collections;
using Yueheng.Contracts.Yaml;
using Yueheng.Terms;
using Yueheng.Terms.Syntax;

namespace Yueheng.Contracts.Binding;

/// <summary>Binds YAML nodes to the types of the contract language. Unknown keys are refused; every problem is collected with its place.</summary>
internal sealed class Binder(List<Refusal> refusals)
{
    private string? _term;

    public T? Bind<T>(YamlNode node) where T : class => (T?)Bind(typeof(T), node, false, null);

    private object? Bind(Type type, YamlNode node, bool oneOrMany, string[]? words)
    {
        if (type == typeof(string)) return BindText(node, words);
        if (type == typeof(Expression)) return BindExpression(node);
        if (type == typeof(SetExpression) && node is YamlScalar { Text.Length: > 0 } name) return new SetExpression { Named = name.Text, Position = name.Position };
        if (type == typeof(OrderKey)) return BindOrderKey(node);
        if (type == typeof(Matching)) return BindMatching(node);
        if (type == typeof(FieldSyntax) && node is YamlScalar field) return BindText(field, Shape.Of(type).ByName["type"].Words) is { } word ? new FieldSyntax { Type = word, Position = field.Position } : null;
        if (type.IsGenericType)
        {
            if (type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>)) return BindList(type.GetGenericArguments()[0], node, oneOrMany, words);
            if (type.GetGenericTypeDefinition() == typeof(IReadOnlyDictionary<,>)) return BindMap(type.GetGenericArguments()[1], node, oneOrMany, words);
        }
        return BindObject(type, node);
    }

    private object? Refuse(YamlNode node, string message)
    {
        refusals.Add(new Refusal(node.Position, _term, message));
        return null;
    }

    private static string Suggest(string name, IEnumerable<string> known) => Nearness.Nearest(name, known) is { } near ? $"，最相近的是“{near}”" : "";

    private static string SuggestOperation(YamlMapping mapping) => mapping.Entries is [var (name, _, _)] ? Suggest(name, Shape.Operations.Keys) : "";

    // A key of a map and an item of a list have no syntax of their own that could say where they stand.
    private static void Place(Syntax made, Type type, string name, YamlNode value)
    {
        if (value is YamlScalar or YamlSequence) made.Stands(name, value.Position);
        if (!type.IsGenericType) return;
        if (value is YamlSequence { Items: var items } && type == typeof(IReadOnlyList<string>))
            foreach (var item in items.OfType<YamlScalar>()) made.Stands($"{name}/{item.Text}", item.Position);
        else if (value is YamlSequence { Items: var lines } && type == typeof(IReadOnlyList<IReadOnlyList<string>>))
            for (var line = 0; line < lines.Count; line++)
            {
                made.Stands($"{name}/{line}", lines[line].Position);
                for (var cell = 0; lines[line] is YamlSequence { Items: var cells } && cell < cells.Count; cell++) made.Stands($"{name}/{line}/{cell}", cells[cell].Position);
            }
        else if (value is YamlMapping { Entries: var entries } && type.GetGenericTypeDefinition() == typeof(IReadOnlyDictionary<,>))
            foreach (var (key, position, _) in entries) made.Stands($"{name}/{key}", position);
    }

    // In { value: 24,000元 } the comma ends the value.
    private static bool IsRestOfNumber(string name) => name.Length >= 3 && name[..3].All(char.IsAsciiDigit) && (name.Length == 3 || name[3] is '.' or ',' or ' ' or '元' or '万' or '%');

    // What a Chinese keyboard, or a forgotten space, made of "key: value".
    private static string Typed(YamlNode node) => node is not YamlScalar { IsPlain: true, Text: var text } ? ""
        : Separators.WideColonIn(text) is > 0 and var wide ? $"；“：”是全角冒号，写作 {text[..wide]}: {text[(wide + 1)..]}"
        : Separators.TightColonIn(text) is > 0 and var tight ? $"；冒号之后缺少一个空格，写作 {text[..tight]}: {text[(tight + 1)..]}"
        : "";

    private static string? YesNo(string text) => text switch
    {
        "是" or "有" or "yes" or "Yes" or "YES" or "True" or "TRUE" or "1" => "true",
        "否" or "无" or "no" or "No" or "NO" or "False" or "FALSE" or "0" => "false",
        _ => null,
    };

    private string? BindText(YamlNode node, string[]? words)
    {
        if (node is not YamlScalar scalar)
            return (string?)Refuse(node, "此处应是一个文本" + (node is YamlMapping { Entries: [var (first, _, _), ..] } && Shape.Of(typeof(SetExpression)).ByName.ContainsKey(first) ? "；集合先在 terms 中取一个名称，此处写其名" : ""));
        if (words is not null && !words.Contains(scalar.Text))
            return (string?)Refuse(node, $"“{scalar.Text}”不在所列之中{Suggest(scalar.Text, words)}：{string.Join("、", words)}{(words.Contains("true") && YesNo(scalar.Text) is { } meant ? $"；写作 {meant}" : "")}");
        return scalar.Text;
    }

    private object? BindList(Type element, YamlNode node, bool oneOrMany, string[]? words)
    {
        if (node is not YamlSequence && !oneOrMany)
            return Refuse(node, "此处应是一个列表" + (node is YamlScalar { Text: { Length: > 0 } only } ? $"：写作 [{only}]" : node is YamlMapping ? "：每一项之前写 -" : ""));
        var list = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(element))!;
        foreach (var item in node is YamlSequence sequence ? sequence.Items : [node])
            if (Bind(element, item, false, words) is { } bound) list.Add(bound);
        return list;
    }

    private object? BindMap(Type element, YamlNode node, bool oneOrMany, string[]? words)
    {
        var map = (IDictionary)Activator.CreateInstance(typeof(Dictionary<,>).MakeGenericType(typeof(string), element))!;
        if (node is YamlScalar { IsNothing: true }) return map;
        if (node is not YamlMapping mapping) return Refuse(node, "此处应是一个映射（键: 值）" + Typed(node));
        foreach (var (key, _, value) in mapping.Entries)
        {
            if (element == typeof(TermSyntax)) _term = key;
            if (Bind(element, value, oneOrMany, words) is { } bound) map[key] = bound;
            if (element == typeof(TermSyntax)) _term = null;
        }
        return map;
    }

    private object? BindObject(Type type, YamlNode node)
    {
        if (node is not YamlMapping mapping) return Refuse(node, "此处应是一个映射" + (type == typeof(TermSyntax) && node is YamlScalar { Text: { Length: > 0 } plain } && Typed(node).Length == 0 ? $"；一个值写作 {{ value: {Facts.Habits.Mended(plain) ?? plain} }}" : Typed(node)) + $"；键为：{string.Join("、", Shape.Of(type).Keys.Select(key => key.Name))}");
        return BindKeys(type, mapping, mapping.Entries);
    }

    private object? BindKeys(Type type, YamlNode node, IReadOnlyList<(string Key, Position Position, YamlNode Value)> entries)
    {
        var shape = Shape.Of(type);
        var made = (Syntax)Activator.CreateInstance(type)!;
        made.Position = node.Position;
        var complete = true;
        var given = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (name, position, value) in entries)
        {
            if (!shape.ByName.TryGetValue(name, out var key))
            {
                refusals.Add(new Refusal(position, _term, IsRestOfNumber(name)
                    ? $"“{name}”被读作一个键：数不写千位分隔的逗号，也不写单位，如 24000.00"
                    : $"未知的键“{name}”{Suggest(name, shape.Keys.Select(k => k.Name))}；可用：{string.Join("、", shape.Keys.Select(k => k.Name))}"));
                complete = false;
                continue;
            }
            given.Add(name);
            var bound = Bind(key.Property.PropertyType, value, key.IsOneOrMany, key.Words);
            if (bound is null) complete = false;
            else
            {
                key.Property.SetValue(made, bound);
                Place(made, key.Property.PropertyType, name, value);
            }
        }
        foreach (var key in shape.Keys)
            if (key.IsRequired && !given.Contains(key.Name))
            {
                Refuse(node, $"缺少“{key.Name}”（{key.Doc}）");
                complete = false;
            }
        return complete ? made : null;
    }

    private object? BindExpression(YamlNode node)
    {
        switch (node)
        {
            case YamlScalar { IsNothing: true }:
                return Refuse(node, "此处应是一个值");
            case YamlScalar scalar:
                return Literal.LooksLike(scalar.Text)
                    ? new Literal { Text = scalar.Text, Position = scalar.Position }
                    : new Name { Text = scalar.Text, Position = scalar.Position };
            case YamlSequence sequence:
                var parts = sequence.Items.Select(BindExpression).OfType<Expression>().ToList();
                return parts.Count == sequence.Items.Count ? new AllOf { Parts = parts, Position = node.Position } : null;
        }
        var mapping = (YamlMapping)node;
        var operations = mapping.Entries.Where(entry => Shape.Operations.ContainsKey(entry.Key)).ToList();
        if (operations.Count != 1)
        {
            var keys = string.Join("、", mapping.Entries.Select(entry => entry.Key));
            return Refuse(node, operations.Count == 0
                ? $"“{keys}”中没有运算{SuggestOperation(mapping)}；文本写作 {{ text: … }}，运算见语言文档第 4 节"
                : $"一处只能有一个运算，却有：{string.Join("、", operations.Select(entry => entry.Key))}");
        }
        var (operation, _, body) = operations[0];
        var type = Shape.Operations[operation];
        if (Shape.Of(type).Operand is { } operand)
            return BindKeys(type, node, [.. mapping.Entries.Select(entry => entry.Key == operation ? (operand.Name, entry.Position, entry.Value) : entry)]);
        if (mapping.Entries.Count > 1)
            return Refuse(node, $"运算“{operation}”之旁不能有别的键：{string.Join("、", mapping.Entries.Where(entry => entry.Key != operation).Select(entry => entry.Key))}");
        return BindObject(type, body);
    }

    private object? BindOrderKey(YamlNode node) => node switch
    {
        YamlScalar scalar => new OrderKey { Column = scalar.Text, Position = node.Position },
        YamlMapping { Entries: [("desc", _, YamlScalar column)] } => new OrderKey { Column = column.Text, Descending = true, Position = node.Position },
        _ => Refuse(node, "次序写作列名，或 { desc: 列名 }"),
    };

    private object? BindMatching(YamlNode node)
    {
        if (node is YamlSequence sequence)
        {
            var names = sequence.Items.OfType<YamlScalar>().ToList();
            if (names.Count != sequence.Items.Count) return Refuse(node, "on 的列表只能是列名");
            return new Matching { Columns = names.ToDictionary(name => name.Text, Expression (name) => new Name { Text = name.Text, Position = name.Position }), Position = node.Position };
        }
        if (node is YamlScalar { Text: { Length: > 0 } only }) return Refuse(node, $"on 写作 [{only}]（同名的列相等），或 {{ 集合的列: 外部的值 }}");
        if (BindMap(typeof(Expression), node, false, null) is not Dictionary<string, Expression> columns) return null;
        return new Matching { Columns = columns, Position = node.Position };
    }
}
