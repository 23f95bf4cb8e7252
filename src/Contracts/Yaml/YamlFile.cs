using System.Text;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using Yueheng.Terms;
using Yueheng.Terms.Syntax;

namespace Yueheng.Contracts.Yaml;

/// <summary>
/// Reads one YAML document into nodes. Anchors, aliases, tags and second documents are refused: a contract says each thing once,
/// in plain sight.
/// </summary>
internal static class YamlFile
{
    private const int LargestFile = 8 * 1024 * 1024;
    private const int DeepestNesting = 64;

    public static YamlNode? Read(string path, string shownAs, List<Refusal> refusals)
    {
        var info = new FileInfo(path);
        if (info.Length > LargestFile)
        {
            refusals.Add(new Refusal(new Position(shownAs, 1, 1), null, $"文件有 {info.Length} 字节，超过上限 {LargestFile} 字节；合同包是文字，附件另存"));
            return null;
        }
        return Parse(File.ReadAllBytes(path), shownAs, refusals);
    }

    public static YamlNode? Parse(byte[] bytes, string shownAs, List<Refusal> refusals)
    {
        string text;
        try
        {
            text = new UTF8Encoding(false, true).GetString(bytes);
        }
        catch (DecoderFallbackException error)
        {
            refusals.Add(new Refusal(new Position(shownAs, 1, 1), null, $"不是 UTF-8 文本（第 {error.Index} 字节处）；请把文件另存为 UTF-8（常见的是 GBK）"));
            return null;
        }
        var reader = new Reading(shownAs, refusals);
        try
        {
            return reader.Document(new Parser(new StringReader(text)));
        }
        catch (YamlException error)
        {
            return Broken(reader.At(error.Start), error);
        }
        // The parser signals some malformed input (an absurd indentation, say) by other exceptions of its own making.
        catch (Exception error) when (error is ArgumentException or InvalidOperationException or FormatException or OverflowException or IndexOutOfRangeException or EndOfStreamException)
        {
            return Broken(new Position(shownAs, 1, 1), error);
        }

        YamlNode? Broken(Position at, Exception error)
        {
            var (place, message) = BrokenYaml.Explain(shownAs, text.ReplaceLineEndings("\n").Split('\n'), at, error.Message);
            refusals.Add(new Refusal(place, null, message));
            return null;
        }
    }

    private sealed class Reading(string file, List<Refusal> refusals)
    {
        public Position At(in Mark mark) => new(file, (int)mark.Line, (int)mark.Column);

        public YamlNode? Document(IParser parser)
        {
            parser.Consume<StreamStart>();
            if (!parser.TryConsume<DocumentStart>(out _))
            {
                refusals.Add(new Refusal(new Position(file, 1, 1), null, "文件是空的；yueheng new 写出一份可改的样子"));
                return null;
            }
            var before = refusals.Count;
            var node = Node(parser, 0);
            parser.Consume<DocumentEnd>();
            if (parser.Accept<DocumentStart>(out var second)) refusals.Add(new Refusal(At(second.Start), null, "一个文件只能有一份 YAML 文档"));
            return refusals.Count == before ? node : null;
        }

        private YamlNode Node(IParser parser, int depth)
        {
            var next = parser.Current ?? throw new YamlException("unexpected end");
            if (next is AnchorAlias) Refuse(next.Start, "不允许引用（*）：请写全");
            if (next is NodeEvent { Anchor.IsEmpty: false }) Refuse(next.Start, "不允许锚点（&）：请写全");
            if (next is NodeEvent { Tag.IsEmpty: false } tagged && !tagged.Tag.IsNonSpecific) Refuse(next.Start, "不允许标签（!）");
            if (depth > DeepestNesting) throw new YamlException(next.Start, next.End, "nested too deep");
            switch (next)
            {
                case Scalar scalar:
                    parser.MoveNext();
                    return new YamlScalar(At(scalar.Start), scalar.Value, scalar.Style == ScalarStyle.Plain);
                case SequenceStart start:
                    parser.MoveNext();
                    var items = new List<YamlNode>();
                    while (!parser.TryConsume<SequenceEnd>(out _)) items.Add(Node(parser, depth + 1));
                    if (start.Style == SequenceStyle.Flow) CheckItems(items);
                    return new YamlSequence(At(start.Start), items);
                case MappingStart start:
                    parser.MoveNext();
                    return Mapping(parser, start, depth);
                default:
                    parser.MoveNext();
                    return new YamlScalar(At(next.Start), "", true);
            }
        }

