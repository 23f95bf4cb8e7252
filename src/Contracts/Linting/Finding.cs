using Yueheng.Terms.Syntax;

namespace Yueheng.Contracts.Linting;

/// <summary>What a finding is about: how the pack was written, or what the paper itself says.</summary>
public enum About { Pack, Paper }

/// <summary>How much a finding matters. Of a pack: 错误, 警告, 提示; of the paper: 严重, 一般, 提示.</summary>
public enum Grade { High, Middle, Low }

/// <summary>Something that does not add up. It never stops judging.</summary>
/// <param name="Kind">The kind of finding, stable: <c>sum-differs</c>.</param>
/// <param name="Subject">What it was found at: a stated entry, a term, a clause.</param>
/// <param name="Message">One Chinese sentence with the figures.</param>
public sealed record Finding(About About, string Kind, Grade Grade, string Subject, IReadOnlyList<string> Clauses, string Message, Position Position)
{
    public string Id => $"{Kind}/{Subject}";

    public string GradeInWords => (About, Grade) switch
    {
        (_, Grade.Low) => "提示",
        (About.Pack, Grade.High) => "错误",
        (About.Pack, _) => "警告",
        (_, Grade.High) => "严重",
        _ => "一般",
    };

    public string Place => Position.Line > 0 ? $"{Position.File}:{Position.Line}" : Position.File;

    public override string ToString() =>
        $"{GradeInWords} {(Place.Length == 0 ? "" : Place + ": ")}{(Clauses.Count == 0 ? "" : $"[{string.Join("、", Clauses)}] ")}{Message}（{Id}）";
}
