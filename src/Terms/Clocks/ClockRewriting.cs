using Yueheng.Terms.Compiling;
using Yueheng.Terms.Syntax;

namespace Yueheng.Terms.Clocks;

/// <summary>
/// A clock as kernel: the rows that start it, with start, stop, due, elapsed and state as columns.
/// Kept means elapsed ≤ limit or stop ≤ due: 以内 includes the figure (Civil Code art. 1259).
/// </summary>
internal static class ClockRewriting
{
    public static TermSyntax Rewrite(ClockSyntax clock)
    {
        var at = clock.Position;
        var started = clock.Where is null
            ? clock.Of
            : new SetExpression { From = clock.Of, Where = clock.Where, Position = at };
        var columns = new Dictionary<string, Expression>
        {
            ["start"] = clock.Starts ?? Write.Name("at", at),
        };
        columns["stop"] = Stop(clock.Stops);
        if (clock.Due is { } due) columns["due"] = new DueAt { Of = due, Position = at };
        columns["elapsed"] = ElapsedOf(clock, at);
        if (clock.Limit is not null || clock.Due is not null) columns["state"] = State(clock, at);
        return new TermSyntax { From = started, With = columns, Position = at };
    }

    private static Expression Stop(Meeting stops)
    {
        var at = stops.Position;
        if (stops.At is { } computed) return computed;
        var notBefore = new Comparison { Of = Write.Name("at", at), AtLeast = Write.Name("this.start", at), Position = at };
        var where = stops.Before == "true"
            ? stops.Where
            : stops.Where is null ? notBefore : Write.All(at, notBefore, stops.Where);
        return Meetings.Find(stops, where);
    }

    private static Expression ElapsedOf(ClockSyntax clock, Position at)
    {
        Expression now = clock.Until is { } until
            ? new Least { Parts = [Write.Name("as-of", at), until], Position = at }
            : Write.Name("as-of", at);
        var end = new Default { Parts = [Write.Name("stop", at), now], Position = at };
        Expression elapsed = new Elapsed { From = Write.Name("start", at), To = end, On = clock.On, Position = at };
        if (clock.Pauses is not { } pauses) return elapsed;
        var paused = new Covered
        {
            From = pauses.From,
            To = pauses.To,
            Inside = [Write.Name("start", at), end],
            Hours = clock.On,
            In = pauses.In,
            Facts = pauses.Facts,
            On = pauses.On,
            Where = pauses.Where,
            Order = pauses.Order,
            View = pauses.View,
            AsOf = pauses.AsOf,
            Assuming = pauses.Assuming,
            Position = pauses.Position,
        };
        return new Minus { Parts = [elapsed, paused], Position = at };
    }

    private static Choose State(ClockSyntax clock, Position at)
    {
        Expression stopped = Write.Present(Write.Name("stop", at), true), now = Write.Name("as-of", at);
        Case? excused = clock.Excused is { } excuse ? Write.When(excuse, Write.Text("excused", at)) : null;
        if (clock.Limit is { } limit)
        {
            var inTime = Write.AtMost(Write.Name("elapsed", at), limit);
            return Write.Choose(at,
                Write.When(Write.All(at, stopped, inTime), Write.Text("kept", at)),
                excused,
                Write.When(inTime, Write.Text("running", at)),
                // Without a start or a limit there is nothing to judge.
                Write.When(new Comparison { Of = Write.Name("elapsed", at), MoreThan = limit, Position = at }, Write.Text("breached", at)));
        }
        Expression due = Write.Name("due", at);
        var last = clock.Until is { } until ? new Least { Parts = [now, until], Position = at } : now;
        Expression notYet = clock.Edge == "breached"
            ? new Comparison { Of = last, LessThan = due, Position = at }
            : Write.AtMost(last, due);
        return Write.Choose(at,
            Write.When(Write.All(at, stopped, Write.AtMost(Write.Name("stop", at), due)), Write.Text("kept", at)),
            excused,
            Write.When(Write.Present(due, false), Write.Text("running", at)),
            Write.When(Write.All(at, Write.Present(Write.Name("stop", at), false), notYet), Write.Text("running", at)),
            Write.Otherwise(Write.Text("breached", at)));
    }
}

/// <summary>Finding the fact that stops a clock or fulfils a duty.</summary>
internal static class Meetings
{
    public static Expression Find(Meeting meeting, Expression? where)
    {
        var at = meeting.Position;
        var on = meeting.On ?? new Matching { Columns = new Dictionary<string, Expression> { ["subject"] = Write.Name("subject", at) }, Position = at };
        Expression of = Write.Name("at", at);
        return meeting.Last == "true"
            ? new Last { Of = of, In = meeting.In, Facts = meeting.Facts, On = on, Where = where, Order = meeting.Order, View = meeting.View, AsOf = meeting.AsOf, Assuming = meeting.Assuming, Position = at }
            : new First { Of = of, In = meeting.In, Facts = meeting.Facts, On = on, Where = where, Order = meeting.Order, View = meeting.View, AsOf = meeting.AsOf, Assuming = meeting.Assuming, Position = at };
    }
}
