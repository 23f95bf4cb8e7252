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
            refusals.Add(new Refusal(new Position(shownAs, 1, 1), null, $"文件有 {info.Length} 字节，超过上限 {LargestFile} 字节"));
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
            refusals.Add(new Refusal(new Position(shownAs, 1, 1), null, $"不是 UTF-8 文本（第 {error.Index} 字节处）"));
            return null;
        }
        var reader = new Reading(shownAs, refusals);
        try
        {
            return reader.Document(new Parser(new StringReader(text)));
        }
        catch (YamlException error)
        {
            refusals.Add(new Refusal(reader.At(error.Start), null, $"不是合规的 YAML：{error.Message}"));
            return null;
        }
        // The parser signals some malformed input (an absurd indentation, say) by other exceptions of its own making.
        catch (Exception error) when (error is ArgumentException or InvalidOperationException or FormatException or OverflowException or IndexOutOfRangeException or EndOfStreamException)
        {
            refusals.Add(new Refusal(new Position(shownAs, 1, 1), null, $"不是合规的 YAML：{error.Message}"));
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
                refusals.Add(new Refusal(new Position(file, 1, 1), null, "文件是空的"));
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
            var keys = new HashSet<string>(StringComparer.Ordinal);
            while (!parser.TryConsume<MappingEnd>(out _))
            {
                var key = Node(parser, depth + 1);
                var value = Node(parser, depth + 1);
                if (key is not YamlScalar { Text: var name }) refusals.Add(new Refusal(key.Position, null, "键应是文本"));
                else if (!keys.Add(name)) refusals.Add(new Refusal(key.Position, null, $"键“{name}”重复"));
                else entries.Add((name, key.Position, value));
            }
            return new YamlMapping(At(start.Start), entries);
        }

        private void Refuse(in Mark mark, string message) => refusals.Add(new Refusal(At(mark), null, message));
    }
}
