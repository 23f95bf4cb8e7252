using Yueheng.Facts;
using Type = Yueheng.Facts.ValueType;

namespace Yueheng.Terms.Kernel;

internal sealed class Joined(Formula[] parts) : Formula(Type.Text)
{
    private const int LongestText = 1 << 16;

    public override IReadOnlyList<Formula> Parts => parts;

    public override Value Of(Frame frame)
    {
        var texts = new string[parts.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            var value = parts[i].Of(frame);
            if (value.IsMissing) return value;
            texts[i] = value.ToString();
        }
        if (texts.Sum(text => (long)text.Length) > LongestText) throw new CannotJudgeException($"一段连接而成的文本超过 {LongestText} 字，无法评判");
        return Value.Of(string.Concat(texts));
    }
}

internal sealed class TextPart(Formula of, string separator, bool before) : Formula(Type.Text)
{
    public override IReadOnlyList<Formula> Parts => [of];

    public override Value Of(Frame frame)
    {
        var value = of.Of(frame);
        if (value.IsMissing) return value;
        var at = value.Text.IndexOf(separator, StringComparison.Ordinal);
        if (before) return at < 0 ? value : Value.Of(value.Text[..at]);
        return at < 0 ? Value.Missing : Value.Of(value.Text[(at + separator.Length)..]);
    }
}

internal sealed class ListSize(Formula of) : Formula(Type.Number)
{
    public override IReadOnlyList<Formula> Parts => [of];
    public override Value Of(Frame frame) => of.Of(frame) is { IsPresent: true } value ? Value.Of((decimal)value.List.Length) : Value.Missing;
}

internal sealed class ListUnion(Formula[] parts) : Formula(Type.List)
{
    public override IReadOnlyList<Formula> Parts => parts;

    public override Value Of(Frame frame)
    {
        var members = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var part in parts)
        {
            var value = part.Of(frame);
            if (value.Type == Type.List) members.UnionWith(value.List);
            else if (value.Type == Type.Text) members.Add(value.Text);
        }
        return Value.Of([.. members]);
    }
}
