using Yueheng.Terms.Syntax;

namespace Yueheng.Terms;

/// <summary>A problem of a contract pack: where it stands, at which term, and one sentence that says what to do.</summary>
public sealed record Refusal(Position Position, string? Term, string Message)
{
    public override string ToString() =>
        (Position.File.Length == 0 ? "" : $"{Position}: ") + (Term is null ? "" : $"“{Term}”：") + Message;
}