        private YamlMapping Mapping(IParser parser, MappingStart start, int depth)
        {
            var entries = new List<(string, Position, YamlNode)>();
            var keys = new Dictionary<string, Position>(StringComparer.Ordinal);
            while (!parser.TryConsume<MappingEnd>(out _))
            {
                var key = Node(parser, depth + 1);
                var value = Node(parser, depth + 1);
                if (key is not YamlScalar { Text: var name }) refusals.Add(new Refusal(key.Position, null, "键应是文本"));
                else if (start.Style == MappingStyle.Flow && IsSlip(key, value, entries)) continue;
                else if (Separators.WideColonIn(name) is > 0 and var colon) refusals.Add(new Refusal(key.Position with { Column = key.Position.Column + colon }, null, "“：”是全角冒号，改为半角冒号加一个空格（: ）"));
                else if (!keys.TryAdd(name, key.Position)) refusals.Add(new Refusal(key.Position, null, $"键“{name}”重复：第 {keys[name].Line} 行已写过；合为一处，或改名"));
                else entries.Add((name, key.Position, value));
            }
            return new YamlMapping(At(start.Start), entries);
        }

        // { value：7 }, { value:7 } and { value: 12,000.00 } are YAML, and mean nothing that anyone would write.
        private bool IsSlip(YamlNode key, YamlNode value, List<(string Key, Position Position, YamlNode Value)> before)
        {
            if (key is not YamlScalar { IsPlain: true, Text: var text } || value is not YamlScalar { IsNothing: true }) return false;
            var wide = text.IndexOf('：', StringComparison.Ordinal);
            var colon = wide > 0 ? wide : text.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0)
            {
                var why = wide > 0 ? "“：”是全角冒号，改为半角冒号加一个空格" : "冒号之后缺少一个空格";
                refusals.Add(new Refusal(key.Position, null, $"{why}：{text[..colon]}: {text[(colon + 1)..]}"));
                return true;
            }
            if (before is not [.., var last] || last.Value is not YamlScalar { IsPlain: true } number || !Separators.IsBegun(number.Text, text)) return false;
            var whole = number.Text + "," + text;
            before[^1] = (last.Key, last.Position, number with { Text = whole });
            RefuseSeparators(number.Position, whole);
            return true;
        }

        private void CheckItems(List<YamlNode> items)
        {
            for (var i = 0; i < items.Count; i++)
                if (items[i] is YamlScalar { IsPlain: true, Text: var text })
                    if (i > 0 && items[i - 1] is YamlScalar { IsPlain: true } before && Separators.IsCertain(before.Text, text)) RefuseSeparators(before.Position, before.Text + "," + text);
                    else if (Separators.IsWide(text)) refusals.Add(new Refusal(items[i].Position, null, $"“{text}”中的全角标点没有分开各项：改用半角逗号加一个空格（, ）"));
        }

        private void RefuseSeparators(Position at, string whole)
        {
            // Of 1,200,000.00 the first comma was told alone.
            refusals.RemoveAll(told => told.Position == at);
            refusals.Add(new Refusal(at, null, $"“{whole}”中的逗号把一个数拆成了两项：数不写千分位，写作 {whole.Replace(",", "", StringComparison.Ordinal)}"));
        }

        private void Refuse(in Mark mark, string message) => refusals.Add(new Refusal(At(mark), null, message));
    }
}
