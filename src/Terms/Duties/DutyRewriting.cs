using Yueheng.Terms.Clocks;
using Yueheng.Terms.Compiling;
using Yueheng.Terms.Syntax;

namespace Yueheng.Terms.Duties;

/// <summary>
/// A duty as kernel: one row an occurrence, with due, done and state. Late and missing never count together:
/// an occurrence is late once it is done after its due instant, missing while it is not done and due has passed.
/// </summary>
internal static class DutyRewriting
{
    public static TermSyntax Rewrite(string name, DutySyntax duty)
    {
        var at = duty.Position;
        var occurrences = duty.Where is null
            ? duty.Of
            : new SetExpression { From = duty.Of, Where = duty.Where, Position = at };
        var columns = new Dictionary<string, Expression>
        {
            ["duty"] = Write.Text(name, at),
            ["period"] = new Concat { Parts = [duty.Period ?? Write.Name("period", at)], Position = at },
            // A date that is due means its 24:00; an instant is due as it stands.
            ["due"] = new DueAt { Of = duty.Due ?? Write.Name("due", at), Position = at },
            ["done"] = duty.Done.At ?? Meetings.Find(duty.Done, duty.Done.Where),
            ["state"] = State(at),
        };
        Expression? exists = duty.Until is { } until
            ? new Not { Of = new Comparison { Of = Write.Name("due", at), MoreThan = until, Position = at }, Position = at }
            : null;
        return new TermSyntax { From = occurrences, With = columns, Where = exists, Position = at };
    }

    private static Choose State(Position at)
    {
        Expression due = Write.Name("due", at), done = Write.Name("done", at);
        return Write.Choose(at,
            Write.When(Write.All(at, Write.Present(done, true), Write.Present(due, false)), Write.Text("kept", at)),
            Write.When(Write.AtMost(done, due), Write.Text("kept", at)),
            Write.When(Write.Present(done, true), Write.Text("late", at)),
            Write.When(Write.AtMost(due, Write.Name("as-of", at)), Write.Text("missing", at)),
            Write.Otherwise(Write.Text("pending", at)));
    }
}
